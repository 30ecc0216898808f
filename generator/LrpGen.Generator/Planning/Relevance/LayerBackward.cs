namespace LrpGen.Generator.Planning;

/// <summary>The way back through one layer while its operation plans it.</summary>
/// <param name="pass">The backward pass of the program.</param>
/// <param name="blocks">The blocks that it is added to.</param>
/// <param name="context">The layer.</param>
/// <param name="relevance">Of the layer's output.</param>
internal sealed class LayerBackward(BackwardPass pass, List<Block> blocks, PlanContext context, Tensor relevance)
{
    public PlanContext Context => context;

    public Layer Layer => context.Layer;

    /// <summary>The layer's rule.</summary>
    public Rule Rule => pass.Explanation.RuleOf(Layer) ?? throw new InvalidOperationException($"{Layer.Kind} has no rule.");

    /// <summary>Relevance of the layer's output.</summary>
    public Tensor Relevance => relevance;

    /// <summary>An input, as the layer reads it.</summary>
    public Tensor Input(int index = 0) => pass.Forward.Read(Layer, index);

    /// <summary>The layer's output.</summary>
    public Tensor Output => pass.Forward[Layer.Index];

    /// <summary>What the forward pass has kept.</summary>
    public Tensor Kept(string symbol) => pass.Forward.Kept(Layer.Index, symbol);

    /// <summary>Makes tensors of the layer.</summary>
    public TensorNames Names => pass.Forward.NamesOf(Layer.Index);

    /// <summary>A tensor for the relevance of an input.</summary>
    public Tensor NewRelevance(int input = 0) => pass.Forward.NamesOf(Layer.Inputs[input]).New("R", Extent.Of(context.Read(input)));

    /// <summary>Gives an input its relevance, which lies as the layer reads the input.</summary>
    public void Give(Tensor result, int input = 0) => pass.Receive(Layer, input, result);

    /// <summary>Steps written where the program comes to them.</summary>
    public void Inline(params Step[] steps) => blocks.Add(Block.Inline(Layer.Index, Describe.Layer(Layer), steps));

    /// <summary>Steps written where the program comes to them.</summary>
    /// <param name="formula">What they compute.</param>
    public void Inline(string formula, params Step[] steps) => blocks.Add(Block.Inline(Layer.Index, $"{Describe.Layer(Layer)} {formula}", steps));

    /// <summary>Steps in a method of their own.</summary>
    /// <param name="name">Of the method, behind the layer's.</param>
    /// <param name="formula">What they compute.</param>
    public void Method(string name, string formula, IReadOnlyList<Step> steps, params (Tensor Tensor, string Name)[] names) => blocks.Add(
        Block.InMethod(Layer.Index, $"Backward{context.Facts.Identifiers[Layer.Index]}{name}", $"{Describe.Layer(Layer)} {formula}", steps, names));

    /// <summary>The layer's row in the ledger.</summary>
    public void Account(params LedgerItem[] items)
    {
        LedgerColumn column = context.Operation.Absorber;
        LedgerItem[] all = column == LedgerColumn.Bias ? items : [.. items, new ShownAs(column)];
        blocks.Add(Block.Inline(Layer.Index, "", new LedgerAccount(Layer.Index, all)));
    }

    /// <summary>Gives the largest of each window all of its relevance, the first on a tie.</summary>
    public void ToWinner(PoolWindows windows)
    {
        Tensor result = NewRelevance();
        Method(
            "",
            "The winner takes all, the first on a tie.",
            [new ToWinner(windows, Input(), Output, relevance, result)],
            (Input(), "a"),
            (Output, "z"),
            (relevance, "Rj"),
            (result, "Ri"));
        Account(new Passed(), new HandedOn(result, context.Read()));
        Give(result);
    }

    /// <summary>Gives the inputs what the layer's rule says of a linear map.</summary>
    /// <param name="mapOf">Makes the map.</param>
    public void Share(Func<TensorNames, LinearMap> mapOf) =>
        Share(mapOf, [.. Layer.Inputs.Select((_, index) => Input(index))], (_, _, _, result) => result);

    /// <summary>The same for inputs that the map sees in another shape.</summary>
    /// <param name="a">The inputs as the map sees them.</param>
    /// <param name="restore">Adds the steps from an input's relevance as the map sees it to the input's own.</param>
    public void Share(Func<TensorNames, LinearMap> mapOf, IReadOnlyList<Tensor> a, Func<List<Step>, LayerBackward, int, Tensor, Tensor> restore)
    {
        IReadOnlyList<Tensor> results = Share(mapOf(Names), mapOf, "", a, restore, input =>
            a[input].Extent == Extent.Of(context.Read(input)) ? NewRelevance(input) : Names.New("R", a[input].Extent));
        for (int input = 0; input < results.Count; input++)
        {
            Give(results[input], input);
        }
    }

