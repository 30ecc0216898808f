using System.Collections.Concurrent;
using System.Reflection;
using LrpGen.Tests.Engine;

namespace LrpGen.Tests.Conformance;

/// <summary>
/// Relevance of products of two outputs, against the formulas as plain loops in float64. Gradients are in <see cref="LayerTests"/>.
/// </summary>
public sealed class MatMulTests
{
    private const int Rows = 5;
    private const int Heads = 3;
    private const int Size = 6;
    private const int Features = Heads * Size;
    private const double Stabilizer = 1e-6;

    private const string Layers =
        """
        [Network(5, 54)]
        [Narrow(0, 18, Dim = 1, Name = "q")]
        [Narrow(18, 18, Dim = 1, From = "input", Name = "k")]
        [Narrow(36, 18, Dim = 1, From = "input", Name = "v")]
        [MatMul("q", "k", TransposeB = true, Heads = 3, Name = "scores")]
        [Softmax(Name = "weights")]
        [MatMul("weights", "v", Heads = 3, Name = "values")]
        """;

    /// <summary>Relevance is divided by outputs of which some are near 0, where the terms cancel and their rounding does not.</summary>
    private const double Rounding = 5e-5;

    private static readonly ConcurrentDictionary<string, Lazy<Assembly>> Assemblies = [];

    /// <summary>Rules whose relevance is worked out by hand.</summary>
    private static readonly string[] Own =
    [
        "[Epsilon(0, On = LayerKinds.MatMul)]",
        "[ZPlus(On = LayerKinds.MatMul, Stabilizer = 0)]",
        "[AlphaBeta(2, 1, On = LayerKinds.MatMul, Stabilizer = 0)]",
        "[WSquare(On = LayerKinds.MatMul, Stabilizer = 0)]",
        "[Flat(On = LayerKinds.MatMul, Stabilizer = 0)]",
        "[Gamma(1, On = LayerKinds.MatMul, Layer = \"z\", Stabilizer = 0)]",
    ];

    private static readonly double[] X = [.. Enumerable.Range(0, Rows * 3 * Features).Select(i => Math.Sin(1.7 * i) + 0.25)];

    [Theory]
    [InlineData("0")]
    [InlineData("unlimited")]
    public void AttentionIsExplainedByItsFormulas(string budget)
    {
        INetwork network = NetworkLibrary.Load(Library(budget), "Attention", new TensorDictionary());
        float[] input = Array.ConvertAll(X, value => (float)value);
        float[] v = [.. Enumerable.Range(0, Rows * Features).Select(j => MathF.Cos(3 * j))];
        foreach ((string explanation, double part) in new[] { ("CPLRP", 1.0), ("AttnLRP", 0.5) })
        {
            float[] relevance = new float[input.Length];
            network.Explain(explanation, input, v, relevance);
            Numbers.AssertClose(Explain(Array.ConvertAll(v, value => (double)value), part), relevance.ToDoubles(), Rounding, explanation);
            Ledger ledger = network.Trace(explanation, input, 3).Ledger!;
            Assert.All(ledger.Rows, row => Assert.InRange(Math.Abs(row.Residual), 0, 1e-6 * (1 + Math.Abs(row.Output) + Math.Abs(row.Softmax))));
            Assert.Equal(part < 1, ledger.Softmax != 0);
            Assert.Equal(part < 1, ledger.ToString().Contains("softmax", StringComparison.Ordinal));
        }
    }

