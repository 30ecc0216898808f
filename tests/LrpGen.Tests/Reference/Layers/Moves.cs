using CsCheck;
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

internal sealed record Identity : ViewSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.WithoutEffect)
    {
        Cases = [new("", [3, 5], new Identity()) { ComesBack = false }],
        Shapes = [new("3, 5", "Identity", "(3, 5)")],
        Faults = [],
        Random = _ => [new(5, 7, new Identity())],
    };

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    public override int? ChannelAxis(Shape input, int? ofInput) => ofInput;
}

internal sealed record Dropout : ViewSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.WithoutEffect)
    {
        Cases = [new("", [3, 5], new Dropout()) { ComesBack = false }],
        Shapes = [new("3, 5", "Dropout(0.2)", "(3, 5)")],
        Faults = [new("LRP0008", "p of Dropout must be between 0 and 1, but is 1.5", "[Network(3)] [Dropout([|1.5|])]")],
        Random = _ => [new(5, 7, new Dropout())],
    };

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    public override int? ChannelAxis(Shape input, int? ofInput) => ofInput;
}

internal sealed record Flatten(int StartDim = 0) : ViewSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Shapes)
    {
        Cases =
        [
            new("", [3, 4, 5], new Flatten(1)) { ComesBack = false },
            new("OfVector", [5], new Flatten()) { ComesBack = false },
        ],
        Shapes = [new("3, 7, 5", "Flatten", "(105)"), new("3, 7", "Flatten", "(21)")],
        Faults =
        [
            new(
                "LRP0052",
                "Flatten must know how long axis 0 of its input (≤ 40, 13) is, but every call chooses that",
                "[Network(40, 13, Variable = true)] [[|Flatten|]] [Linear(2)]"),
        ],
        Random = input => input.Shape.Rank == 1 ? [] : [new(40, input.Axis.Select(dim => (LayerSpec)new Flatten(dim)))],
    };

    protected override IEnumerable<string> Arguments => Named(nameof(StartDim), StartDim, 0);

    public override Shape OutputOf(IReadOnlyList<Shape> inputs)
    {
        int start = inputs[0].Axis(StartDim);
        return Shape.Of([.. inputs[0].Sizes.Take(start), inputs[0].Sizes.Skip(start).Aggregate(1, (product, size) => product * size)]);
    }
}

/// <param name="Sizes">The sizes, of which one may be −1.</param>
internal sealed record Reshape(params IReadOnlyList<int> Sizes) : ViewSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Shapes)
    {
        Cases = [new("", [4, 6], new Reshape(2, -1, 3)), new("OfImage", [4, 2, 3], new MaxPool2d(1), new Reshape(3, 8))],
        Shapes = [new("4, 6", "Reshape(2, -1, 3)", "(2, 4, 3)")],
        Faults =
        [
            new(
                "LRP0050",
                "The sizes of Reshape must hold 24 values, but gets (5, -1) for an input of shape (4, 6)",
                "[Network(4, 6)] [Reshape([|5|], -1)]"),
        ],
        Random = input => [new(20, Any(input.Shape))],
    };

    protected override IEnumerable<string> Arguments => Sizes.Select(Text);

    public override bool Takes(Shape input) => OutputOf([input]).Size == input.Size;

    public override Shape OutputOf(IReadOnlyList<Shape> inputs)
    {
        int known = Sizes.Where(size => size > 0).Aggregate(1, (product, size) => product * size);
        return Shape.Of([.. Sizes.Select(size => size > 0 ? size : inputs[0].Size / known)]);
    }

    /// <summary>One axis as two, or two as one, or all in two others.</summary>
    private static Gen<LayerSpec> Any(Shape input)
    {
        Gen<LayerSpec> split =
            from axis in Gen.Int[0, input.Rank - 1]
            from size in RandomInput.DivisorOf(input[axis])
            select (LayerSpec)new Reshape([.. input.Sizes.Take(axis), size, -1, .. input.Sizes.Skip(axis + 1)]);
        Gen<LayerSpec> joined =
            from axis in Gen.Int[0, Math.Max(0, input.Rank - 2)]
            let size = input.Sizes.Skip(axis).Take(2).Aggregate(1, (size, other) => size * other)
            select (LayerSpec)new Reshape([.. input.Sizes.Take(axis), size, .. input.Sizes.Skip(axis + 2)]);
        return Gen.Frequency(
            (input.Rank < 4 ? 2 : 0, split),
            (input.Rank > 1 ? 2 : 0, joined),
            (1, RandomInput.DivisorOf(input.Size).Select(size => (LayerSpec)new Reshape(size, -1))));
    }
}

