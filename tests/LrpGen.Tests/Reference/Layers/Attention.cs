using CsCheck;
using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>softmax(c Q Kᵀ) V for heads side by side.</summary>
internal sealed record ScaledDotProductAttention(int Heads = 1) : LayerSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Branches)
    {
        Cases =
        [
            Case("", [5, 16], new ScaledDotProductAttention(2)),
            Case("Causal", [4, 9], new ScaledDotProductAttention(3) { Causal = true, Scale = 0.7 }),
            Case("OfNegativeScale", [4, 6], new ScaledDotProductAttention(2) { Scale = -8 }),
            new("OfItself", [5, 6], new ScaledDotProductAttention(2) { Inputs = ["input", "input", "input"] }),
            new(
                "CausalOfFewKeys",
                [5, 6],
                new Narrow(1, 3),
                new ScaledDotProductAttention(2) { Causal = true, Inputs = ["input", "0", "0"] }),
            new(
                "CausalOfManyKeys",
                [5, 6],
                new Narrow(1, 3),
                new ScaledDotProductAttention(2) { Causal = true, Inputs = ["0", "input", "input"] }),
            new(
                "Grouped",
                [6, 12],
                new Tanh(),
                new Narrow(1, 6, 1) { Inputs = ["input"] },
                new Narrow(0, 5) { Inputs = ["1"] },
                new Narrow(4, 4, 1) { Inputs = ["0"] },
                new Narrow(1, 5) { Inputs = ["3"] },
                new ScaledDotProductAttention(4) { KeyValueHeads = 2, Inputs = ["0", "2", "4"] }),
        ],
        Shapes = [],
        Faults =
        [
            new(
                "LRP0033",
                "ScaledDotProductAttention takes inputs (T, 2·d), (S, 2·d) and (S, 2·e), but gets (4, 6), (4, 6), (4, 3)",
                """
                [Network(4, 6)] [Narrow(0, 3, Dim = 1, Name = "v")]
                [[|ScaledDotProductAttention("input", "input", "v", Heads = 2)|]]
                """),
            new(
                "LRP0008",
                "Scale of ScaledDotProductAttention must be a number other than 0, but is 0",
                """[Network(4, 6)] [ScaledDotProductAttention("input", "input", "input", [|Scale = 0|])] [Flatten] [Linear(2)]"""),
            new(
                "LRP0024",
                "What ScaledDotProductAttention keeps of its scores would have more than 2147483575 values",
                """[Network(16384, 8)] [[|ScaledDotProductAttention("input", "input", "input", Heads = 8)|]]"""),
        ],
        Random = _ => [],
    };

    public int? KeyValueHeads { get; init; }

    public bool Causal { get; init; }

    public double? Scale { get; init; }

    public override LayerKinds Kind => LayerKinds.Attention;

    protected override bool Joins => true;

    protected override IEnumerable<string> Arguments =>
    [
        .. Named(nameof(Heads), Heads, 1),
        .. KeyValueHeads is int shared ? [$"KeyValueHeads = {Text(shared)}"] : Array.Empty<string>(),
        .. Named(nameof(Causal), Causal, false),
        .. Scale is double scale ? [$"Scale = {Text(scale)}"] : Array.Empty<string>(),
    ];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) =>
        Shape.Of(inputs[0][0], inputs[2][1] / (KeyValueHeads ?? Heads) * Heads);

    public override int? ChannelAxis(Shape input, int? ofInput) => null;

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights) =>
        new Layer(this, [.. inputs.Select(input => input.Shape)]);

    private static LayerCase Case(string suffix, int[] shape, ScaledDotProductAttention attention) => new(
        suffix,
        shape,
        new Tanh(),
        new Linear(shape[1]) { Inputs = ["input"] },
        attention with { Inputs = ["0", "1", "input"] });

    private sealed class Layer(ScaledDotProductAttention spec, Shape[] shapes) : ReferenceLayer(spec.OutputOf(shapes), LayerKinds.Attention)
    {
        private readonly int shared = spec.KeyValueHeads ?? spec.Heads;
        private readonly int inner = shapes[0][1] / spec.Heads;
        private readonly int columns = shapes[2][1] / (spec.KeyValueHeads ?? spec.Heads);

        private double Scale => spec.Scale ?? 1 / Math.Sqrt(inner);

        public override double[] Forward(IReadOnlyList<double[]> a)
        {
            double[] z = new double[Output.Size];
            double[,,] p = Weights(a);
            Each((h, t, s) =>
            {
                for (int e = 0; e < columns; e++)
                {
                    z[OfOutput(h, t, e)] += p[h, t, s] * a[2][Of(2, h, s, e)];
                }
            });
            return z;
        }

        public override WayBack Backward(BoundRule rule, IReadOnlyList<double[]> a, double[] z, double[] r)
        {
            double[,,] p = Weights(a);
            double[,,] w = new double[spec.Heads, shapes[0][0], shapes[1][0]];
            double[][] relevances = [.. a.Select(input => new double[input.Length])];
            bool isDerivative = rule.Rule.Name == "Derivative";
            bool isGated = rule.Rule.Name == "Gated";
            double part = isDerivative || isGated ? 1 : 0.5;
            double[] ε = [.. z.Select(value => isDerivative ? 0 : value < 0 ? -rule.Rule.Stabilizer : rule.Rule.Stabilizer)];
            double[] u = [.. r.Select((relevance, j) => isDerivative ? relevance : part * relevance / (z[j] + ε[j]))];
            double magnitude = 2 * r.Sum(Math.Abs);
            Each((h, t, s) =>
            {
                for (int e = 0; e < columns; e++)
                {
                    double v = a[2][Of(2, h, s, e)];
                    double message = p[h, t, s] * u[OfOutput(h, t, e)] * (isDerivative ? 1 : v);
                    relevances[2][Of(2, h, s, e)] += message;
                    w[h, t, s] += u[OfOutput(h, t, e)] * v;
                    magnitude += Math.Abs(message);
                }
            });
            if (!isGated)
            {
                double[,] sums = new double[spec.Heads, shapes[0][0]];
                Each((h, t, s) => w[h, t, s] = Noise(w[h, t, s]));
                Each((h, t, s) => sums[h, t] += p[h, t, s] * w[h, t, s]);
                Each((h, t, s) =>
                {
                    double g = part * Scale * p[h, t, s] * Noise(w[h, t, s] - Noise(sums[h, t]));
                    for (int d = 0; d < inner; d++)
                    {
                        (double q, double k) = (a[0][Of(0, h, t, d)], a[1][Of(1, h, s, d)]);
                        relevances[0][Of(0, h, t, d)] += g * k * (isDerivative ? 1 : q);
                        relevances[1][Of(1, h, s, d)] += g * q * (isDerivative ? 1 : k);
                        magnitude += Math.Abs(g * q * k);
                    }
                });
            }

            double absorbed = ε.Zip(u, (stabilizer, quotient) => stabilizer * quotient).Sum() / part;
            double lost = r.Sum() - relevances.Sum(relevance => relevance.Sum()) - absorbed;
            return new(relevances, new(0, absorbed, lost) { Magnitude = magnitude });
        }

        private double[,,] Weights(IReadOnlyList<double[]> a)
        {
            double[,,] p = new double[spec.Heads, shapes[0][0], shapes[1][0]];
            double[,] largest = new double[spec.Heads, shapes[0][0]];
            Each((h, t, s) =>
            {
                double score = Scale * Enumerable.Range(0, inner).Sum(d => a[0][Of(0, h, t, d)] * a[1][Of(1, h, s, d)]);
                p[h, t, s] = spec.Causal && s > t ? double.NegativeInfinity : score;
                largest[h, t] = s == 0 ? score : Math.Max(largest[h, t], p[h, t, s]);
            });
            Each((h, t, s) => p[h, t, s] = Math.Exp(p[h, t, s] - largest[h, t]));
            double[,] sums = new double[spec.Heads, shapes[0][0]];
            Each((h, t, s) => sums[h, t] += p[h, t, s]);
            Each((h, t, s) => p[h, t, s] = Noise(p[h, t, s] / sums[h, t]));
            return p;
        }

        private void Each(Action<int, int, int> action)
        {
            for (int h = 0; h < spec.Heads; h++)
            {
                for (int t = 0; t < shapes[0][0]; t++)
                {
                    for (int s = 0; s < shapes[1][0]; s++)
                    {
                        action(h, t, s);
                    }
                }
            }
        }

        /// <summary>An element of queries, keys or values for a head of queries.</summary>
        private int Of(int input, int head, int row, int feature)
        {
            int own = input == 0 ? head : head * shared / spec.Heads;
            return (row * shapes[input][1]) + (own * (input == 2 ? columns : inner)) + feature;
        }

        private int OfOutput(int head, int row, int feature) => (row * Output[1]) + (head * columns) + feature;
    }
}

