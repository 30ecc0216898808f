namespace LrpGen.Generator.Planning;

/// <summary>The backward pass of one explanation: from the outputs' relevance to the input's, a layer at a time.</summary>
internal sealed class BackwardPass
{
    private readonly NetworkFacts facts;
    private readonly Explanation explanation;
    private readonly ForwardPass forward;
    private readonly StoredTensors stored;
    private readonly Dictionary<int, Rule> rules;
    private readonly IReadOnlyList<bool> relevanceIsOfPositive;
    private readonly Dictionary<int, List<Tensor>> received = [];
    private readonly List<Block> fromTarget = [];
    private readonly List<Block> fromGiven = [];
    private readonly List<Block> common = [];

    private BackwardPass(NetworkFacts facts, Explanation explanation, StoredTensors stored)
    {
        this.facts = facts;
        this.explanation = explanation;
        this.stored = stored;
        rules = explanation.Assignments.ToDictionary(assignment => assignment.Layer, assignment => assignment.Rule);
        relevanceIsOfPositive = PositiveRelevance.Of(facts, rules);
        forward = new ForwardPass(facts, traced: true, NeedsNegativeSums);
    }

    public static Program Plan(NetworkFacts facts, Explanation explanation, StoredTensors stored)
    {
        BackwardPass backward = new(facts, explanation, stored);
        backward.Plan();
        bool traced = explanation.Procedure is null;
        return new Program(
            (traced ? "Explain" : "Pass") + explanation.Name,
            explanation,
            Needed(backward.forward.Blocks),
            Needed(backward.fromTarget),
            Needed(backward.fromGiven),
            Needed(backward.common));

        // A program of which there is no trace does without what only traces need.
        IReadOnlyList<Block> Needed(IReadOnlyList<Block> blocks) =>
            traced ? blocks : [.. blocks.Where(block => !block.Steps.All(step => step is TraceStep))];
    }

    private void Plan()
    {
        int layer = facts.Network.Layers.Count - 1;
        Tensor given = NewRelevance(layer);
        fromGiven.Add(Block.Inline(layer, "", new LoadOutputRelevance(given)));
        if (TargetRowLayer() is Layer last)
        {
            StartFromRow(last, given);
            layer = last.Index - 1;
        }
        else
        {
            fromTarget.Add(Block.Inline(layer, "", new SeedOutputs(forward.Last, explanation.Seed, given)));
            Receive(layer, given);
        }

        for (; layer >= 0; layer--)
        {
            Tensor relevance = Total(layer);
            CaptureRelevance(common, layer, relevance);
            Propagate(facts.Network.Layers[layer], Masked(layer, relevance));
        }

        Tensor result = Total(-1);
        if (explanation.TimesInput)
        {
            Tensor product = NewRelevance(-1);
            Pointwise times = new(new Read(forward[-1]) * new Read(result), product);
            common.Add(Block.InMethod(-1, "TimesInput", "R_i = a_i R_j.", [times], (result, "Rj"), (product, "Ri")));
            common.Add(Block.Inline(-1, "", new LedgerTimesInput(result, forward[-1], product)));
            result = product;
        }

        common.Add(Block.Inline(-1, "", new StoreRelevance(result)));
    }

    /// <summary>A consumer of a layer's output gives it relevance.</summary>
    private void Receive(int layer, Tensor relevance)
    {
        if (!received.TryGetValue(layer, out List<Tensor>? parts))
        {
            received.Add(layer, parts = []);
        }

        parts.Add(relevance);
    }

    /// <summary>The relevance of a layer's output, summed over its consumers.</summary>
    private Tensor Total(int layer)
    {
        List<Tensor> parts = received[layer];
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
        if (layer != explanation.MaskedLayer)
        {
            return relevance;
        }

        // Other layers may read the same tensor, so it is not changed in place.
        Tensor masked = forward.NamesOf(layer).New("RMasked", facts.Extent(layer));
        string name = facts.Network.Layers[layer].Name;
        string summary = $"Relevance of layer {name}'s output flows on in the given channels only, or in all if none are given.";
        common.Add(Block.Inline(layer, summary, new MaskChannels(relevance, masked), new Capture(layer, CaptureKind.Masked, masked)));
        return masked;
    }

