using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>a·c + d per channel, c = γ/√(var + eps), d = β − mean·c.</summary>
internal abstract record BatchNorm : LayerSpec
{
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
internal sealed record BatchNorm1d : BatchNorm;

/// <summary>Over (C, H, W).</summary>
internal sealed record BatchNorm2d : BatchNorm;
