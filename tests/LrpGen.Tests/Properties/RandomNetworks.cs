using CsCheck;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Properties;

/// <summary>Random networks: every layer, with any arguments, reading whatever its shape permits.</summary>
/// <param name="conserving">Whether no layer may lose relevance.</param>
internal sealed class RandomNetworks(bool conserving)
{
    private static readonly Gen<Shape> Input = Gen.Frequency(
        (3, Gen.Int[1, 40].Select(features => Shape.Of(features))),
        (3, Gen.Select(Gen.Int[1, 6], Gen.Int[1, 30]).Select((channels, length) => Shape.Of(channels, length))),
        (2, Gen.Select(Gen.Int[1, 9], Gen.Int[1, 40]).Select((tokens, features) => Shape.Of(tokens, features))),
        (4, Gen.Select(Gen.Int[1, 6], Gen.Int[1, 12], Gen.Int[1, 12]).Select((channels, height, width) => Shape.Of(channels, height, width))),
        (1, Gen.Int[1, 5].Array[4].Select(sizes => Shape.Of(sizes))));

    private const string UnreadOutput = "LRP0034";

    private readonly RandomLayers layers = new(conserving);

    /// <summary>Networks of a fixed length.</summary>
    public Gen<NetworkSpec> Networks => From(Gen.Frequency((23, Input.Select(input => NetworkSpec.Sequential(input))), (1, LargeStart)));

    /// <summary>Networks of tokens, or of as many rows as a call has.</summary>
    public Gen<NetworkSpec> OfAnyLength => From(Gen.Frequency((1, VariableStart), (1, TokenStart)));

    private static Gen<NetworkSpec> VariableStart =>
        from rows in Gen.Int[2, 17]
        from row in Gen.OneOf(Gen.Int[1, 24].Array[1], Gen.Int[1, 6].Array[2])
        select NetworkSpec.Sequential(Shape.Of([rows, .. row])) with { IsVariable = true };

    private static Gen<NetworkSpec> TokenStart =>
        from tokens in Gen.Int[2, 17]
        from known in Gen.Int[1, 12]
        from features in Gen.Int[1, 24]
        from position in RandomLayers.Optional(PositionEmbedding.OfTable(tokens))
        from type in RandomLayers.Optional(Gen.Const((LayerSpec)new TokenTypeEmbedding(2)))
        select NetworkSpec.Sequential(Shape.Of(tokens, 1), [new Embedding(known, features), .. position, .. type]) with { IsVariable = true };

    /// <summary>Networks of one to six layers or forks more that do not end in a softmax, and a few layers to join what nobody reads.</summary>
    private Gen<NetworkSpec> From(Gen<NetworkSpec> starts) =>
        from start in starts
        from count in Gen.Int[1, 6]
        from network in Extend(start, count)
        where network.Layers.Count > 0 && network.Layers[^1] is not Softmax
        from ended in Gen.Frequency((3, Gen.Const(network)), (1, ReadFewRows(network)))
        from joined in JoinLooseEnds(ended)
        where LengthsAreKnown(joined)
        from reordered in Gen.Frequency((2, Gen.Const(joined)), (1, Reorder(joined)))
        select reordered;

    /// <summary>Whether no layer must know a length that calls choose; the generator says it. That all is read is seen to in the end.</summary>
    private static bool LengthsAreKnown(NetworkSpec network) =>
        !network.IsVariable
        || (network.TakesAllLengths
            && Parsing.Declaration.ErrorsOf(new Declaration("Net", network).Source, $"{Declaration.Namespace}.Net").All(id => id == UnreadOutput));

