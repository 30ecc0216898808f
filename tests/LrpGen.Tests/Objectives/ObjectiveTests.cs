using System.Reflection;
using LrpGen.Tests.Engine;

namespace LrpGen.Tests.Objectives;

/// <summary>
/// An explanation of an objective is the one from the relevance that its formula gives the outputs, in networks of each kind: with outputs that lie in
/// PyTorch's order and not, as many as the call chooses, on threads.
/// </summary>
public sealed class ObjectiveTests
{
    private const string Explanations =
        "[Explain<EpsilonPlus>] [Explain<Gradient>] [Explain<EpsilonPlus>(Name = \"Contrastive\", Seed = Seed.Contrastive)]";

    private static readonly Lazy<Assembly> Compiled = new(() => Compiler.Load(
        null,
        $$"""
        using System;
        using LrpGen;
        namespace Declared;
        [Network(7)] [Linear(9)] [ReLU] [Linear(6)] {{Explanations}} [Explain<InputTimesGradient>(Mask = "0")]
        [Explain<IntegratedGradients>(Steps = 400)] [Explain<TaylorDecomposition>] [Explain<Occlusion>(Window = 2, Stride = 1)] [Explain<SmoothGrad>]
        public sealed partial class Vector;
        [Network(2, 5, 6)] [Conv2d(4, 3)] [ReLU] [Conv2d(3, 2)] {{Explanations}}
        public sealed partial class Image;
        [Network(9, 4, Variable = true)] [Linear(8)] [ReLU] [Linear(5)] {{Explanations}} [Explain<Occlusion>(Window = 2, Stride = 1)]
        public sealed partial class Rows;
        [Network(9, 4, Variable = true)] [Transpose] [Conv1d(6, 3)] [Tanh] {{Explanations}}
        public sealed partial class Signal;
        [Network(Tokens = 12)] [Embedding(9, 96)] [Linear(1024)] [ReLU] [Linear(7)] {{Explanations}} [Explain<AttnLRP>]
        [Explain<IntegratedGradients>(Steps = 3)]
        public sealed partial class Decoder
        {
            public static float[] Call(ITensorSource weights, int[] ids) =>
                Load(weights).ExplainAttnLRP(ids, Objective.Difference(Objective.Output(-1, 3), Objective.Output(-1, 5)));

            public static void CallBatch(ITensorSource weights, ReadOnlyMemory<int>[] ids, IObjective[] objectives, Memory<float>[] relevances) =>
                Load(weights).ExplainAttnLRPBatch(ids, objectives, relevances);
        }
        """));

    /// <summary>Name of the network, and values of an input.</summary>
    public static TheoryData<string, int> Networks => new() { { "Vector", 7 }, { "Image", 60 }, { "Rows", 24 }, { "Signal", 20 } };