    /// <summary>
    /// The linear layer from whose target row relevance can start: it is all at the target, and nothing from there to the layer's output
    /// changes it or hands it to several.
    /// </summary>
    private Layer? TargetRowLayer()
    {
        if (!explanation.Seed.IsAtTarget())
        {
            return null;
        }

        Layer layer = facts.Network.Layers[facts.Network.Layers.Count - 1];
        while (PassesRelevance(layer) && layer.Inputs.Count == 1 && layer.Inputs[0] >= 0)
        {
            layer = facts.Network.Layers[layer.Inputs[0]];
        }

        return layer.Operation is Linear && !(explanation.MaskedLayer >= layer.Index) ? layer : null;
    }

    private bool PassesRelevance(Layer layer) => layer.Operation switch
    {
        Model.Identity or BatchNorm { FoldedInto: >= 0 } => true,
        Flatten => layer.IsFreeFlatten,
        Activation or Softmax => rules[layer.Index].Gate == Gate.Pass,
        Add => rules[layer.Index].Shares.All(share => !share.Normalized),
        _ => false,
    };

    private void StartFromRow(Layer last, Tensor given)
    {
        LinearMap row = facts.MapOf(last, forward.NamesOf(last.Index), targetOnly: true)!;
        Tensor target = row.NewOutput("R");
        fromTarget.Add(Block.Inline(last.Index, "", new SeedTarget(forward.Last, explanation.Seed, target)));
        for (int layer = facts.Network.Layers.Count - 1; layer >= last.Index; layer--)
        {
            fromTarget.Add(Block.Inline(layer, "", new Capture(layer, CaptureKind.TargetRelevance, target)));
            CaptureRelevance(fromGiven, layer, given);
        }

        Tensor result = NewRelevance(last.Inputs[0]);
        PropagateLinear(fromTarget, last, row, target, result, "OfTarget");
        PropagateLinear(fromGiven, last, forward.MapOf(last)!, given, result, "");
        Receive(last.Inputs[0], result);
    }

    private void Propagate(Layer layer, Tensor relevance)
    {
        if (PassesRelevance(layer))
        {
            foreach (int input in layer.Inputs)
            {
                Receive(input, relevance);
            }

            if (layer.Inputs.Count > 1)
            {
                Account(common, layer, new Copied(layer.Inputs.Count));
            }

            return;
        }

        switch (layer.Operation)
        {
            case Add:
                ShareSum(layer, relevance);
                break;
            case Concat:
                List<LedgerItem> items = [new Passed()];
                foreach ((int input, int first) in facts.ChannelsOf(layer))
                {
                    Tensor part = NewRelevance(input);
                    common.Add(Block.Inline(layer.Index, Describe.Layer(layer), new CopyChannels(relevance, first, Widens: false, part)));
                    Receive(input, part);
                    items.Add(new HandedOn(part));
                }

                Account(common, layer, [.. items]);
                break;
            default:
                Tensor result = NewRelevance(layer.Inputs[0]);
                Propagate(layer, relevance, result);
                Receive(layer.Inputs[0], result);
                break;
        }
    }

    private Tensor NewRelevance(int layer) => forward.NamesOf(layer).New("R", facts.Extent(layer));

    /// <summary>R_i = a_i R_j / s(Σ a) for every input of a sum.</summary>
    private void ShareSum(Layer layer, Tensor relevance)
    {
        Rule rule = rules[layer.Index];
        Tensor s = forward.NamesOf(layer.Index).New("s", facts.Extent(layer.Index));
        Tensor sum = forward[layer.Index];
        List<Step> steps = [new Pointwise(new Quotient(new Read(relevance), new Read(sum), rule.Stabilizer), s)];
        List<LedgerItem> items = [new Shared(s, 1, rule.Stabilizer, null)];
        foreach (int input in layer.Inputs)
        {
            Tensor part = NewRelevance(input);
            steps.Add(new Pointwise(new Read(forward[input]) * new Read(s), part));
            Receive(input, part);
            items.Add(new HandedOn(part));
        }

        string method = $"Backward{facts.Identifiers[layer.Index]}{rule.Name}";
        string summary = $"{Describe.Layer(layer)} {rule.Display}: R_i = a_i s_j, s_j = R_j / s_ε(Σ_i a_i).";
        common.Add(Block.InMethod(layer.Index, method, summary, steps, (relevance, "Rj"), (sum, "z")));
        Account(common, layer, [.. items]);
    }

