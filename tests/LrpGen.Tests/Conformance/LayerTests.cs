using System.Collections.Concurrent;
using System.Reflection;
using LrpGen.Tests.Engine;

namespace LrpGen.Tests.Conformance;

/// <summary>
/// Each of the layers beyond the convolutional ones, alone, against its definition in float64: outputs; the gradient, by central differences of the
/// definition; the relevance of layers that only move values, which is their gradient times R; and what CPLRP gives of sums and gates.
/// </summary>
public sealed class LayerTests
{
    private static readonly ConcurrentDictionary<string, Lazy<Assembly>> Assemblies = [];

    private static readonly Case[] Cases =
    [
        new("Transpose", [3, 5], "[Transpose]", x => Map([5, 3], k => x[(k[1] * 5) + k[0]]), Moves: true),
        new("TransposeOfThree", [2, 3, 4], "[Transpose]", x => Map([2, 4, 3], k => x[(((k[0] * 3) + k[2]) * 4) + k[1]]), Moves: true),
        new("Permute", [2, 3, 4], "[Permute(2, 0, 1)]", x => Map([4, 2, 3], k => x[(((k[1] * 3) + k[2]) * 4) + k[0]]), Moves: true),
        new("PermuteOfFour", [2, 3, 2, 4], "[Permute(3, -2, 0, 1)]", x => Map([4, 2, 2, 3], k => x[(((((k[2] * 3) + k[3]) * 2) + k[1]) * 4) + k[0]]), Moves: true),
        new("Reshape", [4, 6], "[Reshape(2, -1, 3)]", x => x, Moves: true),
        new("ReshapeOfImage", [4, 2, 3], "[MaxPool2d(1)] [Reshape(3, 8)]", x => x, Moves: true),
        new("FlattenFrom", [3, 4, 5], "[Flatten(StartDim = 1)]", x => x, Moves: true),
        new("Select", [3, 4, 5], "[Select(-1, Dim = 1)]", x => Map([3, 5], k => x[(((k[0] * 4) + 3) * 5) + k[1]]), Moves: true),
        new("SelectOfLanes", [3, 5], "[LayerNorm(Affine = false)] [Select(2, Dim = -1)]", x => Map([3], k => Normal(x, 3, 5)[(k[0] * 5) + 2])),
        new("Narrow", [6, 4], "[Narrow(2, 3)]", x => Map([3, 4], k => x[((k[0] + 2) * 4) + k[1]]), Moves: true),
        new("NarrowOfLanes", [3, 20], "[Narrow(-19, 17, Dim = 1)]", x => Map([3, 17], k => x[(k[0] * 20) + k[1] + 1]), Moves: true),
        new("ConcatOfRows", [2, 5], "[Tanh] [Concat(\"input\", \"0\", Dim = 0)]", x => [.. x, .. x.Select(Math.Tanh)]),
        new("ConcatOfLanes", [2, 5], "[Tanh] [Concat(\"input\", \"0\", Dim = -1)]", x => Map([2, 10], k => k[1] < 5 ? x[(k[0] * 5) + k[1]] : Math.Tanh(x[(k[0] * 5) + k[1] - 5]))),
        new("MeanOfRows", [4, 5], "[Mean(Dim = 0)]", x => Map([5], k => Enumerable.Range(0, 4).Average(t => x[(t * 5) + k[0]]))),
        new("MeanOfLanes", [4, 5], "[Mean(Dim = 1)]", x => Map([4], k => Enumerable.Range(0, 5).Average(e => x[(k[0] * 5) + e]))),
        new("MeanInside", [3, 4, 5], "[Mean(Dim = 1)]", x => Map([3, 5], k => Enumerable.Range(0, 4).Average(m => x[(((k[0] * 4) + m) * 5) + k[1]]))),
        new("Max", [3, 4, 5], "[Max(Dim = 1)]", x => Map([3, 5], k => Enumerable.Range(0, 4).Max(m => x[(((k[0] * 4) + m) * 5) + k[1]])), Moves: true),
        new("MaxOfRows", [4, 5], "[Max]", x => Map([5], k => Enumerable.Range(0, 4).Max(t => x[(t * 5) + k[0]])), Moves: true),
        new("SoftmaxOfRows", [4, 5], "[Softmax(Dim = 0)]", x => Map([4, 5], k => Math.Exp(x[(k[0] * 5) + k[1]]) / Enumerable.Range(0, 4).Sum(t => Math.Exp(x[(t * 5) + k[1]])))),
        new("SoftmaxOfLanes", [4, 5], "[Softmax]", x => Map([4, 5], k => Math.Exp(x[(k[0] * 5) + k[1]]) / Enumerable.Range(0, 5).Sum(e => Math.Exp(x[(k[0] * 5) + e])))),
        new("PixelShuffle", [8, 2, 3], "[PixelShuffle(2)]", x => Map([2, 4, 6], k => x[(((((k[0] * 4) + (k[1] % 2 * 2) + (k[2] % 2)) * 2) + (k[1] / 2)) * 3) + (k[2] / 2)]), Moves: true),
        new("ChannelShuffle", [6, 2, 2], "[ChannelShuffle(3)]", x => Map([6, 4], k => x[((((k[0] % 3) * 2) + (k[0] / 3)) * 4) + k[1]]), Moves: true),
        new("ZeroPad2d", [2, 3, 4], "[ZeroPad2d(1, 2, 0, 3)]", x => Map([2, 6, 7], k => k[1] < 3 && k[2] is >= 1 and < 5 ? x[(((k[0] * 3) + k[1]) * 4) + k[2] - 1] : 0), Moves: true),
        new("ReflectionPad2d", [2, 3, 4], "[ReflectionPad2d(2)]", x => Map([2, 7, 8], k => x[(((k[0] * 3) + Reflect(k[1] - 2, 3)) * 4) + Reflect(k[2] - 2, 4)]), Moves: true),
        new("AdaptiveMaxPool2d", [2, 5, 4], "[AdaptiveMaxPool2d(3, 2)]", x => Map([2, 3, 2], k => Largest(x, k[0], 5, 4, k[1] * 5 / 3, (((k[1] + 1) * 5) + 2) / 3, k[2] * 2, (k[2] * 2) + 2)), Moves: true),
        new("UpsampleNearest", [2, 3, 2], "[Upsample(3)]", x => Map([2, 9, 6], k => x[(((k[0] * 3) + (k[1] / 3)) * 2) + (k[2] / 3)])),
        new("UpsampleBilinear", [2, 3, 2], "[Upsample(2, Mode = UpsampleMode.Bilinear)]", x => Map([2, 6, 4], k => Bilinear(x, k[0], 3, 2, ((k[1] + 0.5) / 2) - 0.5, ((k[2] + 0.5) / 2) - 0.5))),
        new("LayerNorm", [4, 20], "[LayerNorm(Eps = 0.01, Affine = false)]", x => Normal(x, 4, 20, eps: 0.01)),
        new("LayerNormOfTwo", [2, 3, 4], "[LayerNorm(Axes = 2, Affine = false)]", x => Normal(x, 2, 12)),
        new("InstanceNorm2d", [5, 3, 4], "[InstanceNorm2d]", x => Normal(x, 5, 12)),
        new("InstanceNorm1d", [3, 7], "[InstanceNorm1d]", x => Normal(x, 3, 7)),
        new("GroupNorm", [6, 2, 3], "[GroupNorm(2, Affine = false)]", x => Normal(x, 2, 18)),
        new("Normalize", [3, 5], "[Normalize]", x => Map([3, 5], k => x[(k[0] * 5) + k[1]] / Math.Sqrt(Enumerable.Range(0, 5).Sum(e => Math.Pow(x[(k[0] * 5) + e], 2))))),
        new("AddBroadcast", [3, 4], "[Mean(Dim = 0)] [Reshape(1, 4)] [Add(\"input\", \"1\")]", x => Map([3, 4], k => x[(k[0] * 4) + k[1]] + Enumerable.Range(0, 3).Average(t => x[(t * 4) + k[1]]))),
        new("AddLowerRank", [3, 4], "[Mean(Dim = 0)] [Add(\"0\", \"input\")]", x => Map([3, 4], k => x[(k[0] * 4) + k[1]] + Enumerable.Range(0, 3).Average(t => x[(t * 4) + k[1]]))),
        new("MultiplyBroadcastRows", [3, 4], "[Mean(Dim = 1)] [Reshape(3, 1)] [Multiply(\"1\", \"input\")]", x => Map([3, 4], k => x[(k[0] * 4) + k[1]] * Enumerable.Range(0, 4).Average(e => x[(k[0] * 4) + e]))),
        new("MultiplyBroadcastLanes", [3, 4], "[Mean(Dim = 0)] [Multiply(\"input\", \"0\")]", x => Map([3, 4], k => x[(k[0] * 4) + k[1]] * Enumerable.Range(0, 3).Average(t => x[(t * 4) + k[1]]))),
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
        new("MultiplyItself", [3, 4], "[Multiply(\"input\", \"input\")]", x => [.. x.Select(value => value * value)]),
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

    /// <summary>Each of some groups of values, less its mean and over its deviation.</summary>
    private static double[] Normal(double[] x, int groups, int size, double eps = 1e-5) => Map([groups, size], k =>
    {
        ArraySegment<double> group = new(x, k[0] * size, size);
        double mean = group.Average();
        return (x[(k[0] * size) + k[1]] - mean) / Math.Sqrt(group.Average(value => (value - mean) * (value - mean)) + eps);
    });

    /// <summary>An output of attention whose queries, keys and values are x, unscaled.</summary>
    private static double Attention(double[] x, int rows, int features, int heads, int row, int feature)
    {
        int size = features / heads;
        int first = feature / size * size;
        double[] scores = [.. Enumerable.Range(0, rows).Select(s => Enumerable.Range(first, size).Sum(i => x[(row * features) + i] * x[(s * features) + i]))];
        double[] exponentials = [.. scores.Select(score => Math.Exp(score - scores.Max()))];
        return exponentials.Select((value, s) => value * x[(s * features) + feature]).Sum() / exponentials.Sum();
    }

    private static int Reflect(int position, int size) => position < 0 ? -position : position >= size ? (2 * size) - 2 - position : position;

    private static double Largest(double[] x, int channel, int height, int width, int top, int bottom, int left, int right) =>
        (from row in Enumerable.Range(top, bottom - top)
         from column in Enumerable.Range(left, right - left)
         select x[(((channel * height) + row) * width) + column]).Max();

    private static double Bilinear(double[] x, int channel, int height, int width, double row, double column)
    {
        (double y, double z) = (Math.Max(row, 0), Math.Max(column, 0));
        (int top, int left) = ((int)y, (int)z);
        double At(int r, int c) => x[(((channel * height) + Math.Min(r, height - 1)) * width) + Math.Min(c, width - 1)];
        double Along(int r) => (At(r, left) * (1 - (z - left))) + (At(r, left + 1) * (z - left));
        return (Along(top) * (1 - (y - top))) + (Along(top + 1) * (y - top));
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
