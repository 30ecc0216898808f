namespace LrpGen.Generator.Planning;

/// <summary>The backward pass of one explanation: from the outputs' relevance to the input's, a layer at a time.</summary>
internal sealed class BackwardPass
{
    private readonly NetworkFacts facts;
    private readonly int start;
    private readonly Dictionary<int, List<Tensor>> received = [];
    private readonly List<Block> fromTarget = [];
    private readonly List<Block> fromObjective = [];
    private readonly List<Block> common = [];

    private BackwardPass(ExplanationFacts explanation, StoredTensors stored)
    {
        facts = explanation.Facts;
        Explanation = explanation;
        Stored = stored;
        start = facts.Network.StartOf(explanation.Explanation);
        Forward = new ForwardPass(facts, start);
    }

    public ExplanationFacts Explanation { get; }

    public ForwardPass Forward { get; }

    /// <summary>What no input changes.</summary>
    public StoredTensors Stored { get; }

    public static Program Plan(ExplanationFacts explanation, StoredTensors stored)
    {
        BackwardPass backward = new(explanation, stored);
        backward.Plan();
        bool traced = explanation.Explanation.Procedure is null;
        return new Program(
            (traced ? "Explain" : "Pass") + explanation.Explanation.Name,
            explanation.Explanation,
            backward.Forward.Names,
            Needed(backward.Forward.Blocks),
            Needed(backward.fromTarget),
            Needed(backward.fromObjective),
            Needed(backward.common));

        // A program of which there is no trace does without what only traces need.
        IReadOnlyList<Block> Needed(IReadOnlyList<Block> blocks) =>
            traced ? blocks : [.. blocks.Where(block => !block.Steps.All(step => step is TraceStep))];
    }

    /// <summary>A layer gives one of its inputs relevance, which lies as the layer reads that input.</summary>
    public void Receive(Layer layer, int input, Tensor relevance)
    {
        int source = layer.Inputs[input];
        Arrangement present = facts.Arrangements.ReadBy(layer, input);
        Arrangement wanted = facts.Arrangements[source];
        Arrangement whole = present with { Only = wanted.Only };
        Tensor own = relevance;
        if (present != whole)
        {
            own = Forward.NamesOf(source).New("R", Extent.Of(whole));
            common.Add(Block.Inline(
                layer.Index, Describe.SomeRows(facts.Network, source), new CopyRows(relevance, present.Only!.AreLast, IsBack: true, own)));
        }

        if (whole != wanted)
        {
            Tensor all = own;
            own = NewRelevance(source);
            common.Add(Block.Inline(layer.Index, Describe.Rearrangement(facts.Network, source), new Rearrange(all, whole, own, wanted)));
        }

        if (!received.TryGetValue(source, out List<Tensor>? parts))
        {
            received.Add(source, parts = []);
        }

        parts.Add(own);
    }

    private void Plan()
    {
        int layer = facts.Network.Layers.Count - 1;
        Seed seed = Explanation.Explanation.Seed;
        Tensor given = NewRelevance(layer);
        fromObjective.Add(Block.Inline(layer, "", new SeedObjective(Forward.Last, facts.Arrangements[layer], seed, given)));
        fromTarget.Add(Block.Inline(layer, "", new SeedOutputs(Forward.Last, facts.Arrangements[layer], seed, given)));
        received.Add(layer, [given]);

        // What only gates read gets no relevance.
        for (; layer > start; layer--)
        {
            if (!received.ContainsKey(layer))
            {
                continue;
            }

            Tensor relevance = Total(layer);
            CaptureRelevance(layer, relevance);
            Propagate(facts.Network.Layers[layer], TimesInput(layer, Masked(layer, relevance)));
        }

        common.Add(Block.Inline(start, "", new StoreRelevance(TimesInput(start, Total(start)), facts.Arrangements[start])));
    }

    /// <summary>Relevance times the input, if the explanation wants that; tokens are what their embedding makes of them.</summary>
    private Tensor TimesInput(int layer, Tensor relevance)
    {
        if (!Explanation.Explanation.TimesInput || layer != (facts.Network.IsOfTokens ? 0 : -1))
        {
            return relevance;
        }

        Tensor product = NewRelevance(layer);
        Pointwise times = new(new Read(Forward[layer]) * new Read(relevance), product);
        common.Add(Block.InMethod(layer, "TimesInput", "R_i = a_i R_j.", [times], (relevance, "Rj"), (product, "Ri")));
        common.Add(Block.Inline(layer, "", new LedgerTimesInput(relevance, Forward[layer], facts.Arrangements[layer], product)));
        if (layer >= 0)
        {
            CaptureRelevance(layer, product);
        }

        return product;
    }

    /// <summary>The relevance of a layer's output, summed over its consumers.</summary>
    private Tensor Total(int layer)
    {
        if (!received.TryGetValue(layer, out List<Tensor>? parts))
        {
            Tensor nothing = NewRelevance(layer);
            common.Add(Block.Inline(layer, "No relevance comes to it.", new Clear(0, nothing)));
            return nothing;
        }

        if (parts.Count == 1)
        {
            return parts[0];
        }

        Tensor total = NewRelevance(layer);
        string method = $"SumRelevanceOf{(layer < 0 ? "Input" : facts.Identifiers[layer])}";
        string what = layer < 0 ? "the input" : $"the output of layer {facts.Network.Layers[layer].Name}";
        string summary = $"The relevance of {what}, summed over its consumers.";
        common.Add(Block.InMethod(layer, method, summary, Pointwise.SumOf(parts, total), (total, "sum")));
        return total;
    }

    /// <summary>What flows on of the relevance of a layer's output.</summary>
    private Tensor Masked(int layer, Tensor relevance)
    {
        if (Explanation.Explanation.Mask is not { } mask || layer != mask.Layer)
        {
            return relevance;
        }

        // Other layers may read the same tensor, so it is not changed in place.
        Tensor masked = Forward.NamesOf(layer).New("RMasked", facts.Extent(layer));
        MaskedAxis axis = MaskedAxis.Of(facts, mask);
        string name = facts.Network.Layers[layer].Name;
        string summary = $"Relevance of layer {name}'s output flows on in the given {axis.Kind} only, or in all if none are given.";
        common.Add(Block.Inline(layer, summary, new MaskChannels(relevance, axis, masked), new Capture(layer, CaptureKind.Masked, masked)));
        return masked;
    }

    private void Propagate(Layer layer, Tensor relevance)
    {
        PlanContext context = new(facts, layer);
        LayerBackward plan = new(this, common, context, relevance);
        if (!Explanation.PassesRelevance(layer))
        {
            context.Operation.Backward(plan);
            return;
        }

        for (int input = 0; input < layer.Inputs.Count; input++)
        {
            Receive(layer, input, relevance);
        }

        if (layer.Inputs.Count > 1)
        {
            plan.Account(new Copied(layer.Inputs.Count));
        }
    }

    private Tensor NewRelevance(int layer) => Forward.NamesOf(layer).New("R", facts.Extent(layer));

    private void CaptureRelevance(int layer, Tensor relevance) =>
        common.Add(Block.Inline(layer, "", new Capture(layer, CaptureKind.Relevance, relevance)));
}
