using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>What is computed of several outputs, element by element; axes of size 1, and those that a shape lacks in front, are repeated.</summary>
internal abstract record BroadcastSpec : LayerSpec
{
    protected override bool Joins => true;

    public override Shape OutputOf(IReadOnlyList<Shape> inputs)
    {
        int rank = inputs.Max(input => input.Rank);
        return Shape.Of([.. Enumerable.Range(1, rank).Select(k => inputs.Where(input => input.Rank >= k).Max(input => input[-k])).Reverse()]);
    }

    // The planner reads all inputs as the first one.
    public override int? ChannelAxis(Shape input, int? ofInput) => null;

    /// <summary>The element of an input that an element of the output is computed of.</summary>
    protected static int ElementOf(Shape input, Shape output, int element) => Enumerable.Range(1, input.Rank)
        .Sum(k => input[-k] == 1 ? 0 : output.Position(-k, element) * input.Stride(-k));
}

internal sealed record Add : BroadcastSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Branches)
    {
        Cases =
        [
            new("", [3, 4], new Tanh(), new Add { Inputs = ["input", "0", "input"] }),
            new("Broadcast", [3, 4], new Mean(), new Reshape(1, 4), new Add { Inputs = ["input", "1"] }),
            new("OfLowerRank", [3, 4], new Max(), new Add { Inputs = ["0", "input"] }),
            new(
                "OfRowsAndLanes",
                [3, 4],
                new Max(),
                new Reshape(1, 4),
                new Max(1) { Inputs = ["input"] },
                new Reshape(3, 1),
                new Add { Inputs = ["1", "3"] }),
        ],
        Exports = [new("OfLowerRank", [3, 4], new Max(), new Add { Inputs = ["0", "input"] }) { ComesBack = false }],
        Shapes = [],
        Faults =
        [
            new(
                "LRP0008",
                "inputs of Add must be the names of two or more layers, but is 1",
                """[Network(3)] [ReLU] [Add([|"input"|])]"""),
            new(
                "LRP0033",
                "Add takes inputs of one shape, but for axes of size 1, but gets (3), (2)",
                """[Network(3)] [Linear(2)] [[|Add("input", "0")|]]"""),
        ],
        Random = _ => [],
    };

    public override LayerKinds Kind => LayerKinds.Add;

    // Of equal shapes, an axis lies as it does in the first.
    public override int? ChannelAxis(Shape input, int? ofInput) => ofInput;

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        Shape output = OutputOf([.. inputs.Select(input => input.Shape)]);
        return new LinearLayer(output, Kind, Connections());

        IEnumerable<Connections> Connections()
        {
            int first = 0;
            foreach (Shape input in inputs.Select(input => input.Shape))
            {
                for (int j = 0; j < output.Size; j++)
                {
                    yield return new(first + ElementOf(input, output, j), j, 1);
                }

                first += input.Size;
            }
        }
    }
}

