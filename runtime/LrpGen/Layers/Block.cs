namespace LrpGen;

/// <summary>
/// A block is a list of layers that is written once and used many times: a struct that implements this interface and bears layer attributes
/// in their order, and <see cref="ParametersAttribute"/> if its sizes vary. <see cref="BlockAttribute{TBlock}"/> uses it.
/// </summary>
/// <remarks>
/// Layers of a block read one another and <c>input</c>, the block's own input, but no layers outside. The last layer gives its output.
/// </remarks>
public interface IBlock;

/// <summary>Names the parameters of a block, for the expressions in its layers.</summary>
/// <param name="names">Each a name, or a name with a default: <c>"width"</c>, <c>"stride = 1"</c>. Those with defaults come last.</param>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class ParametersAttribute(params string[] names) : Attribute
{
    /// <summary>The names, with their defaults.</summary>
    public IReadOnlyList<string> Names { get; } = names;
}

/// <summary>
/// The layers of a block in place of this one. It counts as one layer: it has a name and an index, and others read its output by that name.
/// </summary>
/// <typeparam name="TBlock">A struct that implements <see cref="IBlock"/> and bears layer attributes.</typeparam>
/// <param name="arguments">Values of the block's parameters in their order: integers or expressions in strings.</param>
public sealed class BlockAttribute<TBlock>(params object[] arguments) : LayerAttribute
{
    /// <summary>Values of the block's parameters.</summary>
    public IReadOnlyList<object> Arguments { get; } = arguments;

    /// <summary>
    /// How many copies of the block follow one another, each a layer of its own: without a name they take as many indices; with the
    /// <see cref="LayerAttribute.Name"/> <c>"encoder.layer"</c> they are called encoder.layer.0, encoder.layer.1, …; with <c>"denselayer{1}"</c>, where
    /// the number in braces is the first, denselayer1, denselayer2, …
    /// </summary>
    public object Repeat { get; set; } = 1;
}
