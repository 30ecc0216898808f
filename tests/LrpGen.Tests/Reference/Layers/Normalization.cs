using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>
/// y = w (a − μ) / σ + b with the mean μ and σ² = mean (a − μ)² + eps of each region, which is some elements one after the other; without a
/// centre μ is 0.
/// </summary>
internal abstract record Normalization : LayerSpec
{
    public double Eps { get; init; } = 1e-5;

    public override LayerKinds Kind => LayerKinds.Normalization;

    protected virtual bool IsCentred => true;

    /// <summary>Shape of the weights, and of the biases; null for none.</summary>
    protected abstract (Shape? Weight, Shape? Bias) ParametersOf(Shape input);

    /// <summary>Elements of a region.</summary>
    public abstract int RegionOf(Shape input);

    /// <summary>The parameter of an element.</summary>
    protected abstract int ParameterOf(Shape input, int element);

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    public override IEnumerable<(string Part, Shape Shape)> WeightsOf(Shape input)
    {
        (Shape? weight, Shape? bias) = ParametersOf(input);
        return [.. weight is null ? [] : new[] { ("weight", weight) }, .. bias is null ? [] : new[] { ("bias", bias) }];
    }

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        Shape input = inputs[0].Shape;
        (Shape? weight, Shape? bias) = ParametersOf(input);
        return new Layer(input, RegionOf(input), IsCentred, Eps, PerElement("weight", weight, 1), PerElement("bias", bias, 0));

        double[] PerElement(string part, Shape? shape, double otherwise) =>
            [.. Enumerable.Range(0, input.Size).Select(i => shape is null ? otherwise : weights[NameOf(part)][ParameterOf(input, i)])];
    }

    private sealed class Layer(Shape output, int region, bool isCentred, double eps, double[] w, double[] b)
        : ReferenceLayer(output, LayerKinds.Normalization)
    {
        public override double[] Forward(IReadOnlyList<double[]> a)
        {
            double[] z = new double[a[0].Length];
            for (int j = 0; j < z.Length; j++)
            {
                (double μ, double σ) = StatisticsOf(a[0], j);
                z[j] = (w[j] * (a[0][j] - μ) / σ) + b[j];
            }

            return z;
        }

        /// <summary>
        /// A linear map: that of constant σ, w_ij = w_j (δ_ij − 1/n) / σ, or the Jacobian, which has −w_j (a_i − μ) (a_j − μ) / (n σ³), too.
        /// </summary>
        public override WayBack Backward(BoundRule rule, IReadOnlyList<double[]> a, double[] z, double[] r)
        {
            bool isDerivative = rule.Rule.Name == "Derivative";
            return new LinearLayer(Output, Kind, Connections(), b).Backward(rule, a, z, r);

            IEnumerable<Connections> Connections()
            {
                for (int first = 0; first < z.Length; first += region)
                {
                    (double μ, double σ) = StatisticsOf(a[0], first);
                    for (int j = first; j < first + region; j++)
                    {
                        for (int i = first; i < first + region; i++)
                        {
                            double slope = (i == j ? 1 : 0) - (isCentred ? 1.0 / region : 0);
                            slope -= isDerivative ? (a[0][i] - μ) * (a[0][j] - μ) / (region * σ * σ) : 0;
                            yield return new(i, j, w[j] * slope / σ);
                        }
                    }
                }
            }
        }

        private (double Mean, double Deviation) StatisticsOf(double[] a, int element)
        {
            ArraySegment<double> values = new(a, element / region * region, region);
            double μ = isCentred ? values.Average() : 0;
            return (μ, Math.Sqrt(values.Average(value => (value - μ) * (value - μ)) + eps));
        }
    }
}

/// <summary>Over the last axes, with a weight and a bias for each of their elements.</summary>
internal sealed record LayerNorm(int Axes = 1) : Normalization
{
    public bool Affine { get; init; } = true;

    public bool Bias { get; init; } = true;

    protected override IEnumerable<string> Arguments =>
        [
            .. Named(nameof(Axes), Axes, 1),
            .. Named(nameof(Eps), Eps, 1e-5),
            .. Named(nameof(Affine), Affine, true),
            .. Named(nameof(Bias), Bias, true),
        ];

    public override int? ChannelAxis(Shape input, int? ofInput) => input.Rank - Axes;

