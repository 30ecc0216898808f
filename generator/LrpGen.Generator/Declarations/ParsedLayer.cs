namespace LrpGen.Generator.Declarations;

/// <summary>What a layer computes, and the shape of what it writes.</summary>
/// <param name="PaddedPixels">Pixels of its input or output with the padding that its windows need; 0 if it has no windows.</param>
internal sealed record ParsedLayer(Operation Operation, Shape Output, double PaddedPixels = 0)
{
    /// <summary>The layers that it is made of, before the operation.</summary>
    public IReadOnlyList<LayerPart> Parts { get; init; } = [];

    /// <summary>Which of these the operation reads; null for the last.</summary>
    public IReadOnlyList<int>? Reads { get; init; }

    /// <summary>PyTorch's name of what the operation is, if the layer is made of parts.</summary>
    public string? OwnKind { get; init; }

    /// <summary>What distinguishes a layer of parts from others of its kind, for people.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>The arguments of a layer of parts, by PyTorch's names.</summary>
    public IReadOnlyList<(string Name, EquatableArray<double> Values)> Arguments { get; init; } = [];
}

/// <summary>A layer that is part of a declared one.</summary>
/// <param name="Name">Behind the name of that and a dot.</param>
/// <param name="Kind">PyTorch's name.</param>
/// <param name="Inputs">What it reads: an earlier part, or ~i for what the declared one reads as input i.</param>
internal sealed record LayerPart(string Name, string Kind, Operation Operation, IReadOnlyList<int> Inputs, Shape Output);
