using CsCheck;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Properties;

/// <summary>A random layer that reads a given shape: every kind, with any arguments.</summary>
/// <param name="conserving">Whether no layer may lose relevance: no bias, f(0) = 0, no window that lies in the padding, no statistics.</param>
internal sealed class RandomLayers(bool conserving)
{
    /// <summary>Size of the largest output.</summary>
    public const int LargestOutput = 3000;

    /// <summary>Elements of the largest region of a normalisation, because the interpreter computes each from each.</summary>
    private const int LargestRegion = 300;

    /// <summary>Few outputs or many, because vectors and tiles leave remainders of every kind.</summary>
    public static Gen<int> Outputs { get; } = Gen.OneOf(Gen.Int[1, 9], Gen.Int[10, 70]);

    public Gen<bool> Bias => conserving ? Gen.Const(false) : Gen.Bool;

    /// <summary>Any activation; one in three is a ReLU.</summary>
    public Gen<LayerSpec> Activation => Gen.Frequency(
        (7, Const(new ReLU())),
        (7, Gen.OneOf<LayerSpec>(
        [
            new ReLU6(), new GELU(), new GELU { Approximate = true }, new SiLU(), new Tanh(), new Hardswish(), new Mish(), new SELU(), new Softsign(),
        ])),
        (1, Gen.Double[0.01, 0.5].Select(slope => (LayerSpec)new LeakyReLU(slope))),
        (1, Gen.Double[0.5, 2].Select(Gen.Bool, (α, celu) => celu ? (LayerSpec)new CELU(α) : new ELU(α))),
        (1, Gen.Select(Gen.Double[-2, 0], Gen.Double[0.5, 3], (min, max) => (LayerSpec)new Hardtanh(min, max))),
        (1, Gen.OneOf<LayerSpec>([new PReLU(), new PReLU(1)])),
        (conserving ? 0 : 2, Gate),
        (conserving ? 0 : 1, Const(new LogSigmoid())),
        (conserving ? 0 : 1, Gen.Select(Gen.Double[0.5, 2], Gen.OneOf(1.0, 20)).Select((β, threshold) => (LayerSpec)new Softplus(β, threshold))));

    /// <summary>A function that a product takes for a gate.</summary>
    public static Gen<LayerSpec> Gate { get; } = Gen.OneOf<LayerSpec>([new Sigmoid(), new Hardsigmoid(), new SiLU(), new GELU()]);

    /// <summary>A layer that reads this shape.</summary>
    public Gen<LayerSpec> For(Shape input) =>
        Gen.Frequency(
            [.. Anywhere(input), .. Along(input), .. input.Rank is 2 or 3 ? OfChannels(input) : [], .. input.Rank == 3 ? OfImages(input) : []])
            .Where(layer => layer.OutputOf([input]).Size <= LargestOutput);

    /// <summary>A layer of a branch, which keeps the shape.</summary>
    public Gen<LayerSpec> Keeping(Shape input) => Gen.Frequency(
        (4, input.Rank is 2 or 3 ? SameConvolution(input) : Linear(Gen.Const(input[-1]))),
        (input.Rank == 1 ? 0 : 1, Linear(Gen.Const(input[-1]))),
        (3, Activation),
        (conserving || input.Rank == 1 ? 0 : 2, Normalization(input)),
        (conserving || input.Rank > 3 ? 0 : 2, BatchNorm(input)),
        (1, Neutral(input)),
        (input.Rank is 2 or 3 ? 1 : 0, SamePool(input)));

    private static Gen<LayerSpec> Const(LayerSpec layer) => Gen.Const(layer);

    private static Gen<int> Axis(Shape input) => Gen.Int[-input.Rank, input.Rank - 1];

    private static Gen<int> DivisorOf(int number) => Gen.OneOf([.. Enumerable.Range(1, number).Where(divisor => number % divisor == 0)]);