    protected override (Shape? Weight, Shape? Bias) ParametersOf(Shape input)
    {
        Shape parameter = Shape.Of([.. input.Sizes.TakeLast(Axes)]);
        return (Affine ? parameter : null, Affine && Bias ? parameter : null);
    }

    public override int RegionOf(Shape input) => input.Sizes.TakeLast(Axes).Aggregate(1, (product, size) => product * size);

    protected override int ParameterOf(Shape input, int element) => element % RegionOf(input);
}

/// <summary>By the root of the mean square over the last axis.</summary>
internal sealed record RMSNorm : Normalization
{
    public RMSNorm() => Eps = 1e-6;

    protected override bool IsCentred => false;

    protected override IEnumerable<string> Arguments => Named(nameof(Eps), Eps, 1e-6);

    public override int? ChannelAxis(Shape input, int? ofInput) => input.Rank - 1;

    protected override (Shape? Weight, Shape? Bias) ParametersOf(Shape input) => (Shape.Of(input[-1]), null);

    public override int RegionOf(Shape input) => input[-1];

    protected override int ParameterOf(Shape input, int element) => input.Position(-1, element);
}

/// <summary>Over some channels, the first axis, and all their positions, with a weight and a bias for each channel.</summary>
internal abstract record ChannelNormalization : Normalization
{
    public bool Affine { get; init; }

    public override int? ChannelAxis(Shape input, int? ofInput) => 0;

    protected override (Shape? Weight, Shape? Bias) ParametersOf(Shape input)
    {
        Shape? parameter = Affine ? Shape.Of(input[0]) : null;
        return (parameter, parameter);
    }

    protected override int ParameterOf(Shape input, int element) => input.Position(0, element);
}

internal sealed record GroupNorm : ChannelNormalization
{
    public GroupNorm(int groups)
    {
        Groups = groups;
        Affine = true;
    }

    public int Groups { get; }

    protected override IEnumerable<string> Arguments => [Text(Groups), .. Named(nameof(Eps), Eps, 1e-5), .. Named(nameof(Affine), Affine, true)];

    public override int RegionOf(Shape input) => input.Size / Groups;
}

/// <summary>Each channel by itself.</summary>
internal abstract record InstanceNorm : ChannelNormalization
{
    protected override IEnumerable<string> Arguments => [.. Named(nameof(Eps), Eps, 1e-5), .. Named(nameof(Affine), Affine, false)];

    public override int RegionOf(Shape input) => input.Size / input[0];
}

/// <summary>Over (C, L).</summary>
internal sealed record InstanceNorm1d : InstanceNorm;

/// <summary>Over (C, H, W).</summary>
internal sealed record InstanceNorm2d : InstanceNorm;

/// <summary>a over its Euclidean norm along the last axis, or over 1e-12 where that is more; its gradient for whatever rule does not pass.</summary>
internal sealed record Normalize : LayerSpec
{
    public override LayerKinds Kind => LayerKinds.OtherActivation;

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    public override int? ChannelAxis(Shape input, int? ofInput) => input.Rank - 1;

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights) => new Layer(inputs[0].Shape);

    private sealed class Layer(Shape output) : ReferenceLayer(output, LayerKinds.OtherActivation)
    {
        private const double Least = 1e-12;

        public override double[] Forward(IReadOnlyList<double[]> a) => [.. a[0].Select((x, i) => x / Math.Max(NormOf(a[0], i), Least))];

        public override WayBack Backward(BoundRule rule, IReadOnlyList<double[]> a, double[] z, double[] r) =>
            rule.Rule.Name is "Pass" or "FromZero" or "Taylor"
            ? Pass(r)
            : Change(r, [.. r.Select((g, i) =>
            {
                // Below the least norm y = a / 1e-12, of which no other element is a part.
                double norm = NormOf(a[0], i);
                return norm < Least ? g / Least : (g - (z[i] * Row(i).Sum(k => z[k] * r[k]))) / norm;
            })]);

        private double NormOf(double[] a, int element) => Math.Sqrt(Row(element).Sum(k => a[k] * a[k]));

        private IEnumerable<int> Row(int element) => Enumerable.Range(element / Output[-1] * Output[-1], Output[-1]);
    }
}
