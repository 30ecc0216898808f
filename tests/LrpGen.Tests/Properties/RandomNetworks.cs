using CsCheck;
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

    private readonly RandomLayers layers = new(conserving);

    /// <summary>Networks of one to six layers or forks that do not end in a softmax, and a few layers more to join what nobody reads.</summary>
    public Gen<NetworkSpec> Networks =>
        from start in Gen.Frequency((23, Input.Select(input => NetworkSpec.Sequential(input))), (1, LargeStart))
        from count in Gen.Int[1, 6]
        from network in Extend(start, count)
        where network.Layers[^1] is not Softmax
        from joined in JoinLooseEnds(network)
        from reordered in Gen.Frequency((2, Gen.Const(joined)), (1, Reorder(joined)))
        select reordered;

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
                .Where(layer => !order.Contains(layer) && network.InputsOf(layer).All(input => input < 0 || order.Contains(input)))
                .MinBy(layer => ranks[layer]));
        }

        return NetworkSpec.Sequential(network.Input, order.Select(layer => network.Layers[layer] with
        {
            Inputs = [.. network.InputsOf(layer).Select(input => input < 0 ? NetworkSpec.InputName : $"{order.IndexOf(input)}")],
        }));
    });

    private Gen<NetworkSpec> Extend(NetworkSpec network, int count)
    {
        (string Name, Shape Shape)[] gated = [.. Values(network).Where(value => value.Shape.Rank > 1)];
        return count == 0
            ? Gen.Const(network)
            : from next in Gen.Frequency(
                (10, Next(network).Select(layer => Append(network, layer))),
                (2, Fork(network)),
                (gated.Length > 0 ? 1 : 0, gated.Length > 0 ? Gated(network, gated) : Gen.Const(network)))
              from extended in Extend(next, count - 1)
              select extended;
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
        select Append(
            Append(
                network,
                new Mean(dim) { Inputs = [value.Name] },
                keepsAxis || dim > 0 ? new Reshape(value.Shape.With(dim, 1).Sizes) : new Identity(),
                layer),
            value.Name,
            multiplies ? new Multiply() : new Add(),
            gateFirst);

    /// <summary>The network with a layer of a value and of the last layer's.</summary>
    private static NetworkSpec Append(NetworkSpec network, string value, LayerSpec join, bool lastFirst)
    {
        string last = network.Layers[^1].Name;
        return Append(network, join with { Inputs = lastFirst ? [last, value] : [value, last] });
    }

    private static NetworkSpec Append(NetworkSpec network, params LayerSpec[] added) =>
        NetworkSpec.Sequential(network.Input, [.. network.Layers, .. added]);

    /// <summary>The network with what nobody reads flattened and put side by side, or with a linear head each and summed.</summary>
    private Gen<NetworkSpec> JoinLooseEnds(NetworkSpec network)
    {
        (string Name, Shape Shape)[] ends = [.. Values(network).Where((_, k) => k > 0 && !network.ReadersOf(k - 1).Any())];
        return ends.Length == 1
            ? Gen.Const(network)
            : Gen.Bool.SelectMany(sums => RandomInput.Outputs.SelectMany(outputs => layers.Bias.Select(bias => Join(sums, outputs, bias))));

        NetworkSpec Join(bool sums, int outputs, bool bias)
        {
            NetworkSpec joined = network;
            List<string> heads = [];
            foreach ((string name, _) in ends)
            {
                joined = Append(joined, new Flatten { Inputs = [name] });
                joined = sums ? Append(joined, new Linear(outputs) { Bias = bias }) : joined;
                heads.Add(joined.Layers[^1].Name);
            }

            return Append(joined, (sums ? (LayerSpec)new Add() : new Concat()) with { Inputs = heads });
        }
    }

    /// <summary>What a layer may read, by name.</summary>
    private static IEnumerable<(string Name, Shape Shape)> Values(NetworkSpec network) =>
        network.Layers.Zip(network.Outputs(), (layer, output) => (layer.Name, output)).Prepend((NetworkSpec.InputName, network.Input));
}
