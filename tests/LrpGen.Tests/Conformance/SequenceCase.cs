using System.Text.Json;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>A network of Data/conformance/sequences with the relevances that it must give; the README there says what the files hold.</summary>
internal sealed class SequenceCase
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data", "conformance", "sequences");

    private readonly string name;
    private readonly JsonElement json;
    private readonly TensorFile expected;

    private SequenceCase(string name)
    {
        this.name = name;
        json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.json"))).RootElement;
        Network = LayerReader.Network(json, "shape");
        Explanations = json.GetProperty("yardstick").EnumerateObject().ToDictionary(
            key => key.Name, key => key.Name == "zplus" ? new(key.Name, new RuleSpec("ZPlus")) : Presets.Get(key.Name));
        expected = TensorFile.Open(Path.Combine(Folder, $"{name}.expected.safetensors"));
    }

    public static IReadOnlyDictionary<string, SequenceCase> All { get; } = Directory.GetFiles(Folder, "*.expected.safetensors")
        .Select(file => new SequenceCase(Path.GetFileName(file).Split('.')[0]))
        .ToDictionary(network => network.name);

    /// <summary>The name as C# writes it.</summary>
    public string ClassName => string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    public NetworkSpec Network { get; }

    public Declaration Declaration => new(ClassName, Network, [.. Explanations.Values]);

    /// <summary>Explanations by key: presets, and <c>zplus</c>, which is z⁺ for every linear layer and convolution.</summary>
    public IReadOnlyDictionary<string, ExplanationSpec> Explanations { get; }

    public IReadOnlyList<int> Targets => [.. json.GetProperty("targets").EnumerateArray().Select(target => target.GetInt32())];

    public TensorFile OpenWeights() => TensorFile.Open(Path.Combine(Folder, $"{name}.weights.safetensors"));

    public float[] Input(int sample) => expected.Read($"input.{sample}");

    public float[] Output(int sample) => expected.Read($"output.{sample}");

    public float[] Relevance(string key, int sample) => expected.Read($"relevance.{sample}/{key}");

    /// <summary>The layers whose expected relevance is kept, with that relevance at their outputs.</summary>
    public IEnumerable<(string Layer, float[] Relevance)> KeptLayers(string key, int sample)
    {
        string start = $"relevance.{sample}/{key}/";
        return expected.Names.Where(tensor => tensor.StartsWith(start, StringComparison.Ordinal)).Select(tensor => (tensor[start.Length..], expected.Read(tensor)));
    }

    /// <summary>Largest permitted max |R − R64| / max |R64|.</summary>
    public double Tolerance(string key) => Math.Max(1e-5, 8 * json.GetProperty("yardstick").GetProperty(key).GetDouble());
}
