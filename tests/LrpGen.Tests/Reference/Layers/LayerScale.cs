using CsCheck;
using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>a·w with a weight for every position along an axis.</summary>
/// <param name="Dim">The axis; null for the channels of an image, else the last.</param>
internal sealed record LayerScale(int? Dim = null) : LayerSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.WithWeights)
    {
        Cases =
        [
            new("", [4, 20], new LayerScale()),
            new("OfChannels", [5, 2, 3], new LayerScale()),
            new("OfRows", [3, 4, 5], new LayerScale(1)),
            new("OfLanes", [3, 4, 5], new LayerScale(2)),
            new("OfFour", [3, 2, 2, 4], new LayerScale(1)),
        ],
        Shapes = [new("3, 8, 8", "LayerScale", "(3, 8, 8)")],
        Faults = [],
        Random = input => [new(20, 20, input.Axis.Select(dim => (LayerSpec)new LayerScale(dim)))],
    };

    public override LayerKinds Kind => LayerKinds.Scale;

    protected override IEnumerable<string> Arguments => Dim is int dim ? [$"Dim = {Text(dim)}"] : [];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    public override int? ChannelAxis(Shape input, int? ofInput) => AxisOf(input);

    public override IEnumerable<(string Part, Shape Shape)> WeightsOf(Shape input)
    {
        int dim = AxisOf(input);
        return [("", Shape.Of([input[dim], .. Enumerable.Repeat(1, input.Rank - 1 - dim)]))];
    }

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        Shape input = inputs[0].Shape;
        double[] w = weights[NameOf("")];
        return new LinearLayer(
            input, Kind, Enumerable.Range(0, input.Size).Select(i => new Connections(i, i, w[input.Position(AxisOf(input), i)])));
    }

    private int AxisOf(Shape input) => Dim is int dim ? input.Axis(dim) : input.Rank == 3 ? 0 : input.Rank - 1;
}
