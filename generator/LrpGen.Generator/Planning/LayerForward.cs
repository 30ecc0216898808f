namespace LrpGen.Generator.Planning;

/// <summary>The forward pass of one layer while its operation plans it.</summary>
/// <param name="pass">The forward pass of the program.</param>
/// <param name="context">The layer.</param>
internal sealed class LayerForward(ForwardPass pass, PlanContext context)
{
    private Tensor? output;

    public PlanContext Context => context;

    /// <summary>What the layer gives.</summary>
    public Tensor Output => output ?? throw new InvalidOperationException($"{context.Layer.Kind} has planned no output.");

    /// <summary>An input, as the layer reads it.</summary>
    public Tensor Input(int index = 0) => pass.Read(context.Layer, index);

    /// <summary>All inputs.</summary>
    public IReadOnlyList<Tensor> Inputs => [.. context.Layer.Inputs.Select((_, index) => Input(index))];

    /// <summary>Makes tensors of the layer.</summary>
    public TensorNames Names => pass.NamesOf(context.Layer.Index);

    /// <summary>A tensor that is kept for the way back, by its symbol.</summary>
    public Tensor Keep(string symbol, Extent extent)
    {
        Tensor tensor = Names.New(symbol, extent);
        pass.Keep(context.Layer.Index, tensor);
        return tensor;
    }

    /// <summary>The output is the input, in the same memory.</summary>
    public void Pass() => output = Input();

    /// <summary>One step, written where the program comes to it.</summary>
    /// <param name="step">The step, for the output's tensor.</param>
    public void Inline(Func<Tensor, Step> step)
    {
        output = Names.New("a", context.Output);
        pass.Add(Block.Inline(context.Layer.Index, Describe.Layer(context.Layer), step(output)));
    }

    /// <summary>Steps in a method of their own.</summary>
    /// <param name="symbol">Of the output's tensor.</param>
    /// <param name="formula">What they compute.</param>
    /// <param name="plan">Adds the steps, for the output's tensor.</param>
    /// <param name="name">Of the output's tensor in the method.</param>
    public void Method(string symbol, string formula, Action<List<Step>, Tensor> plan, string name = "z")
    {
        output = Names.New(symbol, context.Output);
        List<Step> steps = [];
        plan(steps, output);
        string method = $"Forward{context.Facts.Identifiers[context.Layer.Index]}";
        string summary = $"{Describe.Layer(context.Layer)} {formula}";
        pass.Add(Block.InMethod(
            context.Layer.Index, method, summary, steps, [.. RelevancePropagation.NamesOf([.. Inputs.Distinct()]), (output, name)]));
    }

    /// <summary>The largest of each window.</summary>
    public void Largest(PoolWindows windows) =>
        Method("a", "The largest of each window.", (steps, to) => steps.Add(new Maximum(windows, Input(), to)));

    /// <summary>The product of a linear map.</summary>
    /// <param name="formula">What it computes.</param>
    public void Product(LinearMap map, string? formula = null) => Method(
        "z",
        formula ?? (map.HasBias ? "z_j = Σ_i a_i w_ij + b_j." : "z_j = Σ_i a_i w_ij."),
        (steps, to) => map.Forward(steps, Input(), to));
}
