namespace LrpGen.Onnx;

/// <summary>How an imported network is written as a class.</summary>
public sealed record ImportOptions
{
    /// <summary>Namespace of the class.</summary>
    public string Namespace { get; init; } = "Models";

    /// <summary>Name of the class; by default made of the file's name.</summary>
    public string? ClassName { get; init; }

    /// <summary>Composites of its <c>[Explain]</c> attributes.</summary>
    public IReadOnlyList<string> Explanations { get; init; } = ["EpsilonPlusFlat"];

    /// <summary>
    /// Whether a softmax at the end stays, or an activation that is not 0 where its input is, such as a sigmoid. By default it is left out, since
    /// explanations start from logits; a class that keeps it gets no <c>[Explain]</c>.
    /// </summary>
    public bool KeepSoftmax { get; init; }
}
