using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>A layer that only moves values.</summary>
internal abstract record MovingSpec : LayerSpec
{
    public override LayerKinds Kind => LayerKinds.None;

    public override bool KeepsBounds => true;

    // Which axis lies side by side is for the planner to choose.
    public override int? ChannelAxis(Shape input, int? ofInput) => null;

    /// <summary>Where a value of the output comes from: an input and its element; null for 0.</summary>
    /// <param name="index">Positions of the output.</param>
    protected abstract (int Input, int Element)? SourceOf(int[] index, IReadOnlyList<Shape> inputs);

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        Shape[] shapes = [.. inputs.Select(input => input.Shape)];
        Shape output = OutputOf(shapes);
        return new MovedValues(output, shapes, [.. Enumerable.Range(0, output.Size).Select(j => SourceOf(output.IndexOf(j), shapes))]);
    }
}

/// <summary>The same values in the same order.</summary>
internal abstract record ViewSpec : MovingSpec
{
    protected sealed override (int Input, int Element)? SourceOf(int[] index, IReadOnlyList<Shape> inputs) => (0, OutputOf(inputs).ElementAt(index));
}

internal sealed record Identity : ViewSpec
{
    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    public override int? ChannelAxis(Shape input, int? ofInput) => ofInput;
}

internal sealed record Dropout : ViewSpec
{
    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    public override int? ChannelAxis(Shape input, int? ofInput) => ofInput;
}

internal sealed record Flatten(int StartDim = 0) : ViewSpec
{
    protected override IEnumerable<string> Arguments => Named(nameof(StartDim), StartDim, 0);

    public override Shape OutputOf(IReadOnlyList<Shape> inputs)
    {
        int start = inputs[0].Axis(StartDim);
        return Shape.Of([.. inputs[0].Sizes.Take(start), inputs[0].Sizes.Skip(start).Aggregate(1, (product, size) => product * size)]);
    }
}

/// <param name="Sizes">The sizes, of which one may be −1.</param>
internal sealed record Reshape(params IReadOnlyList<int> Sizes) : ViewSpec
{
    protected override IEnumerable<string> Arguments => Sizes.Select(Text);

    public override Shape OutputOf(IReadOnlyList<Shape> inputs)
    {
        int known = Sizes.Where(size => size > 0).Aggregate(1, (product, size) => product * size);
        return Shape.Of([.. Sizes.Select(size => size > 0 ? size : inputs[0].Size / known)]);
    }
}

/// <summary>Axis k of the output is axis Dims[k] of the input.</summary>
internal sealed record Permute(params IReadOnlyList<int> Dims) : MovingSpec
{
    protected override IEnumerable<string> Arguments => Dims.Select(Text);

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => Shape.Of([.. Dims.Select(dim => inputs[0][dim])]);

    protected override (int Input, int Element)? SourceOf(int[] index, IReadOnlyList<Shape> inputs) =>
        (0, index.Select((position, axis) => position * inputs[0].Stride(Dims[axis])).Sum());
}

/// <summary>The last two axes exchanged.</summary>
internal sealed record Transpose : MovingSpec
{
    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => Shape.Of([.. inputs[0].Sizes.SkipLast(2), inputs[0][-1], inputs[0][-2]]);

    protected override (int Input, int Element)? SourceOf(int[] index, IReadOnlyList<Shape> inputs) =>
        (0, inputs[0].ElementAt([.. index[..^2], index[^1], index[^2]]));
}

/// <summary>One position along an axis, which is gone then.</summary>
internal sealed record Select(int Index, int Dim = 0) : MovingSpec
{
    protected override IEnumerable<string> Arguments => [Text(Index), .. Named(nameof(Dim), Dim, 0)];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0].Without(Dim);

    protected override (int Input, int Element)? SourceOf(int[] index, IReadOnlyList<Shape> inputs)
    {
        int dim = inputs[0].Axis(Dim);
        return (0, inputs[0].ElementAt([.. index[..dim], Index < 0 ? Index + inputs[0][dim] : Index, .. index[dim..]]));
    }
}

