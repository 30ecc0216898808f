using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>A network of Data/conformance/sequences, or of varying beside it, with the relevances that it must give, computed in float64.</summary>
internal class SequenceCase : FileCase
{
    private static readonly string Sequences = Path.Combine(AppContext.BaseDirectory, "Data", "conformance", "sequences");

    protected SequenceCase(string folder, string name, bool isVariable)
        : base(folder, name, "shape", isVariable)
    {
        Explanations = Json.GetProperty("yardstick").EnumerateObject().ToDictionary(
            key => key.Name, key => key.Name == "zplus" ? new(key.Name, new RuleSpec("ZPlus")) : Presets.Get(key.Name));
    }

    public static IReadOnlyDictionary<string, SequenceCase> All { get; } =
        ReadAll(Sequences, name => new SequenceCase(Sequences, name, isVariable: false));

    /// <summary>Presets, and <c>zplus</c>, which is z⁺ for every linear layer and convolution.</summary>
    public override IReadOnlyDictionary<string, ExplanationSpec> Explanations { get; }

    /// <summary>Tensors have one sample.</summary>
    protected override string NameOf(string kind, int sample) => $"{kind}.{sample}";

    protected override float[] Of(float[] tensor, int sample) => tensor;
}
