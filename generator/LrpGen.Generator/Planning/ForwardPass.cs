namespace LrpGen.Generator.Planning;

/// <summary>The forward pass of one program: its steps, and the tensor of every layer's output.</summary>
internal sealed class ForwardPass
{
    private readonly NetworkFacts facts;
    private readonly bool traced;
    private readonly Dictionary<int, int> rectifiers;
    private readonly UniqueNames names = new("_");
    private readonly Dictionary<int, Tensor> outputs = [];
    private readonly List<Block> blocks = [];

    /// <param name="traced">Whether a trace may ask for every layer's activation.</param>
    /// <param name="needsNegativeSums">Whether the way back needs what a layer gives where a ReLU behind it gives 0.</param>
    public ForwardPass(NetworkFacts facts, bool traced, Func<Layer, bool> needsNegativeSums)
    {
        this.facts = facts;
        this.traced = traced;
        rectifiers = facts.Rectifiers
            .Where(pair => !needsNegativeSums(facts.Network.Layers[pair.Value]))
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        Tensor input = facts.Extent(-1).Like(names.Next("x"), "x");
        outputs[-1] = input;
        blocks.Add(Block.Inline(-1, "", new LoadInput(input)));
        foreach (Layer layer in facts.Network.Layers)
        {
            outputs[layer.Index] = Plan(layer, outputs[layer.Inputs[0]]);
            if (traced)
            {
                blocks.Add(Block.Inline(layer.Index, "", new Capture(layer.Index, CaptureKind.Activation, outputs[layer.Index])));
            }
        }
    }

    public IReadOnlyList<Block> Blocks => blocks;

    /// <summary>Output of a layer; −1 is the network's input.</summary>
    public Tensor this[int layer] => outputs[layer];

    public Tensor Last => outputs[facts.Network.Layers.Count - 1];

    /// <summary>Makes further tensors of a layer.</summary>
    public TensorNames NamesOf(int layer) => new(layer, names);

    /// <summary>The layer's products in this program; null for a layer that is no linear map.</summary>
    public LinearMap? MapOf(Layer layer) => facts.MapOf(layer, NamesOf(layer.Index));

    private Tensor Plan(Layer layer, Tensor a)
    {
        switch (layer.Operation)
        {
            case Model.Identity or BatchNorm { FoldedInto: >= 0 }:
                return a;
            case Flatten when layer.IsFreeFlatten:
                return a;
            case Flatten:
                return Inline(layer, to => new ToVector(a, to));
            case Activation when rectifiers.ContainsKey(layer.Index):
                if (traced)
                {
                    blocks.Add(Block.Inline(layer.Index, Describe.Layer(layer), new RectifyTraced(a)));
                }

                return a;
            case Activation or Softmax:
                return Inline(layer, to => new Activate(layer.Operation, a, to));
            case Add:
                return Method(layer, a, "a", "The sum of the inputs.", (steps, to) =>
                    steps.AddRange(Pointwise.SumOf([.. layer.Inputs.Select(input => outputs[input])], to)));
            case Concat:
                return Method(layer, a, "a", "The inputs side by side.", (steps, to) =>
                    steps.AddRange(facts.ChannelsOf(layer).Select(part => new CopyChannels(outputs[part.Input], part.First, Widens: true, to))));
            case MaxPool:
                return Method(layer, a, "a", "The largest of each window.", (steps, to) => steps.Add(new Maximum(layer.Index, a, to)));
            default:
                string formula = layer.Operation is AveragePool or AdaptiveAveragePool ? "The mean of each window."
                    : facts.HasBias(layer) ? "z_j = Σ_i a_i w_ij + b_j."
                    : "z_j = Σ_i a_i w_ij.";
                return Method(layer, a, "z", formula, (steps, to) => MapOf(layer)!.Forward(steps, a, to));
        }
    }

    private Tensor Inline(Layer layer, Func<Tensor, Step> step)
    {
        Tensor to = NamesOf(layer.Index).New("a", facts.Extent(layer.Index));
        blocks.Add(Block.Inline(layer.Index, Describe.Layer(layer), step(to)));
        return to;
    }

    private Tensor Method(Layer layer, Tensor a, string symbol, string formula, Action<List<Step>, Tensor> plan)
    {
        Tensor to = NamesOf(layer.Index).New(symbol, facts.Extent(layer.Index));
        List<Step> steps = [];
        plan(steps, to);
        if (rectifiers.ContainsValue(layer.Index))
        {
            steps[steps.Count - 1] = steps[steps.Count - 1] switch
            {
                Product product => product with { Rectifies = true },
                Pointwise pointwise => pointwise with { Rectifies = true },
                Step other => other,
            };
        }

        string summary = $"{Describe.Layer(layer)} {formula}";
        blocks.Add(Block.InMethod(layer.Index, $"Forward{facts.Identifiers[layer.Index]}", summary, steps, (a, "a"), (to, "z")));
        return to;
    }
}
