using CsCheck;
using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>
/// y = w (a − μ) / σ + b with the mean μ and σ² = mean (a − μ)² + eps of each region, which is some elements one after the other; without a
/// centre μ is 0.
/// </summary>
internal abstract record Normalization : LayerSpec
{
    /// <summary>Elements of the largest region of a random one, because the interpreter computes each from each.</summary>
    protected const int LargestRegion = 300;

    /// <summary>Eps of a random one, beside which the deviation of a few values is small often enough.</summary>
    protected static Gen<double> AnyEps { get; } = Gen.OneOf(1e-5, 0.1);

    /// <summary>Part of one among random layers; all of them together have twice that of another kind, of a vector once.</summary>
    protected static int PartOf(RandomInput input) => input.Conserving ? 0 : input.Shape.Rank == 1 ? 3 : 6;

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
internal sealed record LayerNorm(int Axes = 1) : Normalization, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Normalisations)
    {
        Cases =
        [
            new("", [4, 20], new LayerNorm { Eps = 0.01 }),
            new("OfTwo", [2, 3, 4], new LayerNorm(2) { Bias = false }),
            new("WithoutWeights", [2, 3, 4], new LayerNorm(3) { Affine = false }),
        ],
        Exports =
        [
            new("WithoutBias", [4, 6], new LayerNorm(), new LayerNorm { Eps = 0.1, Bias = false }),
            new("OfThree", [3, 4, 6], new LayerNorm(3), new LayerNorm(2) { Eps = 0.01 }),
        ],
        Shapes = [new("3, 7, 5", "LayerNorm(Axes = 2)", "(3, 7, 5)")],
        Faults = [new("LRP0008", "Axes of LayerNorm must be at most 2, but is 3", "[Network(3, 8)] [LayerNorm([|Axes = 3|])]")],
        Random = input =>
        {
            int[] axes = [.. Enumerable.Range(1, input.Shape.Rank).Where(axes => new LayerNorm(axes).RegionOf(input.Shape) <= LargestRegion)];
            return axes.Length == 0
                ? []
                :
                [
                    new(
                        3 * PartOf(input),
                        4 * PartOf(input),
                        from count in Gen.OneOf(axes)
                        from eps in AnyEps
                        from affine in Gen.Bool
                        from bias in Gen.Bool
                        select (LayerSpec)new LayerNorm(count) { Eps = eps, Affine = affine, Bias = bias }),
                ];
        },
    };

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
internal sealed record RMSNorm : Normalization, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Normalisations)
    {
        Cases = [new("", [4, 20], new RMSNorm())],
        Exports = [new("WithEps", [4, 6], new RMSNorm(), new RMSNorm { Eps = 0.1 })],
        Shapes = [new("7, 5", "RMSNorm", "(7, 5)")],
        Faults = [],
        Random = input => input.Shape[-1] > LargestRegion
            ? []
            : [new(PartOf(input), PartOf(input), AnyEps.Select(eps => (LayerSpec)new RMSNorm { Eps = eps }))],
    };

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

internal sealed record GroupNorm : ChannelNormalization, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Normalisations)
    {
        Cases = [new("", [6, 2, 3], new GroupNorm(2)), new("OfFeatures", [12], new GroupNorm(3) { Affine = false })],
        Exports =
        [
            new("OfSignal", [6, 5], new GroupNorm(3)),
            new("WithoutWeights", [6, 5, 4], new GroupNorm(3), new GroupNorm(2) { Eps = 0.1, Affine = false }),
        ],
        Shapes = [new("6, 7, 5", "GroupNorm(2)", "(6, 7, 5)")],
        Faults =
        [
            new("LRP0009", "2 groups do not divide 3 input channels and 3 output channels", "[Network(3, 8, 8)] [GroupNorm([|2|])]"),
        ],
        Random = input =>
        {
            int channels = input.Shape[0];
            int[] groups =
                [.. Enumerable.Range(1, channels).Where(groups => channels % groups == 0 && input.Shape.Size / groups <= LargestRegion)];
            return groups.Length == 0
                ? []
                :
                [
                    new(
                        2 * PartOf(input),
                        3 * PartOf(input),
                        from count in Gen.OneOf(groups)
                        from eps in AnyEps
                        from affine in Gen.Bool
                        select (LayerSpec)new GroupNorm(count) { Eps = eps, Affine = affine }),
                ];
        },
    };

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
    /// <summary>Random ones of inputs with so many axes.</summary>
    protected static IEnumerable<RandomPart> Random(RandomInput input, int rank, InstanceNorm layer) => input.Shape.Rank != rank
        ? []
        :
        [
            new(
                PartOf(input),
                PartOf(input),
                from eps in AnyEps
                from affine in Gen.Bool
                select (LayerSpec)(layer with { Eps = eps, Affine = affine })),
        ];

    protected override IEnumerable<string> Arguments => [.. Named(nameof(Eps), Eps, 1e-5), .. Named(nameof(Affine), Affine, false)];

    public override int RegionOf(Shape input) => input.Size / input[0];
}

/// <summary>Over (C, L).</summary>
internal sealed record InstanceNorm1d : InstanceNorm, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Normalisations)
    {
        Cases = [new("", [3, 7], new InstanceNorm1d { Affine = true })],
        Exports = [new("WithoutWeights", [6, 5], new InstanceNorm1d())],
        Shapes = [new("6, 7", "InstanceNorm1d", "(6, 7)")],
        Faults = [],
        Random = input => Random(input, 2, new InstanceNorm1d()),
    };
}

/// <summary>Over (C, H, W).</summary>
internal sealed record InstanceNorm2d : InstanceNorm, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Normalisations)
    {
        Cases = [new("", [5, 3, 4], new InstanceNorm2d())],
        Exports = [new("WithWeights", [6, 5, 4], new InstanceNorm2d { Affine = true }, new InstanceNorm2d { Eps = 0.1 })],
        Shapes = [new("6, 7, 5", "InstanceNorm2d", "(6, 7, 5)")],
        Faults = [],
        Random = input => Random(input, 3, new InstanceNorm2d()),
    };
}

/// <summary>a over its Euclidean norm along the last axis, or over 1e-12 where that is more; its gradient for whatever rule does not pass.</summary>
internal sealed record Normalize : LayerSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Normalisations)
    {
        Cases = [new("", [3, 5], new Normalize())],
        Shapes = [new("7, 5", "Normalize", "(7, 5)")],
        Faults = [],
        Random = input => input.Conserving ? [] : [new(5, 7, new Normalize())],
    };

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
