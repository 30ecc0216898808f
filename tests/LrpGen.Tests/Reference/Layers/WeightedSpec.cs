namespace LrpGen.Tests.Reference;

/// <summary>A layer with a weight for every connection, which may take in a batch norm.</summary>
/// <param name="Outputs">Output features or channels.</param>
internal abstract record WeightedSpec(int Outputs) : LayerSpec
{
    public bool Bias { get; init; } = true;

    /// <summary>The channels that a weight connects.</summary>
    /// <param name="weight">Its place in the tensor.</param>
    /// <param name="inputs">Number of input channels.</param>
    public abstract (int Input, int Output) ChannelsOf(int weight, int inputs);

    /// <summary>Whether a batch norm of the outputs can be folded into it.</summary>
    public virtual bool TakesInBehind(Shape input) => true;

    /// <summary>Whether a batch norm of its inputs can be folded into it: not if an output does not see every tap of the kernel.</summary>
    public abstract bool TakesInBefore(Shape input);

    protected IEnumerable<(string Part, Shape Shape)> WithBias(Shape weight) =>
        Bias ? [("weight", weight), ("bias", Shape.Of(Outputs))] : [("weight", weight)];

    /// <summary>The bias of every output, of which those of a channel lie next to each other if the first axis is that of the channels.</summary>
    /// <param name="pixels">Outputs of a channel.</param>
    protected double[] BiasOf(IReadOnlyDictionary<string, double[]> weights, int pixels) =>
        Bias ? [.. weights[NameOf("bias")].SelectMany(b => Enumerable.Repeat(b, pixels))] : new double[Outputs * pixels];
}
