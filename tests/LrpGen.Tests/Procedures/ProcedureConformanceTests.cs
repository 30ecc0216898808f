using LrpGen.Tests.Conformance;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Procedures;

/// <summary>Procedures of generated code on whole networks against those of the interpreter, or by what they must add up to.</summary>
public sealed class ProcedureConformanceTests
{
    /// <summary>Of the largest relevance. Float32 rounds each of some ten layers' sums by 6e-8, and relevances of both signs cancel.</summary>
    private const double RelevanceTolerance = 1e-4;

    /// <summary>Of f(x). Where the gradient jumps, as ReLU's does, the trapezoidal rule errs by up to one of its 32 steps at each jump.</summary>
    private const double QuadratureTolerance = 0.06;

    /// <summary>As <see cref="QuadratureTolerance"/>, with steps an eighth as long.</summary>
    private const double FineQuadratureTolerance = 0.005;

    /// <summary>Of f(x): where the search of a root is to end, some hundred times the rounding of float32.</summary>
    private const double RootTolerance = 1e-5;

    private static readonly ExplanationSpec[] Explanations =
    [
        Presets.Get("IntegratedGradients"),
        Presets.Get("IntegratedGradients") with { Name = "FromQuarter", Procedure = new AlongPathSpec(5, 0.25) },
        Presets.Get("SmoothGrad") with { Procedure = new WithNoiseSpec(5, 0.05, -3) },
        Presets.Get("EpsilonPlus") with { Name = "SmoothEpsilonPlus", Preset = null, Procedure = new WithNoiseSpec(3, 0.1) },
        Presets.Get("Occlusion") with { Procedure = new OccludeSpec(4, 3, 0.5) },
    ];

    private static readonly ExplanationSpec Fine = Presets.Get("IntegratedGradients") with { Name = "Fine", Procedure = new AlongPathSpec(256) };

    private static readonly NetworkLibrary Library = new(ConformanceCase.All.Values.Select(network => new Declaration(
        network.ClassName,
        network.Network,
        [.. Explanations, Fine, Presets.Get("TaylorDecomposition"), Presets.Get("Gradient"), Presets.Get("EpsilonPlus")])));

    public static TheoryData<string, string, EngineKind> NetworksExplanationsAndPasses()
    {
        TheoryData<string, string, EngineKind> data = [];
        foreach (ExplanationSpec explanation in Explanations)
        {
            foreach (string network in ConformanceCase.All.Keys)
            {
                data.Add(network, explanation.Name, EngineKind.Generated);
            }

            // The interpreter is slow, so it runs small networks only.
            foreach (string network in new[] { "mlp", "mlp_tanh", "conv1d", "cnn_odd" })
            {
                data.Add(network, explanation.Name, EngineKind.Interpreter);
            }
        }

        return data;
    }

    /// <summary>The passes are those of generated code, which other tests compare with the interpreter's, or the interpreter's.</summary>
    [Theory]
    [MemberData(nameof(NetworksExplanationsAndPasses))]
    public void RelevanceIsThatOfTheReference(string name, string explanation, EngineKind passes)
    {
        ConformanceCase given = ConformanceCase.All[name];
        ExplanationSpec spec = Explanations.Single(spec => spec.Name == explanation);
        using TensorFile weights = given.OpenWeights();
        INetwork network = Library.LoadGenerated(EngineKind.Generated, given.ClassName, weights);
        float[] input = given.Input(0);
        int target = given.Targets[0];
        double[] expected = spec.Procedure!.Explain(
            passes == EngineKind.Interpreter
                ? Interpreted(new Interpreter(given.Network, weights.ReadWeights(given.Network)), spec, target)
                : Generated(network, spec, target),
            given.Network.Input,
            input.ToDoubles());
        float[] relevance = new float[network.InputSize];
        network.Explain(explanation, input, target, relevance);
        Numbers.AssertClose(expected, relevance.ToDoubles(), RelevanceTolerance, explanation);
    }

    private static Passes Interpreted(Interpreter network, ExplanationSpec rules, int target) => new(
        point => network.Forward(point)[^1][target],
        point => network.Explain(rules, point, target).InputRelevance);