    /// <summary>Two convolutions, the second with so many channels and pixels that it is computed in tiles, and a pool that leaves few.</summary>
    private Gen<NetworkSpec> LargeStart =>
        from channels in Gen.Int[1, 6]
        from size in Gen.Select(Gen.Int[14, 15], Gen.Int[14, 17])
        from outputs in Gen.Select(Gen.Int[32, 34], Gen.Int[32, 40])
        from activation in layers.Activation
        from padding in Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2])
        from bias in layers.Bias
        from pool in Gen.OneOf<LayerSpec>([new MaxPool2d(3), new AvgPool2d(3)])
        select NetworkSpec.Sequential(
            Shape.Of(channels, size.Item1, size.Item2),
            new Conv2d(outputs.Item1, 1) { Bias = bias },
            activation,
            new Conv2d(outputs.Item2, 3) { Bias = bias, Padding = new(padding.Item1, padding.Item2) },
            pool);

    /// <summary>The network with its layers declared in any order that the data allow.</summary>
    private static Gen<NetworkSpec> Reorder(NetworkSpec network) => Gen.Int.Array[network.Layers.Count].Select(ranks =>
    {
        List<int> order = [];
        while (order.Count < ranks.Length)
        {
            order.Add(Enumerable.Range(0, ranks.Length)
                .Where(layer => !order.Contains(layer) && NeededBy(layer).All(other => other < 0 || order.Contains(other)))
                .MinBy(layer => ranks[layer]));
        }

        return (network with { Layers = [] }).Then(order.Select(layer => network.Layers[layer] with
        {
            Inputs = network.Layers[layer] is Embedding ? [] : [.. network.InputsOf(layer).Select(NameOf)],
            Weights = network.Layers[layer].Weights is null ? null : NameOf(Shared(layer)[0]),
        }));

        IEnumerable<int> NeededBy(int layer) => [.. network.InputsOf(layer), .. Shared(layer)];

        int[] Shared(int layer) =>
            [.. Enumerable.Range(0, network.Layers.Count).Where(other => network.Layers[other].Name == network.Layers[layer].Weights)];

        string NameOf(int layer) => layer < 0 ? NetworkSpec.InputName : $"{order.IndexOf(layer)}";
    });

    private Gen<NetworkSpec> Extend(NetworkSpec network, int count)
    {
        (string Name, Shape Shape)[] gated = [.. Values(network).Where(value => value.Shape.Rank > 1)];
        (string Name, Shape Shape)[] rows = conserving ? [] : [.. gated.Where(value => value.Shape.Rank == 2)];
        NetworkSpec[] sharing = [.. Sharing(network)];
        return count == 0
            ? Gen.Const(network)
            : from tried in Gen.Frequency(
                (10, Next(network).Select(layer => network.Then(layer))),
                (2, Fork(network)),
                (gated.Length > 0 ? 1 : 0, gated.Length > 0 ? Gated(network, gated) : Gen.Const(network)),
                (rows.Length > 0 ? 3 : 0, rows.Length > 0 ? new RandomProducts(layers.Bias).Extend(network, rows) : Gen.Const(network)),
                (sharing.Length > 0 ? 1 : 0, sharing.Length > 0 ? Gen.OneOf(sharing.Select(Gen.Const).ToArray()) : Gen.Const(network)))
                .Array[network.IsVariable ? 5 : 1]
              from extended in Extend(tried.FirstOrDefault(IsPossible, network), count - 1)
              select extended;

        static bool IsPossible(NetworkSpec next) =>
            next.Outputs().All(output => output.Size <= RandomLayers.LargestOutput) && LengthsAreKnown(next);
    }

    /// <summary>The network with a layer more that shares the weights of one there, of every such layer for every value that it can read.</summary>
    private static IEnumerable<NetworkSpec> Sharing(NetworkSpec network) =>
        from layer in network.Layers.Zip(network.Sources(), (spec, sources) => (Spec: spec, Input: sources[0].Shape))
        where layer.Spec is { Weights: null } and (WeightedSpec or BatchNorm or Normalization or LayerScale or PReLU)
        let tensors = layer.Spec.WeightsOf(layer.Input).ToArray()
        where tensors.Length > 0
        from value in Values(network)
        where value.Shape.Rank == layer.Input.Rank && layer.Spec.WeightsOf(value.Shape).SequenceEqual(tensors)
        where layer.Spec.OutputOf([value.Shape]).Sizes.All(size => size > 0)
        select network.Then(layer.Spec with { Inputs = [value.Name], Weights = layer.Spec.Name });

    /// <summary>The network with some of its rows, the first or the last, so that others are not computed, and perhaps a layer behind them.</summary>
    private Gen<NetworkSpec> ReadFewRows(NetworkSpec network)
    {
        int rows = network.Outputs()[^1][0];
        return network.Outputs()[^1].Rank < 2
            ? Gen.Const(network)
            : from few in Gen.OneOf(
                  Gen.OneOf(0, -1).Select(row => (LayerSpec)new Select(row)),
                  Gen.Int[1, Math.Min(3, rows)].Select(Gen.Bool, (count, first) => (LayerSpec)new Narrow(first ? 0 : -count, count)))
              from outputs in RandomLayers.Optional(RandomInput.Outputs)
              from bias in layers.Bias
              let ended = network.Then([few, .. outputs.Select(count => new Linear(count) { Bias = bias })])
              select LengthsAreKnown(ended) ? ended : network;
    }

    private Gen<NetworkSpec> Fork(NetworkSpec network) =>
        from value in Gen.OneOf([.. Values(network)])
        from forked in new RandomForks(layers.Keeping, RandomLayers.LargestOutput).Extend(network, value.Name, value.Shape)
        select forked;

    /// <summary>A layer that reads the last value, any one, or the last and others.</summary>
    private Gen<LayerSpec> Next(NetworkSpec network)
    {
        (string Name, Shape Shape)[] values = [.. Values(network)];
        (string lastName, Shape last) = values[^1];
        string[] equal = NamesOf(shape => AreBroadcast(shape, last));
        return Gen.Frequency(
            (16, layers.For(last)),
            (3, Gen.OneOf(values).SelectMany(value => layers.For(value.Shape).Select(layer => layer with { Inputs = [value.Name] }))),
            (equal[0] == lastName ? 1 : 6, Join(equal, 3).Select(names => (LayerSpec)new Add { Inputs = names })),
            (equal[0] == lastName ? 1 : 4, Join(equal, 1).Select(names => (LayerSpec)new Multiply { Inputs = names })),
            (last.Size * 4 > RandomLayers.LargestOutput ? 0 : 3, Gen.Int[-last.Rank, last.Rank - 1].SelectMany(dim =>
                Join(NamesOf(shape => shape.Rank == last.Rank && shape.With(dim, 1) == last.With(dim, 1)), 3)
                    .Select(names => (LayerSpec)new Concat(dim) { Inputs = names }))))
            .Where(layer =>
                layer.OutputOf([.. layer.Inputs.Select(name => values.First(value => value.Name == name).Shape).DefaultIfEmpty(last)]).Size
                <= RandomLayers.LargestOutput);

        // Where nothing else fits, the last value is joined with itself.
        string[] NamesOf(Predicate<Shape> fits) =>
            [.. values[..^1].Where(value => fits(value.Shape)).Select(value => value.Name).DefaultIfEmpty(lastName)];

        Gen<string[]> Join(string[] names, int most) =>
            from others in Gen.OneOf(names).Array[1, most]
            from lastFirst in Gen.Bool
            select (string[])(lastFirst ? [lastName, .. others] : [.. others, lastName]);
    }

    /// <summary>Whether both and all that is between them have one shape when axes of size 1 are repeated.</summary>
    private static bool AreBroadcast(Shape shape, Shape other) =>
        Enumerable.Range(1, Math.Min(shape.Rank, other.Rank)).All(k => shape[-k] == other[-k])
        || (shape.Rank == other.Rank && Enumerable.Range(0, shape.Rank).All(axis => shape[axis] == other[axis] || shape[axis] == 1));

    /// <summary>A value that is multiplied by, or added to, what is made of its means along an axis: as squeeze and excitation does.</summary>
    private Gen<NetworkSpec> Gated(NetworkSpec network, (string Name, Shape Shape)[] values) =>
        from value in Gen.OneOf(values)
        from dim in Gen.Int[0, value.Shape.Rank - 1]
        from layer in Gen.OneOf(
            layers.Activation,
            conserving ? layers.Activation : RandomLayers.Gate,
            layers.Bias.Select(bias => (LayerSpec)new Linear(value.Shape[-1]) { Bias = bias }))
        from keepsAxis in Gen.Bool
        from multiplies in Gen.Bool
        from gateFirst in Gen.Bool
        let gate = network.Then(
            new Mean(dim) { Inputs = [value.Name] },
            keepsAxis || dim > 0 ? new Reshape([-1, .. value.Shape.With(dim, 1).Sizes.Skip(1)]) : new Identity(),
            layer)
        let inputs = gateFirst ? new[] { gate.Last, value.Name } : [value.Name, gate.Last]
        select gate.Then((multiplies ? (LayerSpec)new Multiply() : new Add()) with { Inputs = inputs });

    /// <summary>The network with what nobody reads flattened and put side by side, or with a linear head each and summed.</summary>
    private Gen<NetworkSpec> JoinLooseEnds(NetworkSpec network)
    {
        (string Name, Shape Shape)[] ends = [.. Values(network).Where(value => value.Name != NetworkSpec.InputName && !IsRead(value.Name))];
        return ends.Length == 1
            ? Gen.Const(network)
            : from sums in Gen.Bool
              from outputs in RandomInput.Outputs
              from bias in layers.Bias
              from takesLargest in Gen.Bool
              select Join(sums, outputs, bias, takesLargest);

        bool IsRead(string name) => network.ReadersOf(network.Layers.Index().Single(layer => layer.Item.Name == name).Index).Any();

        NetworkSpec Join(bool sums, int outputs, bool bias, bool takesLargest)
        {
            NetworkSpec joined = network;
            List<string> heads = [];
            foreach ((string name, Shape shape) in ends)
            {
                string value = name;
                if (VariableAxis(joined, name) is int axis)
                {
                    joined = joined.Then((takesLargest ? (LayerSpec)new Max(axis) : new Mean(axis)) with { Inputs = [name] });
                    value = joined.Last;
                }

                joined = joined.Then(new Flatten { Inputs = [value] });
                joined = sums ? joined.Then(new Linear(outputs) { Bias = bias }) : joined;
                heads.Add(joined.Last);
            }

            return joined.Then((sums ? (LayerSpec)new Add() : new Concat()) with { Inputs = heads });
        }
    }

    /// <summary>The axis of a layer's output whose length calls choose; null if they choose none.</summary>
    private static int? VariableAxis(NetworkSpec network, string name)
    {
        Shape[] shapes = [.. network.Lengths.Select(rows => Values(network.OfLength(rows)).Single(value => value.Name == name).Shape)];
        return Enumerable.Range(0, shapes[0].Rank).Where(axis => shapes.Any(shape => shape[axis] != shapes[0][axis])).Cast<int?>().FirstOrDefault();
    }

    /// <summary>What a layer may read, by name: all but token ids.</summary>
    private static IEnumerable<(string Name, Shape Shape)> Values(NetworkSpec network) => network.Layers
        .Zip(network.Outputs(), (layer, output) => (layer.Name, output))
        .Prepend((NetworkSpec.InputName, network.Input))
        .Skip(network.IsOfTokens ? 1 : 0);
}