/// <summary>Some positions along an axis.</summary>
internal sealed record Narrow(int Start, int Length, int Dim = 0) : MovingSpec
{
    protected override IEnumerable<string> Arguments => [Text(Start), Text(Length), .. Named(nameof(Dim), Dim, 0)];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0].With(Dim, Length);

    protected override (int Input, int Element)? SourceOf(int[] index, IReadOnlyList<Shape> inputs)
    {
        int start = Start < 0 ? Start + inputs[0][Dim] : Start;
        return (0, inputs[0].ElementAt(index) + (start * inputs[0].Stride(Dim)));
    }
}

/// <summary>Outputs one after the other along an axis.</summary>
internal sealed record Concat(int Dim = 0) : MovingSpec
{
    protected override bool Joins => true;

    protected override IEnumerable<string> Arguments => Named(nameof(Dim), Dim, 0);

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0].With(Dim, inputs.Sum(input => input[Dim]));

    public override int? ChannelAxis(Shape input, int? ofInput) => ofInput;

    protected override (int Input, int Element)? SourceOf(int[] index, IReadOnlyList<Shape> inputs)
    {
        int dim = inputs[0].Axis(Dim);
        int position = index[dim];
        int input = 0;
        while (position >= inputs[input][dim])
        {
            position -= inputs[input++][dim];
        }

        return (input, inputs[input].ElementAt([.. index[..dim], position, .. index[(dim + 1)..]]));
    }
}

/// <summary>(C · r², H, W) to (C, H · r, W · r): output (c, y, x) is the input's channel c r² + (y mod r) r + x mod r at (y / r, x / r).</summary>
internal sealed record PixelShuffle(int Factor) : MovingSpec
{
    protected override IEnumerable<string> Arguments => [Text(Factor)];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) =>
        Shape.Of(inputs[0][0] / (Factor * Factor), inputs[0][1] * Factor, inputs[0][2] * Factor);

    protected override (int Input, int Element)? SourceOf(int[] index, IReadOnlyList<Shape> inputs)
    {
        int channel = (index[0] * Factor * Factor) + (index[1] % Factor * Factor) + (index[2] % Factor);
        return (0, inputs[0].ElementAt([channel, index[1] / Factor, index[2] / Factor]));
    }
}

/// <summary>The first channels of all groups, then the second ones, ….</summary>
internal sealed record ChannelShuffle(int Groups) : MovingSpec
{
    protected override IEnumerable<string> Arguments => [Text(Groups)];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    protected override (int Input, int Element)? SourceOf(int[] index, IReadOnlyList<Shape> inputs) =>
        (0, inputs[0].ElementAt([(index[0] % Groups * (inputs[0][0] / Groups)) + (index[0] / Groups), .. index[1..]]));
}

/// <summary>What surrounds an image.</summary>
internal abstract record Pad2d(int Left, int Right, int Top, int Bottom) : MovingSpec
{
    protected override IEnumerable<string> Arguments => [Text(Left), Text(Right), Text(Top), Text(Bottom)];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) =>
        Shape.Of(inputs[0][0], inputs[0][1] + Top + Bottom, inputs[0][2] + Left + Right);
}

internal sealed record ZeroPad2d(int Left, int Right, int Top, int Bottom) : Pad2d(Left, Right, Top, Bottom)
{
    // To the planner 0 may be beyond the bounds.
    public override bool KeepsBounds => false;

    protected override (int Input, int Element)? SourceOf(int[] index, IReadOnlyList<Shape> inputs)
    {
        (int y, int x) = (index[1] - Top, index[2] - Left);
        return y >= 0 && y < inputs[0][1] && x >= 0 && x < inputs[0][2] ? (0, inputs[0].ElementAt([index[0], y, x])) : null;
    }
}

/// <summary>Mirrored at the first and last rows and columns, which are not repeated.</summary>
internal sealed record ReflectionPad2d(int Left, int Right, int Top, int Bottom) : Pad2d(Left, Right, Top, Bottom)
{
    protected override (int Input, int Element)? SourceOf(int[] index, IReadOnlyList<Shape> inputs) =>
        (0, inputs[0].ElementAt([index[0], Mirrored(index[1] - Top, inputs[0][1]), Mirrored(index[2] - Left, inputs[0][2])]));

    private static int Mirrored(int position, int size) => position < 0 ? -position : position < size ? position : (2 * (size - 1)) - position;
}
