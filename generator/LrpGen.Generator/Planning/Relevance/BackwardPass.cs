namespace LrpGen.Generator.Planning;

/// <summary>The backward pass of one explanation: from the outputs' relevance to the input's, a layer at a time.</summary>
internal sealed class BackwardPass
{
    private readonly NetworkFacts facts;
    private readonly Dictionary<int, List<Tensor>> received = [];
    private readonly List<Block> fromTarget = [];
    private readonly List<Block> fromGiven = [];
    private readonly List<Block> common = [];

    private BackwardPass(ExplanationFacts explanation, StoredTensors stored)
    {
        facts = explanation.Facts;
        Explanation = explanation;
        Stored = stored;
        Forward = new ForwardPass(facts);
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
            Needed(backward.Forward.Blocks),
            Needed(backward.fromTarget),
            Needed(backward.fromGiven),
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
        Tensor own = relevance;
        if (present != wanted)
        {
            own = NewRelevance(source);
            common.Add(Block.Inline(layer.Index, Describe.Rearrangement(facts.Network, source), new Rearrange(relevance, present, own, wanted)));
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
        Tensor given = NewRelevance(layer);
        fromGiven.Add(Block.Inline(layer, "", new LoadOutputRelevance(given, facts.Arrangements[layer])));
        if (TargetColumnLayer() is Layer last)
        {
            StartFromColumn(last, given);
            layer = last.Index - 1;
        }
        else
        {
            fromTarget.Add(Block.Inline(
                layer, "", new SeedOutputs(Forward.Last, facts.Arrangements[layer], Explanation.Explanation.Seed, given)));
            received.Add(layer, [given]);
        }

        // What only gates read gets no relevance.
        for (; layer >= 0; layer--)
        {
            if (!received.ContainsKey(layer))
            {
                continue;
            }

            Tensor relevance = Total(layer);
            CaptureRelevance(common, layer, relevance);
            Propagate(facts.Network.Layers[layer], TimesInput(layer, Masked(layer, relevance)));
        }

        common.Add(Block.Inline(-1, "", new StoreRelevance(TimesInput(-1, Total(-1)), facts.Arrangements[-1])));
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
            CaptureRelevance(common, layer, product);
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
        common.Add(Block.InMethod(layer, method, $"The relevance of {what}, summed over its consumers.", Pointwise.SumOf(parts, total), (total, "sum")));
        return total;
    }

    /// <summary>What flows on of the relevance of a layer's output.</summary>
    private Tensor Masked(int layer, Tensor relevance)
    {
        if (layer != Explanation.Explanation.MaskedLayer)
        {
            return relevance;
        }

        // Other layers may read the same tensor, so it is not changed in place.
        Tensor masked = Forward.NamesOf(layer).New("RMasked", facts.Extent(layer));
        string name = facts.Network.Layers[layer].Name;
        string summary = $"Relevance of layer {name}'s output flows on in the given channels only, or in all if none are given.";
        common.Add(Block.Inline(layer, summary, new MaskLanes(relevance, masked), new Capture(layer, CaptureKind.Masked, masked)));
        return masked;
    }

    /// <summary>
    /// The linear layer from whose target's column relevance can start: it is all at the target, and nothing from there to the layer's output
    /// changes it or hands it to several.
    /// </summary>
    private Layer? TargetColumnLayer()
    {
        if (!facts.Has(Optimizations.TargetColumn) || !Explanation.Explanation.Seed.IsAtTarget())
        {
            return null;
        }

        Layer layer = facts.Network.Layers[facts.Network.Layers.Count - 1];
        while (Explanation.PassesRelevance(layer) && layer.Inputs.Count == 1 && layer.Inputs[0] >= 0)
        {
            layer = facts.Network.Layers[layer.Inputs[0]];
        }

        return TargetMapOf(layer) is not null && !(Explanation.Explanation.MaskedLayer >= layer.Index) ? layer : null;
    }

    private LinearMap? TargetMapOf(Layer layer) =>
        ((PlannedOperation)layer.Operation).TargetMapOf(new PlanContext(facts, layer), Forward.NamesOf(layer.Index));

    private void StartFromColumn(Layer last, Tensor given)
    {
        PlanContext context = new(facts, last);
        PlannedOperation operation = (PlannedOperation)last.Operation;
        LinearMap column = TargetMapOf(last)!;
        Tensor target = column.NewOutput("R");
        fromTarget.Add(Block.Inline(
            last.Index, "", new SeedTarget(Forward.Last, facts.Arrangements[facts.Network.Layers.Count - 1], Explanation.Explanation.Seed, target)));
        for (int layer = facts.Network.Layers.Count - 1; layer >= last.Index; layer--)
        {
            fromTarget.Add(Block.Inline(layer, "", new Capture(layer, CaptureKind.TargetRelevance, target)));
            CaptureRelevance(fromGiven, layer, given);
        }

        LinearMap Whole(TensorNames names) => operation.MapOf(context, names)!;
        Tensor result = new LayerBackward(this, fromTarget, context, target).NewRelevance();
        new LayerBackward(this, fromTarget, context, target).ShareInto(result, column, Whole, "OfTarget");
        new LayerBackward(this, fromGiven, context, given).ShareInto(result, Whole(Forward.NamesOf(last.Index)), Whole, "");
        Receive(last, 0, result);
    }

    private void Propagate(Layer layer, Tensor relevance)
    {
        PlanContext context = new(facts, layer);
        LayerBackward plan = new(this, common, context, relevance);
        if (!Explanation.PassesRelevance(layer))
        {
            ((PlannedOperation)layer.Operation).Backward(plan);
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

    private static void CaptureRelevance(List<Block> blocks, int layer, Tensor relevance) =>
        blocks.Add(Block.Inline(layer, "", new Capture(layer, CaptureKind.Relevance, relevance)));
}
