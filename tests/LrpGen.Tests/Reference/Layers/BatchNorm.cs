using CsCheck;
using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>a·c + d per channel, c = γ/√(var + eps), d = β − mean·c.</summary>
internal abstract record BatchNorm : LayerSpec
{
    /// <summary>Random ones where these may stand.</summary>
    protected static IEnumerable<RandomPart> Random(RandomInput input, bool fits, BatchNorm layer) => input.Conserving || !fits
        ? []
        : [new(20, 50, Gen.OneOf(1e-5, 0.1).Select(eps => (LayerSpec)(layer with { Eps = eps })))];

    public double Eps { get; init; } = 1e-5;

    public override LayerKinds Kind => LayerKinds.BatchNorm;

    protected override IEnumerable<string> Arguments => Named(nameof(Eps), Eps, 1e-5);

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    public override int? ChannelAxis(Shape input, int? ofInput) => 0;

    public override IEnumerable<(string Part, Shape Shape)> WeightsOf(Shape input) =>
        from part in new[] { "weight", "bias", "running_mean", "running_var" } select (part, Shape.Of(input[0]));

    /// <summary>c and d of every channel.</summary>
    public (double[] C, double[] D) ScaleAndShift(IReadOnlyDictionary<string, double[]> weights)
    {
        double[] c = [.. Of("weight").Zip(Of("running_var"), (γ, variance) => γ / Math.Sqrt(variance + Eps))];
        return (c, [.. Of("bias").Select((β, k) => β - (Of("running_mean")[k] * c[k]))]);

        double[] Of(string part) => weights[NameOf(part)];
    }

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        Shape input = inputs[0].Shape;
        (double[] c, double[] d) = ScaleAndShift(weights);
        IEnumerable<int> elements = Enumerable.Range(0, input.Size);
        return new LinearLayer(
            input,
            Kind,
            elements.Select(i => new Connections(i, i, c[input.Position(0, i)])),
            [.. elements.Select(i => d[input.Position(0, i)])]);
    }
}

/// <summary>Over (F) or (C, L).</summary>
internal sealed record BatchNorm1d : BatchNorm, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Normalisations)
    {
        Cases = [new("", [4, 5], new BatchNorm1d())],
        Shapes = [new("3, 8", "BatchNorm1d", "(3, 8)")],
        Faults =
        [
            new("LRP0006", "BatchNorm1d takes an input of shape (F) or (C, L), but gets (3, 8, 8)", "[Network(3, 8, 8)] [[|BatchNorm1d|]]"),
            new("LRP0008", "Eps of BatchNorm1d must be a finite float of at least 0, but is -1", "[Network(3)] [BatchNorm1d([|Eps = -1|])]"),
        ],
        Random = input => Random(input, input.Shape.Rank < 3, new BatchNorm1d()),
    };
}

/// <summary>Over (C, H, W).</summary>
internal sealed record BatchNorm2d : BatchNorm, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Normalisations)
    {
        Cases = [new("", [4, 3, 2], new BatchNorm2d { Eps = 0.1 })],
        Shapes = [new("3, 8, 8", "BatchNorm2d", "(3, 8, 8)")],
        Faults = [new("LRP0006", "BatchNorm2d takes an input of shape (C, H, W), but gets (3, 8)", "[Network(3, 8)] [[|BatchNorm2d|]]")],
        Random = input => Random(input, input.Shape.Rank == 3, new BatchNorm2d()),
    };
}
