using System.Globalization;
using System.Text.Json;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>A network of Data/conformance with the relevances that Zennit gives for it in float64; its README says what the files hold.</summary>
internal sealed class ConformanceCase
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data", "conformance");

    private readonly JsonElement json;
    private readonly TensorFile expected;

    private ConformanceCase(string name)
    {
        Name = name;
        json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.json"))).RootElement;
        Network = LayerReader.Network(json, "input_shape");
        expected = TensorFile.Open(Path.Combine(Folder, $"{name}.expected.safetensors"));
        Targets = [.. json.GetProperty("targets").EnumerateArray().Select(target => target.GetInt32())];
        Explanations = json.GetProperty("composites").EnumerateObject().ToDictionary(composite => composite.Name, ReadExplanation);
    }

    public static IReadOnlyDictionary<string, ConformanceCase> All { get; } = Directory.GetFiles(Folder, "*.expected.safetensors")
        .Select(file => new ConformanceCase(Path.GetFileName(file).Split('.')[0]))
        .ToDictionary(network => network.Name);

    public string Name { get; }

    /// <summary>The name as C# writes classes: <c>CnnBasic</c>.</summary>
    public string ClassName => string.Concat(Name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    public NetworkSpec Network { get; }

    public Declaration Declaration => new(ClassName, Network, [.. Explanations.Values]);

    /// <summary>The explained output of each sample.</summary>
    public IReadOnlyList<int> Targets { get; }

    /// <summary>Explanations by key.</summary>
    public IReadOnlyDictionary<string, ExplanationSpec> Explanations { get; }

    /// <summary>The <c>state_dict</c>.</summary>
    public TensorFile OpenWeights() => TensorFile.Open(Path.Combine(Folder, $"{Name}.weights.safetensors"));

    public float[] Input(int sample) => Sample("input", sample);

    /// <summary>Expected logits.</summary>
    public float[] Output(int sample) => Sample("output", sample);

    /// <summary>Expected relevance of the input.</summary>
    public float[] Relevance(string key, int sample) => Sample($"relevance/{key}", sample);

    /// <summary>The layers whose expected relevance is kept, with that relevance at their outputs.</summary>
    public IEnumerable<(string Layer, float[] Relevance)> KeptLayers(string key, int sample) =>
        from name in expected.Names
        where name.StartsWith($"relevance/{key}/", StringComparison.Ordinal)
        select (name.Split('/')[^1], Sample(name, sample));

    /// <summary>Largest permitted max |R − R64| / max |R64|.</summary>
    public double Tolerance(string key) => Math.Max(1e-5, 8 * json.GetProperty("yardstick").GetProperty(key).GetDouble());

    private float[] Sample(string name, int sample)
    {
        float[] samples = expected.Read(name);
        int size = samples.Length / Targets.Count;
        return samples[(sample * size)..((sample + 1) * size)];
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
