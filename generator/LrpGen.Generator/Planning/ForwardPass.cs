namespace LrpGen.Generator.Planning;

/// <summary>The forward pass of one program: its steps, and the tensor of every layer's output.</summary>
internal sealed class ForwardPass
{
    private readonly NetworkFacts facts;
    private readonly Dictionary<int, Tensor> outputs = [];
    private readonly Dictionary<(int Layer, Arrangement Wanted), Tensor> rearranged = [];
    private readonly Dictionary<(int Layer, string Symbol), Tensor> kept = [];
    private readonly List<Block> blocks = [];

    /// <param name="start">The layer whose output the call gives; −1 if the network's input.</param>
    public ForwardPass(NetworkFacts facts, int start = -1)
    {
        this.facts = facts;
        Tensor input = new(Names.Next("x"), "x", facts.Extent(start));
        outputs[start] = input;
        if (start >= 0 || !facts.Network.IsOfTokens)
        {
            blocks.Add(Block.Inline(start, "", new LoadInput(input, facts.Arrangements[start])));
        }

        foreach (Layer layer in facts.Network.Layers.Skip(start + 1))
        {
            PlanContext context = new(facts, layer);
            LayerForward plan = new(this, context);
            context.Operation.Forward(plan);
            outputs[layer.Index] = plan.Output;
            blocks.Add(Block.Inline(layer.Index, "", new Capture(layer.Index, CaptureKind.Activation, plan.Output)));
        }
    }

    public IReadOnlyList<Block> Blocks => blocks;

    /// <summary>Output of a layer; −1 is the network's input.</summary>
    public Tensor this[int layer] => outputs[layer];

    public Tensor Last => outputs[facts.Network.Layers.Count - 1];

    /// <summary>Of the program's tensors.</summary>
    public UniqueNames Names { get; } = new("_");

    /// <summary>Makes further tensors of a layer.</summary>
    public TensorNames NamesOf(int layer) => new(layer, Names);

    /// <summary>Keeps what a layer computes besides its output for the way back.</summary>
    public void Keep(int layer, Tensor tensor) => kept.Add((layer, tensor.Symbol), tensor);

    /// <summary>What a layer has kept.</summary>
    public Tensor Kept(int layer, string symbol) => kept[(layer, symbol)];

    public void Add(Block block) => blocks.Add(block);

    /// <summary>An input of a layer, in the arrangement that it reads.</summary>
    public Tensor Read(Layer layer, int index)
    {
        int source = layer.Inputs[index];
        Arrangement present = facts.Arrangements[source];
        Arrangement wanted = facts.Arrangements.ReadBy(layer, index);
        Arrangement whole = wanted with { Only = present.Only };
        Tensor read = outputs[source];
        if (present != whole)
        {
            string description = Describe.Rearrangement(facts.Network, source);
            read = Read(source, whole, layer, description, to => new Rearrange(outputs[source], present, to, whole));
        }

        if (wanted != whole)
        {
            Tensor all = read;
            string description = Describe.SomeRows(facts.Network, source);
            read = Read(source, wanted, layer, description, to => new CopyRows(all, wanted.Only!.AreLast, IsBack: false, to));
        }

        return read;
    }

    // Once for all readers.
    private Tensor Read(int source, Arrangement wanted, Layer reader, string description, Func<Tensor, Step> step)
    {
        if (!rearranged.TryGetValue((source, wanted), out Tensor? tensor))
        {
            tensor = NamesOf(source).New("a", Extent.Of(wanted));
            rearranged.Add((source, wanted), tensor);
            blocks.Add(Block.Inline(reader.Index, description, step(tensor)));
        }

        return tensor;
    }
}