/// <summary>The product of two outputs.</summary>
internal sealed record Multiply : BroadcastSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Branches)
    {
        Cases =
        [
            new("", [3, 4], new Tanh(), new Multiply { Inputs = ["input", "0"] }),
            new("ByGate", [3, 4], new Sigmoid(), new Multiply { Inputs = ["0", "input"] }),
            new(
                "ByGateOfAnotherShape",
                [3, 4],
                new Max(1),
                new Sigmoid(),
                new Reshape(3, 1),
                new Multiply { Inputs = ["input", "2"] }),
            new("Gates", [3, 4], new Sigmoid(), new GELU { Inputs = ["input"] }, new Multiply { Inputs = ["0", "1"] }),
            new("Rows", [3, 4], new Max(1), new Reshape(3, 1), new Hardsigmoid(), new Multiply { Inputs = ["input", "2"] }),
            new("Lanes", [3, 4], new Max(), new SiLU(), new Multiply { Inputs = ["input", "1"] }),
            new("OfLastAxis", [16, 4, 16], new Mean(), new Mean(), new Multiply { Inputs = ["input", "1"] }),
            new("Itself", [3, 4], new Multiply { Inputs = ["input", "input"] }),
        ],
        Exports = [new("Lanes", [3, 4], new Max(), new SiLU(), new Multiply { Inputs = ["input", "1"] }) { ComesBack = false }],
        Shapes = [],
        Faults =
        [
            new(
                "LRP0008",
                "inputs of Multiply must be the names of two layers, but is 3",
                """[Network(3)] [ReLU] [Multiply([|"input"|], "0", "0")]"""),
        ],
        Random = _ => [],
    };

    public override LayerKinds Kind => LayerKinds.Multiply;

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights) =>
        new ProductLayer(OutputOf([.. inputs.Select(input => input.Shape)]), inputs);

    /// <summary>Gated: the factor that is no gate takes all, and either takes half if both are or none is. Halves: either takes half.</summary>
    private sealed class ProductLayer(Shape output, IReadOnlyList<Source> inputs) : ReferenceLayer(output, LayerKinds.Multiply)
    {
        public override double[] Forward(IReadOnlyList<double[]> a) =>
            [.. Enumerable.Range(0, Output.Size).Select(j => Factor(a, 0, j) * Factor(a, 1, j))];

        public override WayBack Backward(BoundRule rule, IReadOnlyList<double[]> a, double[] z, double[] r)
        {
            bool gated = rule.Rule.Name == "Gated" && inputs[0].IsGate != inputs[1].IsGate;
            double[][] relevances = [.. inputs.Select((input, factor) =>
            {
                double[] relevance = new double[input.Shape.Size];
                for (int j = 0; j < r.Length; j++)
                {
                    relevance[ElementOf(input.Shape, Output, j)] += rule.Rule.Name switch
                    {
                        "Gated" or "Halves" => gated ? input.IsGate ? 0 : r[j] : r[j] / 2,
                        _ => r[j] * Factor(a, 1 - factor, j),
                    };
                }

                return relevance;
            })];
            return rule.Rule.Name is "Gated" or "Halves"
                ? new(relevances, new Absorbed { Magnitude = 2 * r.Sum(Math.Abs) })
                : Change(r, relevances);
        }

        private double Factor(IReadOnlyList<double[]> a, int factor, int j) => a[factor][ElementOf(inputs[factor].Shape, Output, j)];
    }
}