    private IEnumerable<(int, Gen<LayerSpec>)> Anywhere(Shape input) =>
    [
        (input.Rank == 1 ? 4 : 2, Linear(Gen.Frequency((3, Outputs), (1, Gen.Const(input[-1]))))),
        (4, Activation),
        (1, Neutral(input)),
        (conserving ? 0 : input.Rank == 1 ? 1 : 2, Normalization(input)),
        (conserving || input.Rank > 3 ? 0 : 1, BatchNorm(input)),
        (1, Axis(input).Select(dim => (LayerSpec)new LayerScale(dim))),
    ];

    /// <summary>Layers that take axes as they are given.</summary>
    private static IEnumerable<(int, Gen<LayerSpec>)> Along(Shape input) => input.Rank == 1
        ? [(1, Narrow(input)), (1, Reshape(input))]
        :
        [
            (2, Axis(input).Select(dim => (LayerSpec)new Flatten(dim))),
            (1, Reshape(input)),
            (1, Const(new Transpose())),
            (2, Gen.Shuffle(Enumerable.Range(0, input.Rank).ToArray()).Select(dims => (LayerSpec)new Permute(dims))),
            (1, Narrow(input)),
            (1, Axis(input).SelectMany(dim => Gen.Int[-input[dim], input[dim] - 1].Select(index => (LayerSpec)new Select(index, dim)))),
            (1, Axis(input).Select(dim => (LayerSpec)new Mean(dim))),
            (1, Axis(input).Select(dim => (LayerSpec)new Max(dim))),
        ];

    private IEnumerable<(int, Gen<LayerSpec>)> OfChannels(Shape input)
    {
        bool isPlane = input.Rank == 3;
        return
        [
            (4, Convolution(input)),
            (2, SameConvolution(input)),
            (conserving ? 0 : 2, TransposedConvolution(input)),
            (2, Pool(input, kernel => isPlane ? new MaxPool2d(kernel) : new MaxPool1d(kernel))),
            (2, Pool(input, kernel => isPlane ? new AvgPool2d(kernel) : new AvgPool1d(kernel))),
            (1, AdaptivePool(input, size => isPlane ? new AdaptiveAvgPool2d(size) : new AdaptiveAvgPool1d(size))),
            (1, AdaptivePool(input, size => isPlane ? new AdaptiveMaxPool2d(size) : new AdaptiveMaxPool1d(size))),
            (1, Gen.Int[1, 3].Select(Gen.Bool, (scale, bilinear) => (LayerSpec)new Upsample(scale) { Bilinear = bilinear })),
            (1, DivisorOf(input[0]).Select(groups => (LayerSpec)new ChannelShuffle(groups))),
        ];
    }

    private IEnumerable<(int, Gen<LayerSpec>)> OfImages(Shape input) =>
    [
        (input[0] % 4 == 0 ? 2 : 0, Gen.OneOf([.. new[] { 2, 3 }.Where(factor => input[0] % (factor * factor) == 0).DefaultIfEmpty(1)])
            .Select(factor => (LayerSpec)new PixelShuffle(factor))),
        (conserving ? 0 : 1, Gen.Int[0, 2].Array[4].Select(sides => (LayerSpec)new ZeroPad2d(sides[0], sides[1], sides[2], sides[3]))),
        (1, from sides in Gen.Int[0, 2].Array[4]
            let columns = input[2] - 1
            let rows = input[1] - 1
            select (LayerSpec)new ReflectionPad2d(
                Math.Min(sides[0], columns), Math.Min(sides[1], columns), Math.Min(sides[2], rows), Math.Min(sides[3], rows))),
    ];

    private Gen<LayerSpec> Linear(Gen<int> outputs) => outputs.Select(Bias, (count, bias) => (LayerSpec)new Linear(count) { Bias = bias });

    private Gen<LayerSpec> Neutral(Shape input) => Gen.Frequency(
        (2, Gen.OneOf<LayerSpec>([new Identity(), new Dropout()])),
        (conserving ? 0 : 1, Axis(input).Select(dim => (LayerSpec)new Softmax(dim))),
        (conserving ? 0 : 1, Const(new Normalize())));

