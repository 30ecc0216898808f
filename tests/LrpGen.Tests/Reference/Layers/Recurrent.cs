using System.Numerics;
using CsCheck;
using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>Long short-term memory.</summary>
internal sealed record LSTM(int Hidden) : RecurrentSpec(Hidden), ITried
{
    public static LayerTrials Trials => TrialsOf(hidden => new LSTM(hidden));

    protected override int Gates => 4;

    public override Step StepOf(Complex[] x, Complex[] h, Complex[] c, Func<int, int, Complex[], Complex> ofInput, Func<int, int, Complex[], Complex> ofState)
    {
        Complex[] Sum(int gate) => Each(j => ofInput(gate, j, x) + ofState(gate, j, h));
        (Complex[] i, Complex[] f, Complex[] z, Complex[] o) = (Sum(0).Sigmoid(), Sum(1).Sigmoid(), Sum(2), Sum(3).Sigmoid());
        Complex[] ig = Each(j => i[j] * Complex.Tanh(z[j]));
        Complex[] next = Each(j => (f[j] * c[j]) + ig[j]);
        return new(Each(j => o[j] * Complex.Tanh(next[j])), next) { Sum = z, Fresh = ig, Whole = next, Reset = Each(_ => 1) };
    }
}

/// <summary>Gated recurrent unit.</summary>
internal sealed record GRU(int Hidden) : RecurrentSpec(Hidden), ITried
{
    public static LayerTrials Trials => TrialsOf(hidden => new GRU(hidden));

    protected override int Gates => 3;

    protected override int Candidate => 2;

    public override Step StepOf(Complex[] x, Complex[] h, Complex[] c, Func<int, int, Complex[], Complex> ofInput, Func<int, int, Complex[], Complex> ofState)
    {
        Complex[] Sum(int gate) => Each(j => ofInput(gate, j, x) + ofState(gate, j, h));
        (Complex[] r, Complex[] z) = (Sum(0).Sigmoid(), Sum(1).Sigmoid());
        Complex[] sum = Each(j => ofInput(2, j, x) + (r[j] * ofState(2, j, h)));
        Complex[] fresh = Each(j => (1 - z[j]) * Complex.Tanh(sum[j]));
        Complex[] next = Each(j => fresh[j] + (z[j] * h[j]));
        return new(next, c) { Sum = sum, Fresh = fresh, Whole = next, Reset = r };
    }
}

/// <summary>A recurrent layer without gates.</summary>
internal sealed record RNN(int Hidden) : RecurrentSpec(Hidden), ITried
{
    public static LayerTrials Trials => TrialsOf(hidden => new RNN(hidden));

    protected override int Gates => 1;

    protected override int Candidate => 0;

    public override Step StepOf(Complex[] x, Complex[] h, Complex[] c, Func<int, int, Complex[], Complex> ofInput, Func<int, int, Complex[], Complex> ofState)
    {
        Complex[] sum = Each(j => ofInput(0, j, x) + ofState(0, j, h));
        return new(Each(j => Complex.Tanh(sum[j])), c) { Sum = sum, Fresh = null, Whole = sum, Reset = Each(_ => 1) };
    }
}

/// <summary>Rows in turn, with a state: layers one on the other, of one direction or of both.</summary>
internal abstract record RecurrentSpec(int Hidden) : LayerSpec
{
    public int Layers { get; init; } = 1;

    public bool Bidirectional { get; init; }

    public bool Bias { get; init; } = true;

    public override LayerKinds Kind => LayerKinds.Linear;

    protected abstract int Gates { get; }

    /// <summary>The gate whose sum carries relevance.</summary>
    protected virtual int Candidate => 2;

    protected override IEnumerable<string> Arguments =>
    [
        Text(Hidden),
        .. Named(nameof(Layers), Layers, 1),
        .. Named(nameof(Bidirectional), Bidirectional, false),
        .. Named(nameof(Bias), Bias, true),
    ];

