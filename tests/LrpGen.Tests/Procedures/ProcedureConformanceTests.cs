using LrpGen.Tests.Conformance;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Procedures;

/// <summary>Procedures of generated code on whole networks against those of the interpreter, or by what they must add up to.</summary>
public sealed class ProcedureConformanceTests
{
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
        Numbers.AssertClose(expected, relevance.ToDoubles(), 1e-4, explanation);
    }

    private static Passes Interpreted(Interpreter network, ExplanationSpec rules, int target) => new(
        point => network.Forward(point)[^1][target],
        point => network.Explain(rules, point, target).InputRelevance);

    private static Passes Generated(INetwork network, ExplanationSpec rules, int target)
    {
        float[] output = new float[network.OutputSize];
        float[] relevance = new float[network.InputSize];
        return new(
            point =>
            {
                network.Forward(ToFloats(point), output);
                return output[target];
            },
            point =>
            {
                network.Explain(rules.Seed == Seed.One ? "Gradient" : "EpsilonPlus", ToFloats(point), target, relevance);
                return relevance.ToDoubles();
            });
    }

    private static float[] ToFloats(double[] values) => Array.ConvertAll(values, value => (float)value);

    public static TheoryData<string> Networks() => [.. ConformanceCase.All.Keys];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Figures(string name)
    {
        ConformanceCase given = ConformanceCase.All[name];
        using TensorFile weights = given.OpenWeights();
        INetwork network = Library.LoadGenerated(EngineKind.Generated, given.ClassName, weights);
        for (int sample = 0; sample < given.Targets.Count; sample++)
        {
            foreach (string e in new[] { "IntegratedGradients", "Fine", "TaylorDecomposition" })
            {
                try
                {
                    Completeness c = network.Trace(e, given.Input(sample), given.Targets[sample]).Completeness!;
                    File.AppendAllText("/tmp/figures.txt", $"{name} {sample} {e} f(x) {c.Value:g5} f(x0) {c.ReferenceValue:g5} sum {c.RelevanceSum:g5} error {c.Error:g3} rel {c.Error / (c.Value - c.ReferenceValue):g3} root {c.ReferenceValue / c.Value:g3}\n");
                }
                catch (NoRootException ex) { File.AppendAllText("/tmp/figures.txt", $"{name} {sample} {e} {ex.Message}\n"); }
            }
        }
    }
}
