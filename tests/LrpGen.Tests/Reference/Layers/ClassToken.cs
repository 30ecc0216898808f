using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>A learned row in front of the others.</summary>
internal sealed record ClassToken : LayerSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.WithWeights)
    {
        Cases = [new("", [4, 9], new ClassToken()), new("OfLanes", [9, 4], new Transpose(), new ClassToken())],
        Exports = [new("", [4, 9], new ClassToken())],
        Shapes = [new("196, 768", "ClassToken", "(197, 768)")],
        Faults =
        [
            new("LRP0006", "ClassToken takes an input of shape (T, E), but gets (3, 8, 8)", "[Network(3, 8, 8)] [[|ClassToken|]]"),
            new(
                "LRP0052",
                "ClassToken must know how long axis 1 of its input (13, ≤ 40) is, but every call chooses that",
                "[Network(40, 13, Variable = true)] [Transpose] [[|ClassToken|]]"),
        ],
        Random = input => [new(input.Conserving || input.Shape.Rank != 2 ? 0 : 20, 0, new ClassToken())],
    };

    public override LayerKinds Kind => LayerKinds.None;

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => Shape.Of(inputs[0][0] + 1, inputs[0][1]);

    public override int? ChannelAxis(Shape input, int? ofInput) => null;

    public override IEnumerable<(string Part, Shape Shape)> WeightsOf(Shape input) => [("", Shape.Of(input[1]))];

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights) =>
        new Layer(inputs[0].Shape, weights[NameOf("")]);

    private sealed class Layer(Shape input, double[] row) : ReferenceLayer(Shape.Of(input[0] + 1, input[1]), LayerKinds.None)
    {
        public override double[] Forward(IReadOnlyList<double[]> a) => [.. row, .. a[0]];

        public override WayBack Backward(BoundRule rule, IReadOnlyList<double[]> a, double[] z, double[] r) => Change(r, r[row.Length..]);
    }
}