    [Theory]
    [MemberData(nameof(Networks))]
    public void DifferencesStartAtBothOutputs(string name, int size)
    {
        INetwork network = Load(name);
        float[] input = Tensors.Random(size, 1);
        float[] y = Forward(network, input);
        Check(network, "EpsilonPlus", input, Objective.Difference(4, 1), At(y.Length, (4, y[4]), (1, -y[1])), 0);
        Check(network, "Contrastive", input, Objective.Difference(4, 1), At(y.Length, (4, y[4]), (1, -y[1])), 0);
        Check(network, "Gradient", input, Objective.Difference(4, 1), At(y.Length, (4, 1), (1, -1)), 0);
        Check(network, "Gradient", input, Objective.Sum(Objective.Output(2), Objective.Output(2), 2, 0.5f), At(y.Length, (2, 2.5f)), 0);
        Check(network, "EpsilonPlus", input, new Margin(2, 0), At(y.Length, (2, y[2]), (0, -y[0])), 0);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void CosinesTakeTheNormsForConstants(string name, int size)
    {
        INetwork network = Load(name);
        float[] input = Tensors.Random(size, 2);
        float[] y = Forward(network, input);
        float[] v = Tensors.Random(y.Length, 3);
        double norms = Math.Sqrt(y.Sum(value => value * (double)value)) * Math.Sqrt(v.Sum(value => value * (double)value));
        float[] expected = [.. y.Zip(v, (a, b) => (float)(a * (double)b / norms))];
        Check(network, "EpsilonPlus", input, Objective.Cosine(v), expected, 1e-5);
        Explanation trace = network.Trace("EpsilonPlus", input, Objective.Cosine(v));
        Assert.Equal(-1, trace.Target);
        Assert.Equal(expected.Sum(value => (double)value), trace.Ledger!.Rows[^1].Output, 1e-6);
    }

    [Fact]
    public void RowsCountFromTheEnd()
    {
        INetwork rows = Load("Rows");
        float[] input = Tensors.Random(24, 4);
        float[] y = Forward(rows, input);
        Assert.Equal(30, y.Length);
        Check(rows, "EpsilonPlus", input, Objective.Output(-2, 3), At(30, (23, y[23])), 0);
        Check(rows, "EpsilonPlus", input, Objective.Output(1, 3), At(30, (8, y[8])), 0);
        float[] v = Tensors.Random(5, 5);
        float[] last = y[25..];
        double norms = Math.Sqrt(last.Sum(value => value * (double)value)) * Math.Sqrt(v.Sum(value => value * (double)value));
        Check(
            rows, "EpsilonPlus", input, Objective.Cosine(v, -1), [.. new float[25], .. last.Zip(v, (a, b) => (float)(a * (double)b / norms))], 1e-5);
    }

    /// <summary>The last axis is the one that the call chooses: 6 channels of 3 positions.</summary>
    [Fact]
    public void ColumnsMayBeAsManyAsTheCallChooses()
    {
        INetwork signal = Load("Signal");
        float[] input = Tensors.Random(20, 6);
        float[] y = Forward(signal, input);
        Check(signal, "EpsilonPlus", input, Objective.Output(-1, 2), At(18, (17, y[17])), 0);
    }

    [Fact]
    public void ThreadsGiveTheSameBits()
    {
        ITokenNetwork network = (ITokenNetwork)Load("Decoder", out TensorDictionary weights);
        int[] ids = [1, 8, 0, 3, 4, 4, 2, 7, 6, 5, 1, 0];
        float[] alone = new float[12];
        float[] path = new float[12];
        network.Explain("IntegratedGradients", ids, Objective.Output(-1, 3), alone);
        network.WithThreads(3).Explain("IntegratedGradients", ids, Objective.Output(-1, 3), path);
        Assert.Equal(alone, path);
        network.Explain("AttnLRP", ids, Objective.Difference(Objective.Output(-1, 3), Objective.Output(-1, 5)), alone);
        float[] shared = new float[12];
        ITokenNetwork team = network.WithThreads(3);
        Assert.Throws<ArgumentOutOfRangeException>("row", () => team.Explain("AttnLRP", ids, Objective.Output(-13, 0), shared));
        team.Explain("AttnLRP", ids, Objective.Difference(Objective.Output(-1, 3), Objective.Output(-1, 5)), shared);
        Assert.Equal(alone, shared);
        Assert.Equal(alone, Type("Decoder").GetMethod("Call")!.Invoke(null, [weights, ids]));
        float[] y = new float[84];
        network.Forward(ids, y);
        network.Explain("AttnLRP", ids, At(84, (80, y[80]), (82, -y[82])), shared);
        Assert.Equal(shared, alone);
    }

    [Fact]
    public void SamplesOfABatchHaveObjectivesOfTheirOwn()
    {
        INetwork network = Load("Vector");
        float[] inputs = Tensors.Random(21, 9);
        Margin[] margins = [new(0, 1), new(5, 2), new(3, 3, 2)];
        float[] relevances = new float[21];
        network.ExplainBatch("EpsilonPlus", inputs, margins, relevances, maxDegreeOfParallelism: 2);
        Assert.Equal(
            margins.SelectMany((margin, sample) => Explain(network, "EpsilonPlus", inputs[(7 * sample)..(7 * (sample + 1))], margin)), relevances);

        INetwork rows = Load("Rows");
        ReadOnlyMemory<float>[] lengths = [Tensors.Random(4, 1), Tensors.Random(36, 2), Tensors.Random(20, 3)];
        Memory<float>[] results = [.. lengths.Select(sample => new float[sample.Length])];
        rows.ExplainBatch("Occlusion", lengths, margins, results);
        Assert.All(lengths.Index(), sample => Assert.Equal(
            Explain(rows, "Occlusion", sample.Item.ToArray(), margins[sample.Index]), results[sample.Index].ToArray()));
    }

    /// <summary>The members that are generated, with objectives of several kinds.</summary>
    [Fact]
    public void TokensOfABatchHaveObjectivesOfTheirOwn()
    {
        ITokenNetwork network = (ITokenNetwork)Load("Decoder", out TensorDictionary weights);
        ReadOnlyMemory<int>[] samples = [new[] { 1, 2 }, new[] { 8 }, new[] { 3, 3, 0, 5 }];
        IObjective[] objectives = [new Margin(3, 8), Objective.Output(-1, 6), Objective.Cosine(Tensors.Random(7, 1), 2)];
        Memory<float>[] results = [.. samples.Select(sample => new float[sample.Length])];
        Type("Decoder").GetMethod("CallBatch")!.Invoke(null, [weights, samples, objectives, results]);
        Assert.All(samples.Index(), sample =>
        {
            float[] relevance = new float[sample.Item.Length];
            network.Explain("AttnLRP", sample.Item.Span, objectives[sample.Index], relevance);
            Assert.Equal(relevance, results[sample.Index].ToArray());
        });
    }

    [Fact]
    public void BadBatchesOfObjectivesAreRefused()
    {
        INetwork network = Load("Vector");
        float[] relevances = new float[14];
        Refused<ArgumentNullException>("objectives", "Value cannot be null", () => Call<Margin>(null));
        Refused<ArgumentException>("objectives", "Expected 2 values, 1 for each of 2 samples, but 1 are given.", () => Call([new Margin(0, 1)]));
        Refused<ArgumentException>(
            null, "Sample 1: Expected the index of an output, 0 to 5.", () => Call([Objective.Difference(3, 1), Objective.Difference(3, 6)]));
        Refused<ArgumentException>(
            "objectives",
            "Expected one for each of 1 samples, but 0 are given.",
            () => Load("Rows").ExplainBatch("EpsilonPlus", [Tensors.Random(4, 1)], Array.Empty<Margin>(), [new float[4]]));

        void Call<TObjective>(TObjective[]? objectives)
            where TObjective : IObjective => network.ExplainBatch("EpsilonPlus", Tensors.Random(14, 1), objectives!, relevances);
    }

    [Fact]
    public void CallsAllocateNothing()
    {
        INetwork network = Load("Rows");
        float[] input = Tensors.Random(24, 1);
        float[] relevance = new float[24];
        float[] v = Tensors.Random(30, 2);
        long allocated = long.MaxValue;
        for (int call = 0; call < 20; call++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            network.Explain("EpsilonPlus", input, Objective.Difference(3, 5), relevance);
            network.Explain("Occlusion", input, Objective.Cosine(v), relevance);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void MasksGoWithObjectives()
    {
        INetwork network = Load("Vector");
        float[] input = Tensors.Random(7, 1);
        float[] both = Masked(Objective.Difference(3, 5));
        float[] first = Masked(Objective.Output(3));
        float[] second = Masked(Objective.Output(5));
        for (int i = 0; i < 7; i++)
        {
            Assert.Equal(first[i] - second[i], both[i], 1e-5);
        }

        float[] Masked<TObjective>(TObjective objective)
            where TObjective : IObjective
        {
            MethodInfo method = Type("Vector").GetMethods().Single(method => method.Name == "ExplainInputTimesGradient"
                && method.IsGenericMethod && method.ReturnType == typeof(float[]) && method.GetParameters().Length == 3);
            return method.MakeGenericMethod(typeof(TObjective)).CreateDelegate<MaskedCall<TObjective>>(network)(input, objective, [1, 4, 8]);
        }
    }

    [Fact]
    public void ProceduresExplainTheValueOfAnObjective()
    {
        INetwork network = Load("Vector");
        float[] input = Tensors.Random(7, 7);
        float[] v = Tensors.Random(6, 8);
        Explanation path = network.Trace("IntegratedGradients", input, Objective.Cosine(v));
        Completeness sum = path.Completeness!;
        Assert.Equal(Cosine(Forward(network, input), v), sum.Value, 1e-6);
        Assert.Equal(Cosine(Forward(network, new float[7]), v), sum.ReferenceValue, 1e-6);

        // Of 400 steps a few go over a kink of a ReLU, where the gradient jumps.
        Assert.Equal(sum.Value - sum.ReferenceValue, sum.RelevanceSum, 1e-3);

        Completeness root = network.Trace("TaylorDecomposition", input, Objective.Difference(0, 1)).Completeness!;
        float[] y = Forward(network, input);
        Assert.Equal(y[0] - y[1], root.Value, 1e-6);
        Assert.InRange(Math.Abs(root.ReferenceValue), 0, 1e-3 * Math.Abs(root.Value));
        foreach (string explanation in new[] { "Occlusion", "SmoothGrad" })
        {
            float[] difference = Explain(network, explanation, input, Objective.Difference(3, 5));
            float[] expected = [.. Explain(network, explanation, input, Objective.Output(3))
                .Zip(Explain(network, explanation, input, Objective.Output(5)), (a, b) => a - b)];
            Numbers.AssertClose(expected.ToDoubles(), difference.ToDoubles(), 1e-5, explanation);
        }
    }

    [Fact]
    public void BadObjectivesAreRefused()
    {
        INetwork network = Load("Vector");
        float[] input = Tensors.Random(7, 1);
        float[] relevance = new float[7];
        Refused<ArgumentOutOfRangeException>("index", "Expected the index of an output, 0 to 5.", () => Call(Objective.Difference(3, 6)));
        Refused<ArgumentOutOfRangeException>(
            "row", "Expected a row of outputs, 0 to 0, or -1 to -1 from the end.", () => Call(Objective.Output(1, 0)));
        Refused<ArgumentOutOfRangeException>("column", "Expected a column of outputs, 0 to 5.", () => Call(Objective.Output(-1, -1)));
        Refused<ArgumentException>("vector", "Expected a vector of 6 values, but 5 are given.", () => Call(Objective.Cosine(Tensors.Random(5, 1))));
        Refused<ArgumentException>(
            "vector", "Expected a vector that is not 0, but all of its 6 values are.", () => Objective.Cosine(new float[6]));
        Refused<ArgumentException>(
            "vector", "Expected finite values, but the one at index 1 is NaN.", () => Objective.Cosine(new float[] { 1, float.NaN }));
        Refused<ArgumentOutOfRangeException>(
            "secondWeight", "Expected a finite weight.", () => Objective.Sum(Objective.Output(0), Objective.Output(1), 1, float.NaN));
        Refused<ArgumentException>(
            "objective", "Expected an objective that gives finite outputs finite values", () => Call(new Margin(0, 1, float.PositiveInfinity)));
        Refused<ArgumentException>(
            "explanation", "There is no explanation 'None'", () => network.Explain("None", input, new Margin(0, 1), relevance));

        INetwork silent = Load("Vector", _ => 0);
        Refused<ArgumentException>(
            "outputs", "Expected outputs that have a cosine", () => silent.Explain("EpsilonPlus", input, Objective.Cosine(Tensors.Random(6, 1)), relevance));

        void Call<TObjective>(TObjective objective)
            where TObjective : IObjective => network.Explain("EpsilonPlus", input, objective, relevance);
    }

    private static void Refused<TException>(string? parameter, string message, Action call)
        where TException : ArgumentException => Assert.StartsWith(message, Assert.Throws<TException>(parameter, call).Message);

    private static void Check<TObjective>(
        INetwork network, string explanation, float[] input, TObjective objective, float[] outputRelevance, double tolerance)
        where TObjective : IObjective
    {
        float[] expected = new float[input.Length];
        network.Explain(explanation, input, outputRelevance, expected);
        float[] relevance = Explain(network, explanation, input, objective);
        Assert.Contains(relevance, value => value != 0);
        double scale = expected.Max(Math.Abs);
        Assert.All(expected.Zip(relevance), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, tolerance * scale));
    }

    private static float[] Explain<TObjective>(INetwork network, string explanation, float[] input, TObjective objective)
        where TObjective : IObjective
    {
        float[] relevance = new float[input.Length];
        network.Explain(explanation, input, objective, relevance);
        return relevance;
    }

    private static float[] Forward(INetwork network, float[] input)
    {
        object? size = network.GetType().GetMethod("OutputSizeOf")?.Invoke(null, [input.Length]);
        float[] output = new float[size as int? ?? network.OutputSize];
        network.Forward(input, output);
        return output;
    }

    private static double Cosine(float[] y, float[] v) => y.Zip(v, (a, b) => a * (double)b).Sum()
        / Math.Sqrt(y.Sum(value => value * (double)value) * v.Sum(value => value * (double)value));

    private static float[] At(int count, params (int Index, float Value)[] values)
    {
        float[] relevance = new float[count];
        foreach ((int index, float value) in values)
        {
            relevance[index] += value;
        }

        return relevance;
    }

    private static Type Type(string name) => Compiled.Value.GetType($"Declared.{name}", throwOnError: true)!;

    private static INetwork Load(string name, Func<float, float>? change = null) => (INetwork)Load(name, out _, change);

    private static object Load(string name, out TensorDictionary weights, Func<float, float>? change = null)
    {
        weights = NetworkLibrary.DescriptionOf(Compiled.Value, name).Fill((tensor, count) =>
        {
            float[] values = Tensors.Random(count, tensor.Name.Length + tensor.Shape.Count);
            return change is null ? values : Array.ConvertAll(values, value => change(value));
        });
        return NetworkLibrary.LoadAny(Compiled.Value, name, weights);
    }

    private delegate float[] MaskedCall<TObjective>(ReadOnlySpan<float> input, TObjective objective, ReadOnlySpan<int> channels)
        where TObjective : IObjective;

    /// <summary>An objective of a user's.</summary>
    private readonly struct Margin(int wanted, int other, float weight = 1) : IObjective
    {
        public float Value(Outputs outputs) => outputs[wanted] - outputs[other];

        public void Relevance(Outputs outputs)
        {
            outputs.Add(wanted, weight * outputs[wanted]);
            outputs.Add(other, -outputs[other]);
        }

        public void Gradient(Outputs outputs)
        {
            outputs.Add(wanted, 1);
            outputs.Add(other, -1);
        }
    }
}