    private static Passes Generated(INetwork network, ExplanationSpec rules, int target)
    {
        float[] relevance = new float[network.InputSize];
        return new(
            point => Forward(network, ToFloats(point))[target],
            point =>
            {
                network.Explain(rules.Seed == Seed.One ? "Gradient" : "EpsilonPlus", ToFloats(point), target, relevance);
                return relevance.ToDoubles();
            });
    }

    private static float[] ToFloats(double[] values) => Array.ConvertAll(values, value => (float)value);

    public static TheoryData<string> Networks() => [.. ConformanceCase.All.Keys];

    /// <summary>ΣR = f(x) − f(0) up to the error of the quadrature, which more steps make smaller.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void IntegratedGradientsAreComplete(string name) => Check(name, (network, input, target, value) =>
    {
        double zero = Forward(network, new float[input.Length])[target];
        foreach ((string explanation, double tolerance) in new[] { ("IntegratedGradients", QuadratureTolerance), ("Fine", FineQuadratureTolerance) })
        {
            Explanation trace = network.Trace(explanation, input, target);
            Assert.Equal(new Completeness(value, zero, trace.Relevance.Span.ToDoubles().Sum()), trace.Completeness);
            Assert.InRange(Math.Abs(trace.Completeness!.Error) / Math.Abs(value), 0, tolerance);
        }
    });

    [Theory]
    [MemberData(nameof(Networks))]
    public void TaylorDecompositionFindsARoot(string name) => Check(name, (network, input, target, value) =>
    {
        Explanation trace = network.Trace("TaylorDecomposition", input, target);
        Assert.Equal(value, trace.Completeness!.Value);
        Assert.Equal(trace.Relevance.Span.ToDoubles().Sum(), trace.Completeness.RelevanceSum);
        Assert.InRange(Math.Abs(trace.Completeness.ReferenceValue) / Math.Abs(value), 0, RootTolerance);
    });

    /// <summary>A root and relevance relative to a given point, too, are found without allocation, the same on every thread.</summary>
    [Fact]
    public void CallsRelativeToAPointAllocateNothingAndAlwaysGiveTheSame() => Check("cnn_basic", (network, input, target, value) =>
    {
        RelativeCalls calls = new(network, "IntegratedGradients");
        float[] baseline = [.. input.Select(x => x / 2)];
        float[] expected = Relevance();
        Assert.True(expected.AsSpan(input.Length..).ContainsAnyExcept(0f));
        float[][] together = new float[16][];
        Parallel.For(0, together.Length, new() { MaxDegreeOfParallelism = 8 }, call => together[call] = Relevance());
        Assert.All(together, relevance => Assert.Equal(expected, relevance));

        float[] taylor = new float[input.Length];
        float[] path = new float[input.Length];
        Explain(taylor, path);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Explain(taylor, path);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        float[] Relevance()
        {
            float[] relevance = new float[2 * input.Length];
            Explain(relevance.AsSpan(..input.Length), relevance.AsSpan(input.Length..));
            return relevance;
        }

        void Explain(Span<float> taylor, Span<float> path)
        {
            network.Explain("TaylorDecomposition", input, target, taylor);
            calls.ExplainTarget(input, target, baseline, path);
        }
    });

    /// <param name="check">Takes a network, an input, a target, and its output.</param>
    private static void Check(string name, Action<INetwork, float[], int, double> check)
    {
        ConformanceCase given = ConformanceCase.All[name];
        using TensorFile weights = given.OpenWeights();
        INetwork network = Library.LoadGenerated(EngineKind.Generated, given.ClassName, weights);
        for (int sample = 0; sample < given.Targets.Count; sample++)
        {
            float[] input = given.Input(sample);
            check(network, input, given.Targets[sample], Forward(network, input)[given.Targets[sample]]);
        }
    }

    private static float[] Forward(INetwork network, float[] input)
    {
        float[] output = new float[network.OutputSize];
        network.Forward(input, output);
        return output;
    }
}