    private static Gen<LayerSpec> BatchNorm(Shape input) =>
        Gen.OneOf(1e-5, 0.1).Select(eps => input.Rank == 3 ? (LayerSpec)new BatchNorm2d { Eps = eps } : new BatchNorm1d { Eps = eps });

    /// <summary>Any whose regions are not too large; of a few values each the deviation is near eps often enough.</summary>
    private static Gen<LayerSpec> Normalization(Shape input)
    {
        int[] axes = [.. Enumerable.Range(1, input.Rank).Where(axes => new LayerNorm(axes).RegionOf(input) <= LargestRegion)];
        int[] groups = [.. Enumerable.Range(1, input[0]).Where(groups => input[0] % groups == 0 && input.Size / groups <= LargestRegion)];
        return
            from eps in Gen.OneOf(1e-5, 0.1)
            from affine in Gen.Bool
            from bias in Gen.Bool
            from layer in Gen.Frequency(
                (axes.Length > 0 ? 3 : 0, Gen.OneOf([.. axes.DefaultIfEmpty(1)])
                    .Select(count => (LayerSpec)new LayerNorm(count) { Eps = eps, Affine = affine, Bias = bias })),
                (axes.Length > 0 ? 1 : 0, Const(new RMSNorm { Eps = eps })),
                (groups.Length > 0 ? 2 : 0, Gen.OneOf([.. groups.DefaultIfEmpty(1)])
                    .Select(count => (LayerSpec)new GroupNorm(count) { Eps = eps, Affine = affine })),
                (input.Rank == 2 ? 1 : 0, Const(new InstanceNorm1d { Eps = eps, Affine = affine })),
                (input.Rank == 3 ? 1 : 0, Const(new InstanceNorm2d { Eps = eps, Affine = affine })),
                (axes.Length + groups.Length == 0 ? 1 : 0, Const(new Identity())))
            select layer;
    }

    private static Gen<LayerSpec> Narrow(Shape input) =>
        from dim in Axis(input)
        from start in Gen.Int[0, input[dim] - 1]
        from length in Gen.Int[1, input[dim] - start]
        from fromEnd in Gen.Bool
        select (LayerSpec)new Narrow(fromEnd ? start - input[dim] : start, length, dim);

    /// <summary>One axis as two, or two as one, or all in two others.</summary>
    private static Gen<LayerSpec> Reshape(Shape input)
    {
        Gen<LayerSpec> split =
            from axis in Gen.Int[0, input.Rank - 1]
            from size in DivisorOf(input[axis])
            select (LayerSpec)new Reshape([.. input.Sizes.Take(axis), size, -1, .. input.Sizes.Skip(axis + 1)]);
        Gen<LayerSpec> joined =
            from axis in Gen.Int[0, Math.Max(0, input.Rank - 2)]
            let size = input.Sizes.Skip(axis).Take(2).Aggregate(1, (size, other) => size * other)
            select (LayerSpec)new Reshape([.. input.Sizes.Take(axis), size, .. input.Sizes.Skip(axis + 2)]);
        return Gen.Frequency(
            (input.Rank < 4 ? 2 : 0, split),
            (input.Rank > 1 ? 2 : 0, joined),
            (1, DivisorOf(input.Size).Select(size => (LayerSpec)new Reshape(size, -1))));
    }

    private Gen<LayerSpec> Convolution(Shape input) =>
        from groups in DivisorOf(input[0])
        from outputs in Outputs
        from bias in Bias
        from axes in Axes(input, isPool: false)
        let channels = (outputs + groups - 1) / groups * groups
        let kernel = new Pair(axes.H.Kernel, axes.W.Kernel)
        select (LayerSpec)((KernelSpec)(input.Rank == 3 ? new Conv2d(channels, kernel) : new Conv1d(channels, kernel)) with
        {
            Groups = groups,
            Bias = bias,
            Stride = new(axes.H.Stride, axes.W.Stride),
            Padding = new(axes.H.Padding, axes.W.Padding),
            Dilation = new(axes.H.Dilation, axes.W.Dilation),
        });

