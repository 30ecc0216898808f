using System.Globalization;
using System.Text.Json;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>A network of Data/conformance with the relevances that Zennit gives for it in float64.</summary>
internal sealed class ConformanceCase : FileCase
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data", "conformance");

    private ConformanceCase(string name)
        : base(Folder, name, "input_shape")
    {
        Explanations = Json.GetProperty("composites").EnumerateObject().ToDictionary(composite => composite.Name, ReadExplanation);
    }

    public static IReadOnlyDictionary<string, ConformanceCase> All { get; } = ReadAll(Folder, name => new ConformanceCase(name));

    public override IReadOnlyDictionary<string, ExplanationSpec> Explanations { get; }

    /// <summary>Tensors have all samples.</summary>
    protected override string NameOf(string kind, int sample) => kind;

    protected override float[] Of(float[] tensor, int sample)
    {
        int size = tensor.Length / Targets.Count;
        return tensor[(sample * size)..((sample + 1) * size)];
    }

    /// <summary>
    /// Reads <c>{"first linear layer": "WSquare", "other linear layers": "ZPlus"}</c> or
    /// <c>{"preset": "EpsilonGammaBox(low=-3, high=3)"}</c>.
    /// </summary>
    private static ExplanationSpec ReadExplanation(JsonProperty composite)
    {
        string identifier = composite.Name.Replace('.', '_').Replace("-", "", StringComparison.Ordinal);
        if (composite.Value.TryGetProperty("preset", out JsonElement preset))
        {
            RuleSpec call = ReadCall(preset.GetString()!);
            return Presets.Get(call.Name, call.Parameters);
        }

        return new(identifier, [.. composite.Value.EnumerateObject().Select(rule => ReadCall(rule.Value.GetString()!) with
        {
            First = rule.Name == "first linear layer",
        })]);
    }

    /// <summary>Reads <c>Name(1, high=2)</c>.</summary>
    private static RuleSpec ReadCall(string text)
    {
        string[] parts = text.TrimEnd(')').Split('(');
        return new(parts[0], [.. parts.Skip(1).SelectMany(arguments => arguments.Split(',')).Select(argument =>
            double.Parse(argument.Split('=')[^1], CultureInfo.InvariantCulture))]);
    }
}
