using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>A network of Data/conformance/sequences with relevances that were computed in float64.</summary>
internal sealed class SequenceCase : FileCase
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data", "conformance", "sequences");

    private SequenceCase(string name)
        : base(Folder, name, "shape")
    {
        Explanations = Json.GetProperty("yardstick").EnumerateObject().ToDictionary(
            key => key.Name, key => key.Name == "zplus" ? new(key.Name, new RuleSpec("ZPlus")) : Presets.Get(key.Name));
    }

    public static IReadOnlyDictionary<string, SequenceCase> All { get; } = ReadAll(Folder, name => new SequenceCase(name));

    /// <summary>Presets, and <c>zplus</c>, which is z⁺ for every linear layer and convolution.</summary>
    public override IReadOnlyDictionary<string, ExplanationSpec> Explanations { get; }

    /// <summary>Tensors have one sample.</summary>
    protected override string NameOf(string kind, int sample) => $"{kind}.{sample}";

    protected override float[] Of(float[] tensor, int sample) => tensor;
}
