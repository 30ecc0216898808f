using CsCheck;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Properties;

/// <summary>Random networks: every layer, in any order that its shapes permit, with any arguments.</summary>
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

    /// <summary>Networks of one to eight layers that do not end in a softmax.</summary>
    public Gen<NetworkSpec> Networks =>
        from input in Input
        from count in Gen.Int[1, 8]
        from layers in Layers(input, count)
        where layers[^1].Op != "Softmax"
        select NetworkSpec.Sequential(input, layers);

    private Gen<LayerSpec[]> Layers(Shape input, int count) => count == 0
        ? Gen.Const(Array.Empty<LayerSpec>())
        : from layer in Layer(input)
          from others in Layers(Shapes.OutputOf(layer, input), count - 1)
          select (LayerSpec[])[layer, .. others];

    private Gen<LayerSpec> Layer(Shape input)
    {
        string dimensions = input.Rank == 3 ? "2d" : "1d";
        Gen<LayerSpec> layer = input.Rank == 1
            ? Gen.Frequency((4, Linear), (3, Activation), (conserving ? 0 : 1, BatchNorm(dimensions)), (1, Neutral))
            : Gen.Frequency(
                (5, Convolution(input, "Conv" + dimensions)),
                (2, Pool(input, "MaxPool" + dimensions)),
                (2, Pool(input, "AvgPool" + dimensions)),
                (1, AdaptivePool(input, "AdaptiveAvgPool" + dimensions)),
                (4, Activation),
                (conserving ? 0 : 2, BatchNorm(dimensions)),
                (1, Neutral),
                (2, Gen.Const(new LayerSpec("Flatten"))));
        return layer.Where(layer => Shapes.OutputOf(layer, input).Size <= LargestOutput);
    }

    private Gen<LayerSpec> Linear => Gen.Select(Outputs, Bias).Select((outputs, bias) => new LayerSpec("Linear") { Outputs = outputs, Bias = bias });

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