/// <summary>Axis k of the output is axis Dims[k] of the input.</summary>
internal sealed record Permute(params IReadOnlyList<int> Dims) : MovingSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Shapes)
    {
        Cases = [new("", [2, 3, 4], new Permute(2, 0, 1)), new("OfFour", [2, 3, 2, 4], new Permute(3, -2, 0, 1))],

        // At the input, the import takes it for how the model's data lie.
        Exports =
        [
            new("Inside", [2, 3, 4], new ReLU(), new Permute(2, 0, 1)) { ComesBack = false },
            new("OfFourInside", [2, 3, 2, 4], new ReLU(), new Permute(3, -2, 0, 1)) { ComesBack = false },
        ],
        Shapes = [new("2, 3, 4", "Permute(2, 0, 1)", "(4, 2, 3)")],
        Faults =
        [
            new(
                "LRP0050",
                "The axes of Permute must name each axis once, but gets (0, 0) for an input of shape (4, 6)",
                "[Network(4, 6)] [Permute([|0|], 0)]"),
            new(
                "LRP0052",
                "Permute must know how long axis 0 of its input (≤ 40, 3, 4) is, but every call chooses that",
                "[Network(40, 3, 4, Variable = true)] [[|Permute(1, 0, 2)|]]"),
        ],
        Random = input => input.Shape.Rank == 1
            ? []
            : [new(40, Gen.Shuffle(Enumerable.Range(0, input.Shape.Rank).ToArray()).Select(dims => (LayerSpec)new Permute(dims)))],
    };

    protected override IEnumerable<string> Arguments => Dims.Select(Text);

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => Shape.Of([.. Dims.Select(dim => inputs[0][dim])]);

    protected override (int Input, int Element)? SourceOf(int[] index, IReadOnlyList<Shape> inputs) =>
        (0, index.Select((position, axis) => position * inputs[0].Stride(Dims[axis])).Sum());
}

/// <summary>The last two axes exchanged.</summary>
internal sealed record Transpose : MovingSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Shapes)
    {
        Cases = [new("", [3, 5], new Transpose()), new("OfThree", [2, 3, 4], new Transpose())],

        // At the input, the import takes it for how the model's data lie.
        Exports = [new("Inside", [2, 3, 4], new ReLU(), new Transpose()) { ComesBack = false }],
        Shapes = [new("2, 3, 4", "Transpose", "(2, 4, 3)")],
        Faults = [],
        Random = input => input.Shape.Rank == 1 ? [] : [new(20, Gen.Const((LayerSpec)new Transpose()))],
    };

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => Shape.Of([.. inputs[0].Sizes.SkipLast(2), inputs[0][-1], inputs[0][-2]]);

    protected override (int Input, int Element)? SourceOf(int[] index, IReadOnlyList<Shape> inputs) =>
        (0, inputs[0].ElementAt([.. index[..^2], index[^1], index[^2]]));
}