    /// <summary>The channels of scores are the rows that keys are of. Queries and keys get relevance through the chosen ones alone.</summary>
    [Theory]
    [InlineData("0")]
    [InlineData("unlimited")]
    public void RelevanceFlowsThroughTheScoresOfChosenKeys(string budget)
    {
        INetwork network = NetworkLibrary.Load(Library(budget), "Masked", new TensorDictionary());
        MaskedCalls<float> calls = new(network, "AttnLRP");
        foreach (int[] keys in new int[][] { [0], [4, 1], [0, 1, 2, 3, 4] })
        {
            Explanation trace = calls.Trace(Array.ConvertAll(X, value => (float)value), 3, keys);
            double[] expected = Explain(trace["values"].Relevance.ToArray().ToDoubles(), 0.5, keys);
            Numbers.AssertClose(expected, trace.Relevance.ToArray().ToDoubles(), Rounding, $"keys {string.Join(", ", keys)}");
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("unlimited")]
    public void BatchesGiveTheBitsThatSinglesGive(string budget)
    {
        INetwork network = NetworkLibrary.Load(Library(budget), "Attention", new TensorDictionary());
        float[][] samples = [.. Enumerable.Range(1, 5).Select(sample => Array.ConvertAll(X, value => (float)value / sample))];
        int[] targets = [4, 0, 17, 4, 89];
        float[] outputs = new float[samples.Length * network.OutputSize];
        network.ForwardBatch(samples.SelectMany(sample => sample).ToArray(), outputs);
        Assert.Equal(samples.SelectMany(sample => Result(network.OutputSize, output => network.Forward(sample, output))), outputs);
        foreach (string explanation in network.Explanations)
        {
            float[] relevances = new float[samples.Length * network.InputSize];
            network.ExplainBatch(explanation, samples.SelectMany(sample => sample).ToArray(), targets, relevances);
            Assert.Equal(
                samples.Zip(targets).SelectMany(sample =>
                    Result(network.InputSize, relevance => network.Explain(explanation, sample.First, sample.Second, relevance))),
                relevances);
        }

        static float[] Result(int size, Action<float[]> call)
        {
            float[] result = new float[size];
            call(result);
            return result;
        }
    }

    /// <summary>
    /// z = a b with a = (1, 2) and b = (3, −1)ᵀ has the terms 3 and −2, z = 1: R is 1. Each factor takes half of what a rule gives:
    /// ε as the terms are; z⁺ the positive one alone; α2β1 2·½ of the positive and −½ of the negative one; w² 9 : 1 and 1 : 4; flat equally;
    /// γ = 1, as z &gt; 0, in the ratio 3·2 : −2, so 6/4 and −2/4 of ½.
    /// </summary>
    [Theory]
    [InlineData(0, 1.5, -1, 1.5, -1)]
    [InlineData(1, 0.5, 0, 0.5, 0)]
    [InlineData(2, 1, -0.5, 1, -0.5)]
    [InlineData(3, 0.45, 0.05, 0.1, 0.4)]
    [InlineData(4, 0.25, 0.25, 0.25, 0.25)]
    [InlineData(5, 0.75, -0.25, 0.75, -0.25)]
    public void EveryRuleTakesTheOtherFactorForTheWeights(int rule, double a0, double a1, double b0, double b1)
    {
        foreach (string budget in new[] { "0", "unlimited" })
        {
            INetwork network = NetworkLibrary.Load(Library(budget), $"Product{rule}", new TensorDictionary());
            float[] relevance = new float[4];
            network.Explain("Own", [1, 2, 3, -1], 0, relevance);
            Numbers.AssertClose([a0, a1, b0, b1], relevance.ToDoubles(), 1e-6, Own[rule]);
            Assert.All(network.Trace("Own", [1, 2, 3, -1], 0).Ledger!.Rows, row => Assert.InRange(row.Residual, -1e-6, 1e-6));
        }
    }

    private static Assembly Library(string budget) => Assemblies.GetOrAdd(budget, budget => new(() => Compiler.Load(budget, Sources()))).Value;

    private static IEnumerable<string> Sources() =>
    [
        $"using LrpGen; namespace Declared; {Layers} [Explain<CPLRP>] [Explain<AttnLRP>] public sealed partial class Attention;",
        $"using LrpGen; namespace Declared; {Layers} [Mean(Dim = 1)] [Explain<AttnLRP>(Mask = \"scores\")] public sealed partial class Masked;",
        .. Own.Select((rule, index) =>
            $"""
            using LrpGen; using LrpGen.Rules;
            namespace Declared;
            {rule} public readonly struct Own{index} : IComposite;
            [Network(2, 2)] [Narrow(0, 1, Name = "a")] [Narrow(1, 1, From = "input", Name = "b")]
            [MatMul("a", "b", TransposeB = true, Name = "z")] [Flatten]
            [Explain<Own{index}>(Name = "Own", Seed = Seed.One)]
            public sealed partial class Product{index};
            """),
    ];

    /// <summary>Relevance of queries, keys and values as the formulas say.</summary>
    /// <param name="part">1: the weights of attention are constants. ½: the Taylor expansion of the softmax, and products by halves.</param>
    /// <param name="keys">Rows of the keys through whose scores relevance flows; null for all.</param>
    private static double[] Explain(double[] r, double part, int[]? keys = null)
    {
        double[] result = new double[X.Length];
        for (int head = 0; head < Heads; head++)
        {
            double Of(int which, int row, int i) => X[(row * 3 * Features) + (which * Features) + (head * Size) + i];
            double[,] scores = Matrix(Rows, Rows, (t, s) => Sum(Size, i => Of(0, t, i) * Of(1, s, i)));
            double[,] weights = Matrix(Rows, Rows, (t, s) => Math.Exp(scores[t, s]) / Sum(Rows, k => Math.Exp(scores[t, k])));
            double[,] values = Matrix(Rows, Size, (t, i) => Sum(Rows, s => weights[t, s] * Of(2, s, i)));
            double[,] u = Matrix(Rows, Size, (t, i) => part * r[(t * Features) + (head * Size) + i] / Stabilized(values[t, i]));
            double[,] ofWeights = Matrix(Rows, Rows, (t, s) => weights[t, s] * Sum(Size, i => u[t, i] * Of(2, s, i)));
            double[,] ofScores = Matrix(Rows, Rows, (t, s) => scores[t, s] * (ofWeights[t, s] - (weights[t, s] * Sum(Rows, k => ofWeights[t, k]))));
            bool flows(int s) => part < 1 && (keys ?? [s]).Contains(s);
            double[,] g = Matrix(Rows, Rows, (t, s) => flows(s) ? part * ofScores[t, s] / Stabilized(scores[t, s]) : 0);
            for (int row = 0; row < Rows; row++)
            {
                for (int i = 0; i < Size; i++)
                {
                    int at = (row * 3 * Features) + (head * Size) + i;
                    result[at] = Of(0, row, i) * Sum(Rows, s => g[row, s] * Of(1, s, i));
                    result[at + Features] = Of(1, row, i) * Sum(Rows, t => g[t, row] * Of(0, t, i));
                    result[at + (2 * Features)] = Of(2, row, i) * Sum(Rows, t => weights[t, row] * u[t, i]);
                }
            }
        }

        return result;
    }

    private static double Stabilized(double z) => z < 0 ? z - Stabilizer : z + Stabilizer;

    private static double Sum(int count, Func<int, double> term) => Enumerable.Range(0, count).Sum(term);

    private static double[,] Matrix(int rows, int columns, Func<int, int, double> element)
    {
        double[,] matrix = new double[rows, columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                matrix[row, column] = element(row, column);
            }
        }

        return matrix;
    }
}