    /// <summary>A transposed convolution whose padding leaves something of every kernel.</summary>
    private Gen<LayerSpec> TransposedConvolution(Shape input) =>
        from groups in DivisorOf(input[0])
        from outputs in Gen.Int[1, 20]
        from bias in Bias
        from kernel in Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], (h, w) => new Pair(h, w))
        from stride in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3], (h, w) => new Pair(h, w))
        from dilation in Gen.Int[1, 2]
        from padding in Gen.Select(Gen.Int[0, (kernel.H - 1) * dilation / 2], Gen.Int[0, (kernel.W - 1) * dilation / 2], (h, w) => new Pair(h, w))
        from more in Gen.Select(Gen.Int[0, Math.Max(stride.H, dilation) - 1], Gen.Int[0, Math.Max(stride.W, dilation) - 1], (h, w) => new Pair(h, w))
        let channels = (outputs + groups - 1) / groups * groups
        let layer = (TransposedConvolution)(input.Rank == 3 ? new ConvTranspose2d(channels, kernel) : new ConvTranspose1d(channels, kernel))
        select (LayerSpec)(layer with
        {
            Groups = groups,
            Bias = bias,
            Stride = stride,
            Padding = padding,
            Dilation = dilation,
            OutputPadding = more,
        });

    /// <summary>A convolution that keeps the shape, as those of a residual block do.</summary>
    private Gen<LayerSpec> SameConvolution(Shape input) =>
        from padding in Gen.Int[0, 1]
        from bias in Bias
        let kernel = (2 * padding) + 1
        let layer = (KernelSpec)(input.Rank == 3 ? new Conv2d(input[0], kernel) : new Conv1d(input[0], kernel))
        select (LayerSpec)(layer with { Padding = padding, Bias = bias });

    private Gen<LayerSpec> Pool(Shape input, Func<Pair, SlidingPool> kind) =>
        from axes in Axes(input, isPool: true)
        from ceilMode in Gen.Bool
        from countPadding in Gen.Bool
        let pool = kind(new(axes.H.Kernel, axes.W.Kernel)) with
        {
            Stride = new(axes.H.Stride, axes.W.Stride),
            Padding = new(axes.H.Padding, axes.W.Padding),
            CeilMode = ceilMode,
        }
        select pool is AveragePool average ? (LayerSpec)(average with { CountIncludePad = countPadding }) : pool;

    /// <summary>A pool that keeps the shape, as in a branch of an inception block.</summary>
    private static Gen<LayerSpec> SamePool(Shape input)
    {
        SlidingPool[] pools = input.Rank == 3 ? [new MaxPool2d(3), new AvgPool2d(3)] : [new MaxPool1d(3), new AvgPool1d(3)];
        return Gen.OneOf([.. pools.Select(pool => (LayerSpec)(pool with { Stride = 1, Padding = 1 }))]);
    }

    private static Gen<LayerSpec> AdaptivePool(Shape input, Func<Pair, LayerSpec> kind) =>
        from height in input.Rank == 3 ? Gen.Int[1, input[1] + 1] : Gen.Const(1)
        from width in Gen.Int[1, input[-1] + 1]
        select kind(new(height, width));

    /// <summary>Windows of equal or of different kind along rows and columns.</summary>
    private Gen<(Sliding H, Sliding W)> Axes(Shape input, bool isPool) => input.Rank == 2
        ? Sliding(input[1], isPool).Select(w => (Reference.Sliding.None, w))
        : Gen.OneOf(
            Sliding(Math.Min(input[1], input[2]), isPool).Select(both => (both, both)),
            Gen.Select(Sliding(input[1], isPool), Sliding(input[2], isPool)));

    private Gen<Sliding> Sliding(int length, bool isPool) =>
        from kernel in Gen.Int[1, Math.Min(length, 5)]
        from stride in Gen.Int[1, 3]
        from dilation in Gen.Int[1, isPool || kernel == 1 ? 1 : Math.Min(3, (length - 1) / (kernel - 1))]
        from padding in Gen.Int[0, isPool ? kernel / 2 : conserving ? (kernel - 1) * dilation : 3]
        select new Sliding(kernel, stride, padding, dilation);
}