/// <summary>Attention between projections, of one sequence or to another.</summary>
internal sealed record MultiheadAttention(int Heads) : LayerSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.WithWeights)
    {
        Cases =
        [
            new("", [5, 16], new MultiheadAttention(2)),
            new("Causal", [4, 9], new MultiheadAttention(3) { Causal = true, Bias = false }),
            new("ToMemory", [6, 8], new Tanh(), new Narrow(1, 4) { Inputs = ["input"] }, new MultiheadAttention(1) { Inputs = ["0", "1"] }),
        ],
        Exports =
        [
            new("", [5, 16], new MultiheadAttention(2)),
            new("Causal", [4, 9], new MultiheadAttention(3) { Causal = true, Bias = false }),
        ],
        Shapes = [new("197, 768", "MultiheadAttention(12)", "(197, 768)")],
        Faults =
        [
            new("LRP0006", "MultiheadAttention takes an input of shape (T, 3·d), but gets (4, 8)", "[Network(4, 8)] [[|MultiheadAttention(3)|]]"),
            new(
                "LRP0033",
                "MultiheadAttention takes inputs (T, 2·d) and (S, 2·d), but gets (4, 8), (4, 6)",
                """[Network(4, 8)] [Linear(6, Name = "m")] [[|MultiheadAttention(2, From = "input", Memory = "m")|]]"""),
            new(
                "LRP0052",
                "MultiheadAttention must know how long axis 0 of its input (≤ 40, 12) is, but every call chooses that",
                """[Network(40, 12, Variable = true)] [Mean] [Reshape(1, 12, Name = "q")] [[|MultiheadAttention(3, Memory = "input")|]]"""),
        ],
        Random = input => input.Shape.Rank != 2
            ? []
            :
            [
                new(
                    10,
                    30,
                    from heads in RandomInput.DivisorOf(input.Shape[1])
                    from causal in Gen.Bool
                    from bias in input.Bias
                    select (LayerSpec)new MultiheadAttention(heads) { Causal = causal, Bias = bias }),
            ],
    };

    public bool Causal { get; init; }

    public bool Bias { get; init; } = true;

    public override LayerKinds Kind => LayerKinds.Projection;

    protected override IEnumerable<string> Arguments =>
    [
        Text(Heads),
        .. Named(nameof(Causal), Causal, false),
        .. Named(nameof(Bias), Bias, true),
        .. Inputs.Count > 1 ? [$"Memory = \"{Inputs[1]}\""] : Array.Empty<string>(),
    ];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    public override int? ChannelAxis(Shape input, int? ofInput) => 1;

    public override IEnumerable<(string Part, Shape Shape)> WeightsOf(Shape input)
    {
        int features = input[1];
        return
        [
            ("in_proj_weight", Shape.Of(3 * features, features)),
            .. Bias ? [("in_proj_bias", Shape.Of(3 * features))] : Array.Empty<(string, Shape)>(),
            ("out_proj.weight", Shape.Of(features, features)),
            .. Bias ? [("out_proj.bias", Shape.Of(features))] : Array.Empty<(string, Shape)>(),
        ];
    }

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        Source memory = inputs[^1];
        int features = inputs[0].Shape[1];
        double[] packed = weights[NameOf("in_proj_weight")];
        double[] biases = Bias ? weights[NameOf("in_proj_bias")] : [];
        ReferenceLayer[] projections = [.. new[] { inputs[0], memory, memory }.Select((source, slice) =>
            Projection(source, Slice(packed, slice), Slice(biases, slice)))];
        ReferenceLayer attention = new ScaledDotProductAttention(Heads) { Causal = Causal }.Create([inputs[0], memory, memory], weights);
        ReferenceLayer output =
            Projection(inputs[0], weights[NameOf("out_proj.weight")], Bias ? weights[NameOf("out_proj.bias")] : []);
        return new Layer(inputs[0].Shape, projections, attention, output);

        ReferenceLayer Projection(Source source, double[] weight, double[] bias) => new Linear(features) { Name = "p", Bias = Bias }.Create(
            [source], new Dictionary<string, double[]> { ["p.weight"] = weight, ["p.bias"] = bias });

        static double[] Slice(double[] values, int slice) => values[(slice * values.Length / 3)..((slice + 1) * values.Length / 3)];
    }

    /// <param name="projections">Of queries, keys and values; the last two are of the last input.</param>
    private sealed class Layer(Shape shape, ReferenceLayer[] projections, ReferenceLayer attention, ReferenceLayer output)
        : ReferenceLayer(shape, LayerKinds.Projection)
    {
        public override double[] Forward(IReadOnlyList<double[]> a) => output.Forward([attention.Forward(Projected(a))]);

        public override WayBack Backward(BoundRule rule, IReadOnlyList<double[]> a, double[] z, double[] r)
        {
            double[][] projected = Projected(a);
            double[] attended = attention.Forward(projected);
            WayBack ofOutput = output.Backward(rule.OfPart(LayerKinds.Projection, false), [attended], z, r);
            WayBack ofAttention = attention.Backward(rule.OfPart(LayerKinds.Attention, false), projected, attended, ofOutput.Relevances[0]);
            double[][] relevances = [.. a.Select(input => new double[input.Length])];
            Absorbed absorbed = ofOutput.Absorbed + ofAttention.Absorbed;
            for (int k = 0; k < projections.Length; k++)
            {
                int input = InputOf(k, a);
                WayBack own = projections[k].Backward(
                    rule.OfPart(LayerKinds.Projection, true), [a[input]], projected[k], ofAttention.Relevances[k]);
                relevances[input] = [.. relevances[input].Zip(own.Relevances[0], (sum, relevance) => sum + relevance)];
                absorbed += own.Absorbed;
            }

            return new(relevances, absorbed);
        }

        private static int InputOf(int projection, IReadOnlyList<double[]> a) => projection == 0 ? 0 : a.Count - 1;

        private double[][] Projected(IReadOnlyList<double[]> a) => [.. projections.Select((projection, k) => projection.Forward([a[InputOf(k, a)]]))];
    }
}
