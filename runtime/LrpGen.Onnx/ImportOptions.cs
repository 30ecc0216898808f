namespace LrpGen.Onnx;

/// <summary>How an imported network is written as a class.</summary>
public sealed record ImportOptions
{
    /// <summary>Namespace of the class.</summary>
    public string Namespace { get; init; } = "Models";

    /// <summary>Name of the class; by default made of the file's name.</summary>
    public string? ClassName { get; init; }

    /// <summary>
    /// Composites of its <c>[Explain]</c> attributes; by default <c>AttnLRP</c> if the network has attention or reads tokens, <c>CPLRP</c> if it is
    /// recurrent, else <c>EpsilonPlusFlat</c>.
    /// </summary>
    public IReadOnlyList<string>? Explanations { get; init; }

    /// <summary>For a model that reads token ids, the most that the class takes; not needed where the file has a length.</summary>
    public int? Tokens { get; init; }

    /// <summary>Name of the output that the class gives, if the model has several; by default the first.</summary>
    public string? Output { get; init; }

    /// <summary>
    /// Whether a softmax at the end stays, or an activation that is not 0 where its input is, such as a sigmoid. By default it is left out, since
    /// explanations start from logits; a class that keeps it gets no <c>[Explain]</c>.
    /// </summary>
    public bool KeepSoftmax { get; init; }
}