/// <summary>The product of the matrices of two outputs; with heads, side by side in the last axis of (T, h·k).</summary>
internal sealed record MatMul(bool TransposeB = false, int? Heads = null) : LayerSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Branches)
    {
        Cases =
        [
            new("", [2, 5, 19], new Tanh(), new Transpose { Inputs = ["input"] }, new MatMul { Inputs = ["0", "1"] }),
            new("Transposed", [2, 5, 19], new Tanh(), new MatMul(TransposeB: true) { Inputs = ["input", "0"] }),
            new("Itself", [9, 3], new MatMul(TransposeB: true) { Inputs = ["input", "input"] }),
            new(
                "OfParts",
                [7, 21],
                new Narrow(0, 4),
                new Narrow(3, 4) { Inputs = ["input"] },
                new Narrow(2, 7, 1),
                new Transpose(),
                new MatMul { Inputs = ["3", "0"] }),
            new(
                "OfHeads",
                [6, 15],
                new Tanh(),
                new Narrow(1, 5) { Inputs = ["input"] },
                new MatMul(TransposeB: true, Heads: 3) { Inputs = ["0", "1"] },
                new MatMul(Heads: 3) { Inputs = ["2", "1"] }),
            new("Scores", [6, 15], new Tanh(), new MatMul(TransposeB: true, Heads: 3) { Inputs = ["input", "0"] }),
        ],
        Exports = [new("", [2, 5, 9], new Tanh(), new Transpose { Inputs = ["input"] }, new MatMul { Inputs = ["0", "1"] })],
        Shapes = [],
        Faults =
        [
            new(
                "LRP0033",
                "MatMul takes inputs (…, n, k) and (…, k, m), but gets (2, 3), (2, 3)",
                """[Network(2, 3)] [ReLU(Name = "r")] [[|MatMul("input", "r")|]]"""),
            new(
                "LRP0033",
                "MatMul takes inputs (T, 2·k) and (S, 2·k), but gets (2, 3), (2, 3)",
                """[Network(2, 3)] [ReLU(Name = "r")] [[|MatMul("input", "r", TransposeB = true, Heads = 2)|]]"""),
        ],
        Random = _ => [],
    };

    public override LayerKinds Kind => LayerKinds.MatMul;

    protected override bool Joins => true;

    protected override IEnumerable<string> Arguments =>
        [.. TransposeB ? ["TransposeB = true"] : Array.Empty<string>(), .. Heads is int heads ? [$"Heads = {Text(heads)}"] : Array.Empty<string>()];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => (inputs[0], inputs[1]) switch
    {
        var (a, b) when Heads is int heads => TransposeB ? Shape.Of(heads, a[0], b[0]) : Shape.Of(a[1], b[1]),
        var (a, b) => Shape.Of([.. Enumerable.Range(0, a.Rank - 1).Select(axis => a[axis]), b[TransposeB ? -2 : -1]]),
    };

    public override int? ChannelAxis(Shape input, int? ofInput) => null;

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        Shape[] shapes = [.. inputs.Select(input => input.Shape)];
        return new Layer(OutputOf(shapes), inputs, [.. Terms(shapes[0], shapes[1])]);
    }

    /// <summary>Elements of the output, and the elements of both inputs whose products it sums.</summary>
    private IEnumerable<(int Output, int A, int B)> Terms(Shape a, Shape b)
    {
        bool areSideBySide = Heads is not null;
        int inner = areSideBySide && TransposeB ? a[-1] / Heads!.Value : a[-1];
        int rows = a[-2];
        int columns = TransposeB ? b[-2] : areSideBySide ? b[-1] / Heads!.Value : b[-1];
        int matrices = Heads ?? (a.Size / rows / inner);
        for (int head = 0; head < matrices; head++)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    for (int i = 0; i < inner; i++)
                    {
                        yield return (
                            At(head, row, column, rows, columns, sideBySide: areSideBySide && !TransposeB),
                            At(head, row, i, rows, inner, sideBySide: areSideBySide && TransposeB),
                            TransposeB ? At(head, column, i, columns, inner, areSideBySide) : At(head, i, column, inner, columns, areSideBySide));
                    }
                }
            }
        }

        int At(int head, int row, int column, int rows, int columns, bool sideBySide) =>
            sideBySide ? (((row * matrices) + head) * columns) + column : (((head * rows) + row) * columns) + column;
    }

    /// <summary>Gated: the factor that is no gate takes all, and either takes half if both are or none is. Halves: either takes half.</summary>
    private sealed class Layer(Shape output, IReadOnlyList<Source> inputs, (int Output, int A, int B)[] terms)
        : ReferenceLayer(output, LayerKinds.MatMul)
    {
        public override double[] Forward(IReadOnlyList<double[]> a)
        {
            double[] z = new double[Output.Size];
            Array.ForEach(terms, term => z[term.Output] += a[0][term.A] * a[1][term.B]);
            return z;
        }

        public override WayBack Backward(BoundRule rule, IReadOnlyList<double[]> a, double[] z, double[] r)
        {
            double[][] relevances = [new double[a[0].Length], new double[a[1].Length]];
            if (rule.Rule.Name is not ("Gated" or "Halves"))
            {
                Array.ForEach(terms, term =>
                {
                    relevances[0][term.A] += a[1][term.B] * r[term.Output];
                    relevances[1][term.B] += a[0][term.A] * r[term.Output];
                });
                return Change(r, relevances);
            }

            bool gated = rule.Rule.Name == "Gated" && inputs[0].IsGate != inputs[1].IsGate;
            double[] ε = [.. z.Select(value => value < 0 ? -rule.Rule.Stabilizer : rule.Rule.Stabilizer)];
            double[] s = [.. r.Select((relevance, j) => z[j] + ε[j] == 0 ? 0 : relevance / (z[j] + ε[j]))];
            double ofA = !gated ? 0.5 : inputs[0].IsGate ? 0 : 1;
            double magnitude = 2 * r.Sum(Math.Abs);
            foreach ((int j, int first, int second) in terms)
            {
                double message = a[0][first] * a[1][second] * s[j];
                relevances[0][first] += ofA * message;
                relevances[1][second] += (1 - ofA) * message;
                magnitude += Math.Abs(message);
            }

            return new(relevances, new Absorbed(0, ε.Zip(s, (stabilizer, quotient) => stabilizer * quotient).Sum(), 0) { Magnitude = magnitude });
        }
    }
}