/// <summary>One position along an axis, which is gone then.</summary>
internal sealed record Select(int Index, int Dim = 0) : MovingSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Shapes)
    {
        Cases =
        [
            new("", [3, 4, 5], new Select(-1, 1)),
            new("OfLanes", [3, 5], new LayerNorm { Affine = false }, new Select(2, -1)),
        ],
        Exports = [new("OfRows", [4, 6], new Select(1)), new("Inside", [4, 6, 3], new Select(2, 1))],
        Shapes = [new("3, 4, 5", "Select(-1, Dim = 1)", "(3, 5)")],
        Faults =
        [
            new(
                "LRP0052",
                "Select must know how long axis 0 of its input (≤ 40, 13) is, but every call chooses that",
                "[Network(40, 13, Variable = true)] [[|Select(-40)|]]"),
        ],
        Random = input => input.Shape.Rank == 1
            ? []
            :
            [
                new(
                    20,
                    from dim in input.Axis
                    from index in Gen.Int[-input.Shape[dim], input.Shape[dim] - 1]
                    select (LayerSpec)new Select(index, dim)),
            ],
    };

    protected override IEnumerable<string> Arguments => [Text(Index), .. Named(nameof(Dim), Dim, 0)];

    public override bool Takes(Shape input) => Index >= -input[Dim] && Index < input[Dim];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0].Without(Dim);

    protected override (int Input, int Element)? SourceOf(int[] index, IReadOnlyList<Shape> inputs)
    {
        int dim = inputs[0].Axis(Dim);
        return (0, inputs[0].ElementAt([.. index[..dim], Index < 0 ? Index + inputs[0][dim] : Index, .. index[dim..]]));
    }
}

/// <summary>Some positions along an axis.</summary>
internal sealed record Narrow(int Start, int Length, int Dim = 0) : MovingSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Shapes)
    {
        Cases = [new("", [6, 4], new Narrow(2, 3)), new("OfLanes", [3, 20], new Narrow(-19, 17, 1))],
        Shapes = [new("6, 4", "Narrow(2, 3)", "(3, 4)")],
        Faults = [],
        Random = input =>
        [
            new(
                20,
                from dim in input.Axis
                from start in Gen.Int[0, input.Shape[dim] - 1]
                from length in Gen.Int[1, input.Shape[dim] - start]
                from fromEnd in Gen.Bool
                select (LayerSpec)new Narrow(fromEnd ? start - input.Shape[dim] : start, length, dim)),
        ],
    };

    protected override IEnumerable<string> Arguments => [Text(Start), Text(Length), .. Named(nameof(Dim), Dim, 0)];

    public override bool Takes(Shape input) => Start >= -input[Dim] && (Start < 0 ? Start + input[Dim] : Start) + Length <= input[Dim];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0].With(Dim, Length);

    protected override (int Input, int Element)? SourceOf(int[] index, IReadOnlyList<Shape> inputs)
    {
        int start = Start < 0 ? Start + inputs[0][Dim] : Start;
        return (0, inputs[0].ElementAt(index) + (start * inputs[0].Stride(Dim)));
    }
}

/// <summary>Outputs one after the other along an axis.</summary>
internal sealed record Concat(int Dim = 0) : MovingSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Branches)
    {
        Cases =
        [
            new("OfRows", [2, 5], new Tanh(), new Concat { Inputs = ["input", "0"] }),
            new("OfLanes", [2, 5], new Tanh(), new Concat(-1) { Inputs = ["input", "0"] }),
        ],
        Shapes = [],
        Faults =
        [
            new(
                "LRP0033",
                "Concat takes inputs that differ in their channels only, but gets (3, 8), (2, 7)",
                """[Network(3, 8)] [Conv1d(2, 2)] [[|Concat("input", "0")|]]"""),
        ],
        Random = _ => [],
    };

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
internal sealed record PixelShuffle(int Factor) : MovingSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Images)
    {
        Cases = [new("", [8, 2, 3], new PixelShuffle(2))],
        Shapes = [new("18, 4, 5", "PixelShuffle(3)", "(2, 12, 15)")],
        Faults =
        [
            new(
                "LRP0008",
                "factor of PixelShuffle must be a number whose square divides the 6 channels, but is 2",
                "[Network(6, 8, 8)] [PixelShuffle([|2|])]"),
        ],
        Random = input => input.Shape.Rank == 3 && input.Shape[0] % 4 == 0
            ?
            [
                new(40, Gen.OneOf([.. new[] { 2, 3 }.Where(factor => input.Shape[0] % (factor * factor) == 0)])
                    .Select(factor => (LayerSpec)new PixelShuffle(factor))),
            ]
            : [],
    };

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
internal sealed record ChannelShuffle(int Groups) : MovingSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Images)
    {
        Cases = [new("", [6, 2, 2], new ChannelShuffle(3))],
        Shapes = [new("6, 4, 5", "ChannelShuffle(3)", "(6, 4, 5)")],
        Faults = [],
        Random = input => input.Shape.Rank is 2 or 3
            ? [new(20, RandomInput.DivisorOf(input.Shape[0]).Select(groups => (LayerSpec)new ChannelShuffle(groups)))]
            : [],
    };

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

