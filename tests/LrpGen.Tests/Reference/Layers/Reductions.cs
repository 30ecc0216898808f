using CsCheck;
using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>One value of all along an axis, which is gone then.</summary>
internal abstract record Reduction(int Dim) : LayerSpec
{
    protected static IEnumerable<RandomPart> Random(RandomInput input, Func<int, Reduction> create) =>
        input.Shape.Rank == 1 ? [] : [new(20, input.Axis.Select(dim => (LayerSpec)create(dim)))];

    public override bool KeepsBounds => true;

    protected override IEnumerable<string> Arguments => Named(nameof(Dim), Dim, 0);

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0].Without(Dim);

    public override int? ChannelAxis(Shape input, int? ofInput) => null;

    /// <summary>The elements along the axis of every output.</summary>
    protected int[][] WindowsOf(Shape input)
    {
        Shape output = input.Without(Dim);
        int dim = input.Axis(Dim);
        return
        [
            .. Enumerable.Range(0, output.Size).Select(output.IndexOf).Select(index => Enumerable.Range(0, input[dim])
                .Select(position => input.ElementAt([.. index[..dim], position, .. index[dim..]])).ToArray()),
        ];
    }
}

internal sealed record Mean(int Dim = 0) : Reduction(Dim), ITried
{
    public static LayerTrials Trials => new(LayerFamily.Pools)
    {
        Cases =
        [
            new("OfRows", [4, 5], new Mean()),
            new("OfLanes", [4, 5], new Mean(1)) { ComesBack = false },
            new("Inside", [3, 4, 5], new Mean(1)),
        ],
        Shapes = [new("3, 4, 5", "Mean(Dim = 1)", "(3, 5)")],
        Faults =
        [
            new(
                "LRP0052",
                "Mean must know how long axis 0 of its input (≤ 40, 13) is, but every call chooses that",
                "[Network(40, 13, Variable = true)] [[|Mean(Dim = 1)|]]"),
        ],
        Random = input => Random(input, dim => new Mean(dim)),
    };

    public override LayerKinds Kind => LayerKinds.AveragePool;

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        int[][] windows = WindowsOf(inputs[0].Shape);
        return new LinearLayer(
            OutputOf([inputs[0].Shape]),
            Kind,
            windows.SelectMany((window, j) => window.Select(i => new Connections(i, j, 1.0 / window.Length))));
    }
}

internal sealed record Max(int Dim = 0) : Reduction(Dim), ITried
{
    public static LayerTrials Trials => new(LayerFamily.Pools)
    {
        Cases = [new("", [3, 4, 5], new Max(1)), new("OfRows", [4, 5], new Max())],
        Exports = [new("OfRows", [4, 5], new Max()), new("OfLast", [4, 6, 3], new Max(2))],
        Shapes = [new("3, 4, 5", "Max(Dim = -1)", "(3, 4)")],
        Faults = [],
        Random = input => Random(input, dim => new Max(dim)),
    };

    public override LayerKinds Kind => LayerKinds.None;

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights) =>
        new WinnerLayer(OutputOf([inputs[0].Shape]), WindowsOf(inputs[0].Shape));
}