    private bool NeedsNegativeSums(Layer layer)
    {
        bool isOfPositive = relevanceIsOfPositive[layer.Index];
        Rule rule = rules[layer.Index];
        return layer.Operation is Add
            ? rule.Shares.Any(share => share.Normalized) && !isOfPositive
            : Shares.NeedNegativeSums(
                Shares.Simplify(rule, facts.InputIsNonNegative(layer), weightsAreNonNegative: false, isOfPositive), facts.HasBias(layer), isOfPositive);
    }

    private void Propagate(Layer layer, Tensor relevance, Tensor result)
    {
        Tensor a = forward[layer.Inputs[0]];
        string method = $"Backward{facts.Identifiers[layer.Index]}";
        switch (layer.Operation)
        {
            case Flatten:
                common.Add(Block.Inline(layer.Index, Describe.Layer(layer), new ToImage(relevance, result)));
                break;
            case MaxPool:
                Tensor z = forward[layer.Index];
                string winner = $"{Describe.Layer(layer)} The winner takes all, the first on a tie.";
                Step step = new ToWinner(layer.Index, a, z, relevance, result);
                common.Add(Block.InMethod(layer.Index, method, winner, [step], (a, "a"), (z, "z"), (relevance, "Rj"), (result, "Ri")));
                Account(common, layer, new Passed(), new HandedOn(result));
                break;
            case Activation or Softmax:
                common.Add(ThroughGate(layer, rules[layer.Index].Gate!.Value, relevance, result));
                Account(common, layer, new Gated(result));
                break;
            default:
                PropagateLinear(common, layer, forward.MapOf(layer)!, relevance, result, "");
                break;
        }
    }

    private Block ThroughGate(Layer layer, Gate gate, Tensor relevance, Tensor result)
    {
        // Softmax is differentiated from its output, the others from their input.
        Tensor of = layer.Operation is Softmax ? forward[layer.Index] : forward[layer.Inputs[0]];
        string method = $"Backward{facts.Identifiers[layer.Index]}{gate}";
        Expression rectified = new PositivePart(new Read(relevance));
        return gate switch
        {
            Gate.Rectified => Named(layer, method, "R_i = R⁺_j.", relevance, result, new Pointwise(rectified, result)),
            Gate.Guided => Named(
                layer,
                method,
                "R_i = f′(z) R⁺_j.",
                relevance,
                result,
                new Pointwise(rectified, result),
                new Differentiate(layer.Operation, of, result, result)),
            _ => Block.Inline(layer.Index, Describe.Layer(layer) + " R_i = f′(z) R_j.", new Differentiate(layer.Operation, of, relevance, result)),
        };
    }

    private void PropagateLinear(List<Block> blocks, Layer layer, LinearMap map, Tensor relevance, Tensor result, string suffix)
    {
        Rule rule = rules[layer.Index];
        Tensor a = forward[layer.Inputs[0]];
        Tensor z = forward[layer.Index];
        RelevancePropagation propagation = new(
            layer, rule, facts.InputIsNonNegative(layer), relevanceIsOfPositive[layer.Index], map, new LayerConstants(stored, facts, layer));
        propagation.Propagate(relevance, a, z, result);
        string method = $"Backward{facts.Identifiers[layer.Index]}{rule.Name}{suffix}";
        string summary = $"{Describe.Layer(layer)} {rule.Display}: {Describe.Formula(rule, propagation.Shares)}{map.Remark}.";
        blocks.Add(Block.InMethod(
            layer.Index, method, summary, propagation.Steps, (a, "a"), (z, "z"), (relevance, "Rj"), (result, "Ri")));
        IEnumerable<LedgerItem> shares = propagation.Account(a, $"SumTerms{facts.Identifiers[layer.Index]}{rule.Name}{suffix}");
        Account(blocks, layer, [.. shares, new HandedOn(result)]);
    }

    private static void Account(List<Block> blocks, Layer layer, params LedgerItem[] items) =>
        blocks.Add(Block.Inline(layer.Index, "", new LedgerAccount(layer.Index, items)));

    private static Block Named(Layer layer, string method, string formula, Tensor relevance, Tensor result, params Step[] steps) =>
        Block.InMethod(layer.Index, method, $"{Describe.Layer(layer)} {formula}", steps, (relevance, "Rj"), (result, "Ri"));

    private static void CaptureRelevance(List<Block> blocks, int layer, Tensor relevance) =>
        blocks.Add(Block.Inline(layer, "", new Capture(layer, CaptureKind.Relevance, relevance)));
}