internal sealed record ZeroPad2d(int Left, int Right, int Top, int Bottom) : Pad2d(Left, Right, Top, Bottom), ITried
{
    public static LayerTrials Trials => new(LayerFamily.Images)
    {
        Cases = [new("", [2, 3, 4], new ZeroPad2d(1, 2, 0, 3))],
        Shapes = [new("3, 4, 5", "ZeroPad2d(1, 2, 3, 0)", "(3, 7, 8)")],
        Faults = [new("LRP0008", "right of ZeroPad2d must be at least 0, but is -1", "[Network(3, 4, 8)] [ZeroPad2d(0, [|-1|], 0, 0)]")],
        Random = input => input.Conserving || input.Shape.Rank != 3
            ? []
            : [new(20, Gen.Int[0, 2].Array[4].Select(sides => (LayerSpec)new ZeroPad2d(sides[0], sides[1], sides[2], sides[3])))],
    };

    // To the planner 0 may be beyond the bounds.
    public override bool KeepsBounds => false;

    protected override (int Input, int Element)? SourceOf(int[] index, IReadOnlyList<Shape> inputs)
    {
        (int y, int x) = (index[1] - Top, index[2] - Left);
        return y >= 0 && y < inputs[0][1] && x >= 0 && x < inputs[0][2] ? (0, inputs[0].ElementAt([index[0], y, x])) : null;
    }
}

/// <summary>Mirrored at the first and last rows and columns, which are not repeated.</summary>
internal sealed record ReflectionPad2d(int Left, int Right, int Top, int Bottom) : Pad2d(Left, Right, Top, Bottom), ITried
{
    public static LayerTrials Trials => new(LayerFamily.Images)
    {
        Cases = [new("", [2, 3, 4], new ReflectionPad2d(2, 1, 2, 0))],
        Shapes = [new("3, 4, 5", "ReflectionPad2d(3)", "(3, 10, 11)")],
        Faults = [new("LRP0008", "padding of ReflectionPad2d must be at most 3, but is 4", "[Network(3, 4, 8)] [ReflectionPad2d([|4|])]")],
        Random = input => input.Shape.Rank != 3
            ? []
            :
            [
                new(
                    20,
                    from sides in Gen.Int[0, 2].Array[4]
                    let columns = input.Shape[2] - 1
                    let rows = input.Shape[1] - 1
                    select (LayerSpec)new ReflectionPad2d(
                        Math.Min(sides[0], columns), Math.Min(sides[1], columns), Math.Min(sides[2], rows), Math.Min(sides[3], rows))),
            ],
    };

    protected override (int Input, int Element)? SourceOf(int[] index, IReadOnlyList<Shape> inputs) =>
        (0, inputs[0].ElementAt([index[0], Mirrored(index[1] - Top, inputs[0][1]), Mirrored(index[2] - Left, inputs[0][2])]));

    private static int Mirrored(int position, int size) => position < 0 ? -position : position < size ? position : (2 * (size - 1)) - position;
}
