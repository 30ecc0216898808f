namespace LrpGen;

/// <summary>The layers of a network, and what the generator planned for them.</summary>
public sealed record NetworkDescription(string Name, IReadOnlyList<LayerDescription> Layers);

/// <summary>One layer of a <see cref="NetworkDescription"/>.</summary>
public sealed record LayerDescription(string Name);
