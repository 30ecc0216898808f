using CsCheck;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Properties;

/// <summary>Random networks: every layer, with any arguments, reading whatever its shape permits.</summary>
/// <param name="conserving">Whether no layer may lose relevance: no bias, f(0) = 0, no window that lies in the padding.</param>
internal sealed class RandomNetworks(bool conserving)
{
    private const int LargestOutput = 3000;

    /// <summary>Few outputs or many, because vectors and tiles leave remainders of every kind.</summary>
    private static readonly Gen<int> Outputs = Gen.OneOf(Gen.Int[1, 9], Gen.Int[10, 70]);

    private static readonly Gen<Shape> Input = Gen.OneOf(
        Gen.Int[1, 40].Select(features => Shape.Of(features)),
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 30]).Select((channels, length) => Shape.Of(channels, length)),
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 12], Gen.Int[1, 12]).Select((channels, height, width) => Shape.Of(channels, height, width)));

    /// <summary>Networks of one to six layers or forks that do not end in a softmax, and a few layers more to join what nobody reads.</summary>
    public Gen<NetworkSpec> Networks =>
        from start in Gen.Frequency((23, Input.Select(input => NetworkSpec.Sequential(input))), (1, LargeStart))
        from count in Gen.Int[1, 6]
        from network in Extend(start, count)
        where network.Layers[^1].Op != "Softmax"
        from joined in JoinLooseEnds(network)
        from reordered in Gen.Frequency((2, Gen.Const(joined)), (1, Reorder(joined)))
        select reordered;

    /// <summary>Two convolutions, the second with so many channels and pixels that it is computed in tiles, and a pool that leaves few.</summary>
    private Gen<NetworkSpec> LargeStart =>
        from channels in Gen.Int[1, 6]
        from size in Gen.Select(Gen.Int[14, 15], Gen.Int[14, 17])
        from outputs in Gen.Select(Gen.Int[32, 34], Gen.Int[32, 40])
        from activation in Activation
        from padding in Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2])
        from bias in Bias
        from pool in Gen.OneOf("MaxPool2d", "AvgPool2d")
        select NetworkSpec.Sequential(
            Shape.Of(channels, size.Item1, size.Item2),
            new("Conv2d") { Outputs = outputs.Item1, Kernel = 1, Bias = bias },
            activation,
            new("Conv2d") { Outputs = outputs.Item2, Kernel = 3, Bias = bias, Padding = new(padding.Item1, padding.Item2) },
            new(pool) { Kernel = 3, Stride = 3 });

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

    private Gen<NetworkSpec> Extend(NetworkSpec network, int count) => count == 0
        ? Gen.Const(network)
        : from next in Gen.Frequency((5, Next(network).Select(layer => Append(network, layer))), (1, Fork(network)))
          from extended in Extend(next, count - 1)
          select extended;

    private Gen<NetworkSpec> Fork(NetworkSpec network) =>
        from value in Gen.OneOf([.. Values(network)])
        from forked in new RandomForks(SameShape, LargestOutput).Extend(network, value.Name, value.Shape)
        select forked;

    /// <summary>A layer that reads the last value, any one, or the last and others.</summary>
    private Gen<LayerSpec> Next(NetworkSpec network)
    {
        (string Name, Shape Shape)[] values = [.. Values(network)];
        (string lastName, Shape last) = values[^1];
        string[] equal = NamesOf(shape => shape == last);
        string[] adjacent = NamesOf(shape => shape with { Channels = last.Channels } == last);
        return Gen.Frequency(
            (16, Layer(last)),
            (3, Gen.OneOf(values).SelectMany(value => Layer(value.Shape).Select(layer => layer with { Inputs = [value.Name] }))),
            (equal[0] == lastName ? 1 : 8, Join("Add", equal)),
            (last.Size * 3 > LargestOutput ? 0 : 2, Join("Concat", adjacent)));

        // Where nothing else fits, the last value is joined with itself.
        string[] NamesOf(Predicate<Shape> fits) =>
            [.. values[..^1].Where(value => fits(value.Shape)).Select(value => value.Name).DefaultIfEmpty(lastName)];

        Gen<LayerSpec> Join(string op, string[] names) =>
            from others in Gen.OneOf(names).Array[1, 3]
            from lastFirst in Gen.Bool
            select new LayerSpec(op) { Inputs = lastFirst ? [lastName, .. others] : [.. others, lastName] };
    }

    /// <summary>The network with what nobody reads flattened and put side by side, or with a linear head each and summed.</summary>
    private Gen<NetworkSpec> JoinLooseEnds(NetworkSpec network)
    {
        (string Name, Shape Shape)[] ends = [.. Values(network).Where((_, k) => k > 0 && !network.ReadersOf(k - 1).Any())];
        return ends.Length == 1
            ? Gen.Const(network)
            : Gen.Bool.SelectMany(sums => Outputs.SelectMany(outputs => Bias.Select(bias => Join(sums, outputs, bias))));

        NetworkSpec Join(bool sums, int outputs, bool bias)
        {
            NetworkSpec joined = network;
            List<string> heads = [];
            foreach ((string name, _) in ends)
            {
                joined = Append(joined, new("Flatten") { Inputs = [name] });
                joined = sums ? Append(joined, new("Linear") { Outputs = outputs, Bias = bias }) : joined;
                heads.Add(joined.Layers[^1].Name);
            }

            return Append(joined, new(sums ? "Add" : "Concat") { Inputs = heads });
        }
    }

    private static NetworkSpec Append(NetworkSpec network, LayerSpec layer) => NetworkSpec.Sequential(network.Input, [.. network.Layers, layer]);

    /// <summary>What a layer may read, by name.</summary>
    private static IEnumerable<(string Name, Shape Shape)> Values(NetworkSpec network) =>
        network.Layers.Zip(Shapes.Of(network), (layer, shapes) => (layer.Name, shapes.Output)).Prepend((NetworkSpec.InputName, network.Input));

    private Gen<LayerSpec> Layer(Shape input)
    {
        string dimensions = input.Rank == 3 ? "2d" : "1d";
        Gen<LayerSpec> layer = input.Rank == 1
            ? Gen.Frequency((4, Linear(input)), (3, Activation), (conserving ? 0 : 1, BatchNorm(dimensions)), (1, Neutral))
            : Gen.Frequency(
                (4, Convolution(input, "Conv" + dimensions)),
                (2, SameConvolution(input, "Conv" + dimensions)),
                (2, Pool(input, "MaxPool" + dimensions)),
                (2, Pool(input, "AvgPool" + dimensions)),
                (1, AdaptivePool(input, "AdaptiveAvgPool" + dimensions)),
                (4, Activation),
                (conserving ? 0 : 2, BatchNorm(dimensions)),
                (1, Neutral),
                (2, Gen.Const(new LayerSpec("Flatten"))));
        return layer.Where(layer => Shapes.OutputOf(layer, input).Size <= LargestOutput);
    }

    /// <summary>A layer of a branch, which keeps the shape.</summary>
    private Gen<LayerSpec> SameShape(Shape input)
    {
        string dimensions = input.Rank == 3 ? "2d" : "1d";
        return Gen.Frequency(
            (4, input.Rank == 1
                ? Bias.Select(bias => new LayerSpec("Linear") { Outputs = input.Size, Bias = bias })
                : SameConvolution(input, "Conv" + dimensions)),
            (3, Activation),
            (conserving ? 0 : 3, BatchNorm(dimensions)),
            (1, Neutral),
            (input.Rank == 1 ? 0 : 1, SamePool(input, dimensions)));
    }

    private Gen<LayerSpec> Linear(Shape input) =>
        from outputs in Gen.Frequency((3, Outputs), (1, Gen.Const(input.Size)))
        from bias in Bias
        select new LayerSpec("Linear") { Outputs = outputs, Bias = bias };

    private Gen<bool> Bias => conserving ? Gen.Const(false) : Gen.Bool;

    private Gen<LayerSpec> Activation => Gen.Frequency(
        (6, Gen.Const(new LayerSpec("ReLU"))),
        (4, Gen.OneOf("ReLU6", "GELU", "SiLU", "Tanh").Select(op => new LayerSpec(op))),
        (1, Gen.Const(new LayerSpec("GELU") { Approximate = true })),
        (1, Gen.Double[0.01, 0.5].Select(slope => new LayerSpec("LeakyReLU") { Parameters = [slope] })),
        (1, Gen.Double[0.5, 2].Select(α => new LayerSpec("ELU") { Parameters = [α] })),
        (conserving ? 0 : 1, Gen.Const(new LayerSpec("Sigmoid"))),
        (conserving ? 0 : 1, Gen.Select(Gen.Double[0.5, 2], Gen.OneOf(1.0, 20)).Select(
            (β, threshold) => new LayerSpec("Softplus") { Parameters = [β, threshold] })));

    private Gen<LayerSpec> Neutral => Gen.OneOf("Identity", "Dropout", conserving ? "Identity" : "Softmax").Select(op => new LayerSpec(op));

    private static Gen<LayerSpec> BatchNorm(string dimensions) =>
        Gen.OneOf(1e-5, 0.1).Select(eps => new LayerSpec("BatchNorm" + dimensions) { Eps = eps });

    private Gen<LayerSpec> Convolution(Shape input, string op) =>
        from groups in Gen.OneOf([.. Enumerable.Range(1, input.Channels).Where(groups => input.Channels % groups == 0)])
        from outputs in Outputs
        from bias in Bias
        from axes in Axes(input, isPool: false)
        select new LayerSpec(op)
        {
            Outputs = (outputs + groups - 1) / groups * groups,
            Groups = groups,
            Bias = bias,
            Kernel = new(axes.H.Kernel, axes.W.Kernel),
            Stride = new(axes.H.Stride, axes.W.Stride),
            Padding = new(axes.H.Padding, axes.W.Padding),
            Dilation = new(axes.H.Dilation, axes.W.Dilation),
        };

    /// <summary>A convolution that keeps the shape, as those of a residual block do.</summary>
    private Gen<LayerSpec> SameConvolution(Shape input, string op) =>
        from padding in Gen.Int[0, 1]
        from bias in Bias
        select new LayerSpec(op)
        {
            Outputs = input.Channels,
            Bias = bias,
            Kernel = new(input.Rank == 3 ? (2 * padding) + 1 : 1, (2 * padding) + 1),
            Padding = new(input.Rank == 3 ? padding : 0, padding),
        };

    private Gen<LayerSpec> Pool(Shape input, string op) =>
        from axes in Axes(input, isPool: true)
        from ceilMode in Gen.Bool
        from countPadding in op.StartsWith("Avg", StringComparison.Ordinal) ? Gen.Bool : Gen.Const(true)
        select new LayerSpec(op)
        {
            Kernel = new(axes.H.Kernel, axes.W.Kernel),
            Stride = new(axes.H.Stride, axes.W.Stride),
            Padding = new(axes.H.Padding, axes.W.Padding),
            CeilMode = ceilMode,
            CountIncludePad = countPadding,
        };

    /// <summary>A pool that keeps the shape, as in a branch of an inception block.</summary>
    private static Gen<LayerSpec> SamePool(Shape input, string dimensions) =>
        from op in Gen.OneOf("MaxPool", "AvgPool")
        select new LayerSpec(op + dimensions)
        {
            Kernel = new(input.Rank == 3 ? 3 : 1, 3),
            Stride = 1,
            Padding = new(input.Rank == 3 ? 1 : 0, 1),
        };

    private static Gen<LayerSpec> AdaptivePool(Shape input, string op) =>
        from height in input.Rank == 3 ? Gen.Int[1, input.Height + 1] : Gen.Const(1)
        from width in Gen.Int[1, input.Width + 1]
        select new LayerSpec(op) { Kernel = new(height, width) };

    /// <summary>Windows of equal or of different kind along rows and columns.</summary>
    private Gen<(WindowArguments H, WindowArguments W)> Axes(Shape input, bool isPool) => input.Rank == 2
        ? Axis(input.Width, isPool).Select(w => (new WindowArguments(1, 1, 0, 1), w))
        : Gen.OneOf(
            Axis(Math.Min(input.Height, input.Width), isPool).Select(both => (both, both)),
            Gen.Select(Axis(input.Height, isPool), Axis(input.Width, isPool)));

    private Gen<WindowArguments> Axis(int length, bool isPool) =>
        from kernel in Gen.Int[1, Math.Min(length, 5)]
        from stride in Gen.Int[1, 3]
        from dilation in Gen.Int[1, isPool || kernel == 1 ? 1 : Math.Min(3, (length - 1) / (kernel - 1))]
        from padding in Gen.Int[0, isPool ? kernel / 2 : conserving ? (kernel - 1) * dilation : 3]
        select new WindowArguments(kernel, stride, padding, dilation);

    private readonly record struct WindowArguments(int Kernel, int Stride, int Padding, int Dilation);
}
