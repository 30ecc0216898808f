namespace LrpGen.Generator.Planning;

/// <summary>The backward pass of one explanation: from the outputs' relevance to the input's, a layer at a time.</summary>
internal sealed class BackwardPass
{
    private readonly NetworkFacts facts;
    private readonly Explanation explanation;
    private readonly ForwardPass forward;
    private readonly StoredTensors stored;
    private readonly Dictionary<int, Rule> rules;
    private readonly List<Block> fromTarget = [];
    private readonly List<Block> fromGiven = [];
    private readonly List<Block> common = [];

    private BackwardPass(NetworkFacts facts, Explanation explanation, ForwardPass forward, StoredTensors stored)
    {
        this.facts = facts;
        this.explanation = explanation;
        this.forward = forward;
        this.stored = stored;
        rules = explanation.Assignments.ToDictionary(assignment => assignment.Layer, assignment => assignment.Rule);
    }

    public static Program Plan(NetworkFacts facts, Explanation explanation, StoredTensors stored)
    {
        ForwardPass forward = new(facts, traced: true);
        BackwardPass backward = new(facts, explanation, forward, stored);
        backward.Plan();
        return new Program("Explain" + explanation.Name, explanation, forward.Blocks, backward.fromTarget, backward.fromGiven, backward.common);
    }

    private void Plan()
    {
        int layer = facts.Network.Layers.Count - 1;
        Tensor given = forward.NamesOf(layer).New("R", facts.Extent(layer));
        fromGiven.Add(Block.Inline(layer, "", new LoadOutputRelevance(given)));
        Tensor relevance = given;
        if (TargetRowLayer() is Layer last)
        {
            relevance = StartFromRow(last, given);
            layer = last.Index - 1;
        }
        else
        {
            fromTarget.Add(Block.Inline(layer, "", new SeedOutputs(forward.Last, explanation.Seed, given)));
        }

        for (; layer >= 0; layer--)
        {
            CaptureRelevance(common, layer, relevance);
            relevance = Propagate(facts.Network.Layers[layer], relevance);
        }

        if (explanation.TimesInput)
        {
            Tensor product = forward.NamesOf(-1).New("R", facts.Extent(-1));
            common.Add(new Block(-1, $"TimesInput", "R_i = a_i ∂f/∂a_i.", [new Pointwise(new Read(forward[-1]) * new Read(relevance), product)], new Dictionary<Tensor, string> { [product] = "Ri", [relevance] = "Rj" }));
            relevance = product;
        }

        common.Add(Block.Inline(-1, "", new StoreRelevance(relevance)));
    }

    /// <summary>The linear layer from whose target row relevance can start: nothing after it changes relevance.</summary>
    private Layer? TargetRowLayer() => facts.Network.Layers.Reverse().SkipWhile(PassesRelevance).FirstOrDefault() is { Operation: Linear } layer ? layer : null;

    private bool PassesRelevance(Layer layer) => layer.Operation switch
    {
        Model.Identity or BatchNorm { FoldedInto: >= 0 } => true,
        Flatten => layer.IsFreeFlatten,
        Activation or Softmax => rules[layer.Index].Gate == Gate.Pass,
        _ => false,
    };

    private Tensor StartFromRow(Layer last, Tensor given)
    {
        LinearMap row = facts.MapOf(last, forward.NamesOf(last.Index), targetOnly: true)!;
        Tensor target = row.NewOutput("R");
        fromTarget.Add(Block.Inline(last.Index, "", new SeedTarget(forward.Last, explanation.Seed, target)));
        for (int layer = facts.Network.Layers.Count - 1; layer >= last.Index; layer--)
        {
            fromTarget.Add(Block.Inline(layer, "", new Capture(layer, CaptureKind.TargetRelevance, target)));
            CaptureRelevance(fromGiven, layer, given);
        }

        Tensor result = forward.NamesOf(last.Inputs[0]).New("R", facts.Extent(last.Inputs[0]));
        fromTarget.Add(PropagateLinear(last, row, target, result, "OfTarget"));
        fromGiven.Add(PropagateLinear(last, forward.MapOf(last)!, given, result, ""));
        return result;
    }

    private Tensor Propagate(Layer layer, Tensor relevance)
    {
        if (PassesRelevance(layer))
        {
            return relevance;
        }

        int producer = layer.Inputs[0];
        Tensor a = forward[producer];
        Tensor result = forward.NamesOf(producer).New("R", facts.Extent(producer));
        string method = $"Backward{facts.Identifiers[layer.Index]}";
        switch (layer.Operation)
        {
            case Flatten:
                common.Add(Block.Inline(layer.Index, Describe.Layer(layer), new ToImage(relevance, result)));
                break;
            case MaxPool:
                common.Add(new Block(
                    layer.Index,
                    method,
                    $"{Describe.Layer(layer)} The winner takes all, the first on a tie.",
                    [new ToWinner(layer.Index, a, forward[layer.Index], relevance, result)],
                    new Dictionary<Tensor, string> { [a] = "a", [forward[layer.Index]] = "z", [relevance] = "Rj", [result] = "Ri" }));
                break;
            case Activation or Softmax:
                common.Add(ThroughGate(layer, rules[layer.Index].Gate!.Value, relevance, result));
                break;
            default:
                common.Add(PropagateLinear(layer, forward.MapOf(layer)!, relevance, result, ""));
                break;
        }

        return result;
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
            Gate.Guided => Named(layer, method, "R_i = f′(z) R⁺_j.", relevance, result, new Pointwise(rectified, result), new Differentiate(layer.Operation, of, result, result)),
            _ => Block.Inline(layer.Index, Describe.Layer(layer) + " R_i = f′(z) R_j.", new Differentiate(layer.Operation, of, relevance, result)),
        };
    }

    private Block PropagateLinear(Layer layer, LinearMap map, Tensor relevance, Tensor result, string suffix)
    {
        Rule rule = rules[layer.Index];
        Tensor a = forward[layer.Inputs[0]];
        Tensor z = forward[layer.Index];
        Tensor input = facts.Extent(layer.Inputs[0]);
        LayerConstants constants = new(stored, layer, facts.Identifiers[layer.Index], facts.MapOf(layer, stored.NamesOf(layer.Index))!, input, facts.Extent(layer.Index));
        RelevancePropagation propagation = new(rule, facts.InputIsNonNegative(layer), map, constants);
        propagation.Propagate(relevance, a, z, result);
        return new Block(
            layer.Index,
            $"Backward{facts.Identifiers[layer.Index]}{rule.Name}{suffix}",
            $"{Describe.Layer(layer)} {rule.Display}: {Describe.Formula(rule, propagation.Shares)}.",
            propagation.Steps,
            new Dictionary<Tensor, string> { [a] = "a", [z] = "z", [relevance] = "Rj", [result] = "Ri" });
    }

    private static Block Named(Layer layer, string method, string formula, Tensor relevance, Tensor result, params Step[] steps) =>
        new(layer.Index, method, $"{Describe.Layer(layer)} {formula}", steps, new Dictionary<Tensor, string> { [relevance] = "Rj", [result] = "Ri" });

    private static void CaptureRelevance(List<Block> blocks, int layer, Tensor relevance) =>
        blocks.Add(Block.Inline(layer, "", new Capture(layer, CaptureKind.Relevance, relevance)));
}
