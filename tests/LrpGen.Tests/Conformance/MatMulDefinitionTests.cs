using System.Collections.Concurrent;
using System.Reflection;
using LrpGen.Tests.Engine;

namespace LrpGen.Tests.Conformance;

/// <summary>
/// Products of two layers against their definition in float64: outputs; the gradient, by central differences of the definition; threads; ledgers.
/// </summary>
public sealed class MatMulDefinitionTests
{
    private static readonly ConcurrentDictionary<string, Lazy<Assembly>> Assemblies = [];

    private static readonly Case[] Cases =
    [
        new("MatMul", [7, 21], "[Narrow(0, 4, Name = \"a\")] [Narrow(3, 4, From = \"input\")] [Narrow(2, 7, Dim = 1, Name = \"b\")] [Transpose(Name = \"bt\")] [MatMul(\"bt\", \"a\")]",
            x => Map([7, 21], k => Enumerable.Range(0, 4).Sum(i => x[((i + 3) * 21) + k[0] + 2] * x[(i * 21) + k[1]]))),
        new("MatMulTransposed", [2, 5, 19], "[Tanh(Name = \"b\")] [MatMul(\"input\", \"b\", TransposeB = true)]",
            x => Map([2, 5, 5], k => Enumerable.Range(0, 19).Sum(i => x[(((k[0] * 5) + k[1]) * 19) + i] * Math.Tanh(x[(((k[0] * 5) + k[2]) * 19) + i])))),
        new("MatMulItself", [9, 3], "[MatMul(\"input\", \"input\", TransposeB = true)]",
            x => Map([9, 9], k => Enumerable.Range(0, 3).Sum(i => x[(k[0] * 3) + i] * x[(k[1] * 3) + i]))),
        new("MatMulOfHeads", [6, 15], "[Tanh(Name = \"q\")] [Narrow(1, 5, From = \"input\", Name = \"k\")] [MatMul(\"q\", \"k\", TransposeB = true, Heads = 3)] [MatMul(\"2\", \"k\", Heads = 3)]",
            x => Map([6, 15], k => Enumerable.Range(0, 5).Sum(s => x[((s + 1) * 15) + k[1]]
                * Enumerable.Range(k[1] / 5 * 5, 5).Sum(i => Math.Tanh(x[(k[0] * 15) + i]) * x[((s + 1) * 15) + i])))),
        new("Attention", [5, 40], "[MatMul(\"input\", \"input\", TransposeB = true, Heads = 2)] [Softmax] [MatMul(\"1\", \"input\", Heads = 2)]",
            x => Map([5, 40], k => Attention(x, 5, 40, 2, k[0], k[1]))),
    ];

    public static TheoryData<string, string> NamesAndBudgets()
    {
        TheoryData<string, string> data = [];
        foreach (Case layer in Cases)
        {
            data.Add(layer.Name, "0");
            data.Add(layer.Name, "unlimited");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(NamesAndBudgets))]
    public void OutputsGradientAndRelevanceAreThoseOfTheDefinition(string name, string budget)
    {
        Case layer = Cases.Single(candidate => candidate.Name == name);
        INetwork network = Load(layer, budget);
        double[] x = layer.Input;
        float[] input = Array.ConvertAll(x, value => (float)value);
        double[] expected = layer.Definition(x);
        float[] output = new float[network.OutputSize];
        network.Forward(input, output);
        Numbers.AssertClose(expected, output.ToDoubles(), 1e-6, "outputs");

        // Relevance that differs from output to output.
        float[] v = [.. Enumerable.Range(0, output.Length).Select(j => MathF.Cos(3 * j))];
        double[] gradient = [.. x.Select((_, i) => Derivative(layer, i).Zip(v, (derivative, r) => derivative * r).Sum())];
        Numbers.AssertClose(gradient, Explain(network, "Gradient").ToDoubles(), 1e-5, "gradient");
        float[] relevance = Explain(network, "CPLRP");
        if (layer.Moves)
        {
            Numbers.AssertClose(gradient, relevance.ToDoubles(), 1e-6, "relevance");
        }

        Assert.Equal(relevance, Explain(network.WithThreads(3), "CPLRP"));
        Explanation trace = network.Trace("CPLRP", input, 0);
        Assert.All(trace.Ledger!.Rows, row => Assert.InRange(Math.Abs(row.Residual), 0, 1e-5 * (Math.Abs(row.Output) + Math.Abs(row.Bias) + Math.Abs(row.Stabilizer) + 1e-3)));

        float[] Explain(INetwork explaining, string explanation)
        {
            float[] result = new float[explaining.InputSize];
            explaining.Explain(explanation, input, v, result);
            return result;
        }
    }

    /// <summary>∂ outputs / ∂ x_i, by central differences.</summary>
    private static double[] Derivative(Case layer, int i)
    {
        const double Step = 1e-5;
        double[] above = [.. layer.Input];
        double[] below = [.. layer.Input];
        above[i] += Step;
        below[i] -= Step;
        return [.. layer.Definition(above).Zip(layer.Definition(below), (high, low) => (high - low) / (2 * Step))];
    }

    private static INetwork Load(Case layer, string budget)
    {
        Assembly assembly = Assemblies.GetOrAdd(budget, budget => new(() => Compiler.Load(budget, Cases.Select(SourceOf)))).Value;
        return NetworkLibrary.Load(assembly, $"{layer.Name}Net", new TensorDictionary());
    }

    private static string SourceOf(Case layer) =>
        $"""
        using LrpGen;
        namespace Declared;
        [Network({string.Join(", ", layer.Shape)})] {layer.Layers} [Explain<CPLRP>] [Explain<Gradient>]
        public sealed partial class {layer.Name}Net;
        """;

    /// <summary>All elements of a tensor in order, each of its indices.</summary>
    private static double[] Map(int[] shape, Func<int[], double> element)
    {
        double[] values = new double[shape.Aggregate(1, (product, size) => product * size)];
        for (int k = 0; k < values.Length; k++)
        {
            int[] index = new int[shape.Length];
            int rest = k;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                index[axis] = rest % shape[axis];
                rest /= shape[axis];
            }

            values[k] = element(index);
        }

        return values;
    }

    /// <summary>An output of attention whose queries, keys and values are x, unscaled.</summary>
    private static double Attention(double[] x, int rows, int features, int heads, int row, int feature)
    {
        int size = features / heads;
        int first = feature / size * size;
        double[] scores = [.. Enumerable.Range(0, rows).Select(s => Enumerable.Range(first, size).Sum(i => x[(row * features) + i] * x[(s * features) + i]))];
        double[] exponentials = [.. scores.Select(score => Math.Exp(score - scores.Max()))];
        return exponentials.Select((value, s) => value * x[(s * features) + feature]).Sum() / exponentials.Sum();
    }

    /// <summary>A layer, perhaps with others that it needs.</summary>
    /// <param name="Shape">Of the input.</param>
    /// <param name="Layers">As declared.</param>
    /// <param name="Definition">Outputs for an input.</param>
    /// <param name="Moves">Whether it only moves values, so that relevance goes back where they came from.</param>
    private sealed record Case(string Name, int[] Shape, string Layers, Func<double[], double[]> Definition, bool Moves = false)
    {
        /// <summary>Values of either sign that float has exactly, no two of them near each other.</summary>
        public double[] Input => [.. Enumerable.Range(0, Shape.Aggregate(1, (product, size) => product * size)).Select(i => ((((i * 37) + 11) % 127) - 60) / 32.0)];
    }
}