    /// <summary>Gives factors of a product what a rule says of the maps whose weights the others are.</summary>
    /// <param name="mapOf">Makes the map of a factor.</param>
    /// <param name="rule">The layer's rule, or what each of several factors has of it.</param>
    /// <param name="factors">Indices of the inputs that get relevance.</param>
    public void ShareFactors(Func<int, TensorNames, LinearMap> mapOf, Rule rule, IReadOnlyList<int> factors)
    {
        List<LedgerItem> account = [];
        List<Tensor> results = [];
        foreach (int factor in factors)
        {
            LinearMap Map(TensorNames names) => mapOf(factor, names);
            results.Add(Share(
                Map(Names), Map, $"Of{"AB"[factor]}", [Input(factor)], [factor], rule, (_, _, _, own) => own, _ => NewRelevance(factor), account)[0]);
        }

        Account([.. account]);
        for (int index = 0; index < factors.Count; index++)
        {
            Give(results[index], factors[index]);
        }
    }

    private IReadOnlyList<Tensor> Share(
        LinearMap map,
        Func<TensorNames, LinearMap> mapOf,
        string suffix,
        IReadOnlyList<Tensor> a,
        Func<List<Step>, LayerBackward, int, Tensor, Tensor> restore,
        Func<int, Tensor> fresh)
    {
        List<LedgerItem> account = [];
        IReadOnlyList<Tensor> results = Share(map, mapOf, suffix, a, [.. a.Select((_, input) => input)], Rule, restore, fresh, account);
        Account([.. account]);
        return results;
    }

    /// <param name="inputs">Indices of the inputs that the map is of.</param>
    /// <param name="account">Gets the items of the ledger.</param>
    private IReadOnlyList<Tensor> Share(
        LinearMap map,
        Func<TensorNames, LinearMap> mapOf,
        string suffix,
        IReadOnlyList<Tensor> a,
        IReadOnlyList<int> inputs,
        Rule rule,
        Func<List<Step>, LayerBackward, int, Tensor, Tensor> restore,
        Func<int, Tensor> fresh,
        List<LedgerItem> account)
    {
        // A map of several inputs sees them all as it sees the output.
        Arrangement seen = a.Count == 1 ? context.Read(inputs[0]) : context.Written;
        RelevancePropagation propagation = Propagation(rule, InputsOf(map), names => InputsOf(mapOf(names)));
        IReadOnlyList<Tensor> messages = propagation.Propagate(relevance, a, Output, fresh);
        List<Step> steps = [.. propagation.Steps];
        IReadOnlyList<Tensor> results = [.. messages.Select((message, input) => restore(steps, this, inputs[input], message))];
        if (steps.Count > 0)
        {
            Method(
                rule.Name + suffix,
                $"{rule.Display}: {Describe.Formula(rule, propagation.Shares)}{map.Remark}.",
                steps,
                [
                    .. RelevancePropagation.NamesOf([.. a.Distinct()]),
                    (Output, "z"),
                    (relevance, "Rj"),
                    .. results.Count == 1 ? [(results[0], "Ri")] : Array.Empty<(Tensor, string)>(),
                ]);
        }

        IEnumerable<LedgerItem> shares = propagation.Account(a, $"SumTerms{context.Facts.Identifiers[Layer.Index]}{rule.Name}{suffix}");
        account.AddRange([.. shares, .. results.Select((result, input) => new HandedOn(result, context.Read(inputs[input])))]);
        return results;

        IReadOnlyList<MapInput> InputsOf(LinearMap map) => [.. a.Select(_ => new MapInput(map, seen))];
    }

    /// <summary>A rule for a linear map, which the layer is or has within.</summary>
    /// <param name="inputs">Of the map.</param>
    /// <param name="inputsOf">Makes the same of other tensors.</param>
    public RelevancePropagation Propagation(
        Rule rule, IReadOnlyList<MapInput> inputs, Func<TensorNames, IReadOnlyList<MapInput>> inputsOf)
    {
        bool varies = inputs[0].Seen.Shape.Variable is not null;
        LayerConstants constants = new(pass.Stored, context.Facts, Layer, varies, inputsOf, Names);

        // What is known of a layer's input and output is not known of a state, nor of the sum within that becomes one.
        bool isWithin = inputs.Any(input => input.IsState);
        return new(
            Layer,
            rule,
            context.Facts,
            inputIsNonNegative: !isWithin && context.Facts.InputIsNonNegative(Layer),
            relevanceIsOfPositive: !isWithin && pass.Explanation.RelevanceIsOfPositive(Layer.Index),
            inputs,
            constants);
    }
}