    private int Width => Bidirectional ? 2 * Hidden : Hidden;

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0].With(1, Width);

    public override int? ChannelAxis(Shape input, int? ofInput) => 1;

    public override IEnumerable<(string Part, Shape Shape)> WeightsOf(Shape input) =>
        from layer in Enumerable.Range(0, Layers)
        from suffix in Suffixes(layer)
        from tensor in new[]
        {
            ($"weight_ih_{suffix}", Shape.Of(Gates * Hidden, layer == 0 ? input[1] : Width)),
            ($"weight_hh_{suffix}", Shape.Of(Gates * Hidden, Hidden)),
            ($"bias_ih_{suffix}", Shape.Of(Gates * Hidden)),
            ($"bias_hh_{suffix}", Shape.Of(Gates * Hidden)),
        }
        where Bias || !tensor.Item1.StartsWith("bias", StringComparison.Ordinal)
        select tensor;

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights) =>
        new Layer(this, inputs[0].Shape, weights);

    /// <summary>A row.</summary>
    /// <param name="x">What the layer reads.</param>
    /// <param name="h">The state before.</param>
    /// <param name="c">The cell before, of a layer that has one.</param>
    /// <param name="ofInput">The sum of a gate and output for what the layer reads, with its bias.</param>
    /// <param name="ofState">The same for the state.</param>
    public abstract Step StepOf(
        Complex[] x, Complex[] h, Complex[] c, Func<int, int, Complex[], Complex> ofInput, Func<int, int, Complex[], Complex> ofState);

    protected Complex[] Each(Func<int, Complex> value) => [.. Enumerable.Range(0, Hidden).Select(value)];

    protected static LayerTrials TrialsOf(Func<int, RecurrentSpec> layer) => new(LayerFamily.WithWeights)
    {
        Cases =
        [
            new("", [5, 6], layer(7)),
            new("OfBothDirections", [4, 3], layer(20) with { Bidirectional = true, Layers = 2 }),
            new("OfOneRow", [1, 9], new Tanh(), layer(33) with { Bias = false, Layers = 2 }),
        ],
        Shapes =
        [
            new("40, 13", $"{layer(1).Op}(64, Layers = 2, Bidirectional = true)", "(40, 128)"),
            new("40, 13", $"{layer(1).Op}(64)", "(40, 64)"),
        ],
        Faults =
        [
            new(
                "LRP0006",
                $"{layer(1).Op} takes an input of shape (T, F), but gets (3, 8, 8)",
                $"[Network(3, 8, 8)] [[|{layer(1).Op}(5)|]]"),
            new("LRP0008", $"hidden of {layer(1).Op} must be at least 1, but is 0", $"[Network(4, 8)] [{layer(1).Op}([|0|])]"),
            new("LRP0008", $"Layers of {layer(1).Op} must be at least 1, but is 0", $"[Network(4, 8)] [{layer(1).Op}(5, [|Layers = 0|])]"),
            new(
                "LRP0052",
                $"{layer(1).Op} must know how long axis 1 of its input (13, ≤ 40) is, but every call chooses that",
                $"[Network(40, 13, Variable = true)] [Transpose] [[|{layer(1).Op}(2)|]]"),
        ],
        Random = input => input.Shape.Rank != 2
            ? []
            :
            [
                new(
                    10,
                    from hidden in RandomInput.Outputs
                    from layers in Gen.Int[1, 2]
                    from both in Gen.Bool
                    from bias in input.Bias
                    select (LayerSpec)(layer(hidden) with { Layers = layers, Bidirectional = both, Bias = bias })),
            ],
    };

    private string[] Suffixes(int layer) => Bidirectional ? [$"l{layer}", $"l{layer}_reverse"] : [$"l{layer}"];

    /// <summary>What a row gives.</summary>
    /// <param name="State">The next state.</param>
    /// <param name="Cell">The next cell.</param>
    internal sealed record Step(Complex[] State, Complex[] Cell)
    {
        /// <summary>Of the candidate, before its tanh.</summary>
        public required Complex[] Sum { get; init; }

        /// <summary>What of <see cref="Whole"/> is the candidate's; null if that is all.</summary>
        public required Complex[]? Fresh { get; init; }

        /// <summary>What the row before and the candidate share.</summary>
        public required Complex[] Whole { get; init; }

        /// <summary>By which the candidate's sum of the state is multiplied.</summary>
        public required Complex[] Reset { get; init; }
    }

    private sealed class Layer(RecurrentSpec spec, Shape input, IReadOnlyDictionary<string, double[]> weights)
        : ReferenceLayer(spec.OutputOf([input]), LayerKinds.Linear)
    {
        private readonly int rows = input[0];

        public override double[] Forward(IReadOnlyList<double[]> a) => [.. Forward(Complexes(a[0])).Select(value => value.Real)];

        public override WayBack Backward(BoundRule rule, IReadOnlyList<double[]> a, double[] z, double[] r)
        {
            List<Complex[]> read = [Complexes(a[0])];
            for (int layer = 0; layer < spec.Layers; layer++)
            {
                read.Add(Outputs(layer, read[^1]));
            }

            Absorbed absorbed = default;
            double[] relevance = r;
            for (int layer = spec.Layers - 1; layer >= 0; layer--)
            {
                BoundRule own = layer == 0 ? rule : rule.OfPart(LayerKinds.Linear, false);
                if (own.Rule.Name == "Derivative")
                {
                    WayBack way = Change(relevance, Derivative(layer, read[layer], relevance));
                    (relevance, absorbed) = (way.Relevances[0], absorbed + way.Absorbed);
                    continue;
                }

                double[] below = new double[read[layer].Length];
                foreach ((int direction, string suffix) in spec.Suffixes(layer).Index())
                {
                    (double[] part, Absorbed taken) = Back(own, suffix, direction == 1, read[layer], OfDirection(relevance, direction));
                    below = [.. below.Zip(part, (sum, value) => sum + value)];
                    absorbed += taken;
                }

                relevance = below;
            }

            return new([relevance], absorbed);
        }

        private static Complex[] Complexes(double[] values) => [.. values.Select(value => (Complex)value)];

        /// <summary>By steps along the imaginary axis, which lose no digits.</summary>
        private double[] Derivative(int layer, Complex[] a, double[] r)
        {
            const double step = 1e-100;
            double[] derivative = new double[a.Length];
            for (int k = 0; k < a.Length; k++)
            {
                Complex[] moved = [.. a];
                moved[k] += new Complex(0, step);
                derivative[k] = Outputs(layer, moved).Zip(r, (output, relevance) => output.Imaginary / step * relevance).Sum();
            }

            return derivative;
        }

        private Complex[] Forward(Complex[] a)
        {
            for (int layer = 0; layer < spec.Layers; layer++)
            {
                a = Outputs(layer, a);
            }

            return a;
        }

        private Complex[] Outputs(int layer, Complex[] a)
        {
            Step[][] directions = [.. spec.Suffixes(layer).Select((suffix, direction) => Run(suffix, direction == 1, a))];
            return [.. Enumerable.Range(0, rows).SelectMany(row => directions.SelectMany(steps => steps[row].State))];
        }

        private double[] OfDirection(double[] values, int direction) =>
            [.. Enumerable.Range(0, rows).SelectMany(row => values.Skip((row * spec.Width) + (direction * spec.Hidden)).Take(spec.Hidden))];

        private Step[] Run(string suffix, bool reversed, Complex[] a)
        {
            Step[] steps = new Step[rows];
            Complex[] zeros = new Complex[spec.Hidden];
            (Complex[] h, Complex[] c) = (zeros, zeros);
            foreach (int row in Order(reversed))
            {
                steps[row] = spec.StepOf(Row(a, row), h, c, Sum(suffix, "ih"), Sum(suffix, "hh"));
                (h, c) = (steps[row].State, steps[row].Cell);
            }

            return steps;
        }

        private IEnumerable<int> Order(bool reversed) => reversed ? Enumerable.Range(0, rows).Reverse() : Enumerable.Range(0, rows);

        private T[] Row<T>(T[] values, int row) => values[(row * values.Length / rows)..((row + 1) * values.Length / rows)];

        private Func<int, int, Complex[], Complex> Sum(string suffix, string of)
        {
            double[] weight = weights[spec.NameOf($"weight_{of}_{suffix}")];
            double[] bias = Biases(suffix, of);
            return (gate, j, values) =>
            {
                int output = (gate * spec.Hidden) + j;
                Complex sum = bias[output];
                for (int i = 0; i < values.Length; i++)
                {
                    sum += values[i] * weight[(output * values.Length) + i];
                }

                return sum;
            };
        }

        private double[] Biases(string suffix, string of) =>
            spec.Bias ? weights[spec.NameOf($"bias_{of}_{suffix}")] : new double[spec.Gates * spec.Hidden];

        /// <summary>From the last row to the first: the candidate's sum is a linear layer of what is read and the state before.</summary>
        private (double[] Relevance, Absorbed Absorbed) Back(BoundRule rule, string suffix, bool reversed, Complex[] a, double[] r)
        {
            Step[] steps = Run(suffix, reversed, a);
            int features = a.Length / rows;
            double[] relevance = new double[a.Length];
            double[] zeros = new double[spec.Hidden];
            (double[] ofState, double[] ofCell) = (zeros, zeros);
            Absorbed absorbed = default;
            int[] order = [.. Order(reversed)];
            for (int turn = rows - 1; turn >= 0; turn--)
            {
                int row = order[turn];
                Step step = steps[row];
                double[] before = turn == 0 ? zeros : Reals(steps[order[turn - 1]].State);
                double[] total = [.. Row(r, row).Zip(ofState, (own, next) => own + next).Zip(ofCell, (own, next) => own + next)];
                double[] candidate = total;
                double[] kept = zeros;
                if (step.Fresh is { } fresh)
                {
                    double[] ε = [.. step.Whole.Select(whole => whole.Real < 0 ? -1e-6 : 1e-6)];
                    double[] q = [.. total.Select((value, j) => value / (step.Whole[j].Real + ε[j]))];
                    candidate = [.. q.Select((value, j) => value * fresh[j].Real)];
                    kept = [.. q.Select((value, j) => value * (step.Whole[j].Real - fresh[j].Real))];
                    absorbed += new Absorbed(0, q.Select((value, j) => value * ε[j]).Sum(), 0)
                    {
                        Magnitude = candidate.Sum(Math.Abs) + kept.Sum(Math.Abs),
                    };
                }

                double[] inputs = [.. Row(a, row).Select(value => value.Real), .. before];
                WayBack way = Map(suffix, step, features).Backward(Bounds(rule, row, features), [inputs], Reals(step.Sum), candidate);
                absorbed += way.Absorbed;
                way.Relevances[0].AsSpan(0, features).CopyTo(relevance.AsSpan(row * features));
                ofState = way.Relevances[0][features..];
                bool hasCell = !ReferenceEquals(step.Whole, step.State) && step.Fresh is not null;
                (ofState, ofCell) = hasCell ? (ofState, kept) : ([.. ofState.Zip(kept, (own, more) => own + more)], zeros);
            }

            double lost = ofState.Sum() + ofCell.Sum();
            return (relevance, absorbed + new Absorbed(0, 0, lost) { Magnitude = Math.Abs(lost) });
        }

        private static double[] Reals(Complex[] values) => [.. values.Select(value => value.Real)];

        private LinearLayer Map(string suffix, Step step, int features)
        {
            double[] ofInput = weights[spec.NameOf($"weight_ih_{suffix}")];
            double[] ofState = weights[spec.NameOf($"weight_hh_{suffix}")];
            int first = spec.Candidate * spec.Hidden;
            IEnumerable<Connections> connections =
                from j in Enumerable.Range(0, spec.Hidden)
                from i in Enumerable.Range(0, features + spec.Hidden)
                select new Connections(i, j, i < features
                    ? ofInput[((first + j) * features) + i]
                    : step.Reset[j].Real * ofState[((first + j) * spec.Hidden) + i - features]);
            double[] bias =
            [
                .. Enumerable.Range(0, spec.Hidden)
                    .Select(j => Biases(suffix, "ih")[first + j] + (step.Reset[j].Real * Biases(suffix, "hh")[first + j])),
            ];
            return new LinearLayer(Shape.Of(spec.Hidden), LayerKinds.Linear, [.. connections], bias);
        }

        /// <summary>The state is from −1 to 1.</summary>
        private BoundRule Bounds(BoundRule rule, int row, int features)
        {
            return rule with { Lows = Of(rule.Lows, -1), Highs = Of(rule.Highs, 1) };

            IReadOnlyList<double> Of(IReadOnlyList<double> bounds, double state) => bounds.Count == 0
                ? bounds
                : [.. Enumerable.Repeat(bounds[row * bounds.Count / rows], features), .. Enumerable.Repeat(state, spec.Hidden)];
        }
    }
}

/// <summary>Functions of all elements.</summary>
internal static class ComplexFunctions
{
    public static Complex[] Sigmoid(this Complex[] values) => [.. values.Select(value => 1 / (1 + Complex.Exp(-value)))];
}
