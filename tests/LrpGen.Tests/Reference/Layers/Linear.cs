using CsCheck;
using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>z_j = Σ_i a_i w_ij + b_j, for every row along the last axis.</summary>
internal sealed record Linear(int Outputs) : WeightedSpec(Outputs), ITried
{
    public static LayerTrials Trials => new(LayerFamily.WithWeights)
    {
        Cases =
        [
            new("", [20], new Linear(9)),
            new("OfRows", [4, 20], new Linear(9)),
            new("OfRowsOfRows", [2, 3, 5], new Linear(18) { Bias = false }),
            new("Transposed", [4, 6], new Linear(9) { Transposed = true }),
        ],
        Exports =
        [
            new("WithoutBias", [6], new Linear(3) { Bias = false }),
            new("OfRowsWithoutBias", [4, 6], new Linear(3) { Bias = false }),
            new("OfRowsOfRowsWithBias", [2, 3, 6], new Linear(5)),
        ],
        Shapes = [new("3", "Linear(2)", "(2)")],
        Faults =
        [
            new("LRP0008", "outFeatures of Linear must be at least 1, but is 0", "[Network(3)] [Linear([|0|])]"),
            new(
                "LRP0008",
                "outFeatures of Linear must be at most 536870912, but is 2147483647",
                "[Network(3)] [Linear([|outFeatures: int.MaxValue|])]"),
            new("LRP0024", "The packed weight of Linear would have more than 2147483575 values", "[Network(100000)] [[|Linear(100000)|]]"),
            new("LRP0024", "The packed weight of Linear would have more than 2147483575 values", "[Network(300000000)] [[|Linear(1)|]]"),
            new(
                "LRP0051",
                "Linear works on the last axis of its input (2, 6, 6), the columns of an image; add [Flatten] before it, or [Permute(1, 2, 0)] "
                + "for a linear layer of channels",
                "[Network(3, 8, 8)] [Conv2d(2, 3)] [ReLU] [[|Linear(2)|]]"),
            new(
                "LRP0052",
                "Linear must know how long axis 1 of its input (13, ≤ 40) is, but every call chooses that",
                "[Network(40, 13, Variable = true)] [Transpose] [[|Linear(2)|]]"),
        ],
        Random = input =>
        [
            new(input.Shape.Rank == 1 ? 60 : 30, With(RandomInput.Outputs, input.Bias)),
            new(input.Shape.Rank == 1 ? 20 : 10, input.Shape.Rank == 1 ? 110 : 30, With(Gen.Const(input.Shape[-1]), input.Bias)),
        ],
    };

    /// <summary>Whether the weight is (in, out).</summary>
    public bool Transposed { get; init; }

    public override LayerKinds Kind => LayerKinds.Linear;

    protected override IEnumerable<string> Arguments => [Text(Outputs), .. Named(nameof(Bias), Bias, true), .. Named(nameof(Transposed), Transposed, false)];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0].With(-1, Outputs);

    public override int? ChannelAxis(Shape input, int? ofInput) => input.Rank - 1;

    public override IEnumerable<(string Part, Shape Shape)> WeightsOf(Shape input) => WithBias(Transposed ? Shape.Of(input[-1], Outputs) : Shape.Of(Outputs, input[-1]));

    public override (int Input, int Output) ChannelsOf(int weight, int inputs) =>
        Transposed ? (weight / Outputs, weight % Outputs) : (weight % inputs, weight / inputs);

    public override bool TakesInBehind(Shape input) => input.Rank == 1;

    public override bool TakesInBefore(Shape input) => input.Rank == 1;

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        int features = inputs[0].Shape[-1];
        int rows = inputs[0].Shape.Size / features;
        double[] weight = weights[NameOf("weight")];
        double[] bias = BiasOf(weights, 1);
        return new LinearLayer(OutputOf([inputs[0].Shape]), Kind, Connections(), [.. Enumerable.Repeat(bias, rows).SelectMany(b => b)]);

        IEnumerable<Connections> Connections()
        {
            for (int j = 0; j < Outputs; j++)
            {
                for (int i = 0; i < features; i++)
                {
                    yield return new(i, j, weight[Transposed ? (i * Outputs) + j : (j * features) + i]) { Count = rows, StepI = features, StepJ = Outputs };
                }
            }
        }
    }

    private static Gen<LayerSpec> With(Gen<int> outputs, Gen<bool> bias) =>
        from count in outputs
        from hasBias in bias
        from isTransposed in Gen.Frequency((7, Gen.Const(false)), (1, Gen.Const(true)))
        select (LayerSpec)new Linear(count) { Bias = hasBias, Transposed = isTransposed };
}
