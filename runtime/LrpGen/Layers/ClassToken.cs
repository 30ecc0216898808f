namespace LrpGen;

/// <summary>
/// A learned row in front of the rows (T, E), an <c>nn.Parameter</c> called like the layer that may have leading axes of size 1: to (T + 1, E). What
/// relevance comes to it is absorbed.
/// </summary>
public sealed class ClassTokenAttribute : LayerAttribute;
