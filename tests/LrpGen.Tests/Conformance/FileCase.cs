using System.Text.Json;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>A network in files, with the outputs and relevances that it must give; the README beside them says what they hold.</summary>
/// <param name="folder">The folder of the files.</param>
/// <param name="name">How their names begin.</param>
/// <param name="shape">Where the description has the shape of the input, if that is no token ids.</param>
/// <param name="isVariable">Whether samples have lengths of their own.</param>
internal abstract class FileCase(string folder, string name, string shape, bool isVariable = false)
{
    private readonly TensorFile expected = TensorFile.Open(Path.Combine(folder, $"{name}.expected.safetensors"));

    public string Name => name;

    /// <summary>The name as C# writes classes: <c>CnnBasic</c>.</summary>
    public string ClassName => string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    public NetworkSpec Network => field ??= LayerReader.Network(Json, shape) with { IsVariable = isVariable };

    public Declaration Declaration => new(ClassName, Network, [.. Explanations.Values]);

    /// <summary>Explanations by key.</summary>
    public abstract IReadOnlyDictionary<string, ExplanationSpec> Explanations { get; }

    /// <summary>The explained output of each sample.</summary>
    public IReadOnlyList<int> Targets => field ??= [.. Json.GetProperty("targets").EnumerateArray().Select(target => target.GetInt32())];

    protected JsonElement Json { get; } = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, $"{name}.json"))).RootElement;

    protected static IReadOnlyDictionary<string, TCase> ReadAll<TCase>(string folder, Func<string, TCase> read) =>
        Directory.GetFiles(folder, "*.expected.safetensors")
            .Select(file => Path.GetFileName(file).Split('.')[0])
            .ToDictionary(name => name, read);

    /// <summary>The <c>state_dict</c>.</summary>
    public TensorFile OpenWeights() => TensorFile.Open(Path.Combine(folder, $"{name}.weights.safetensors"));

    public virtual float[] Input(int sample) => Read(NameOf("input", sample), sample);

    public float[] Output(int sample) => Read(NameOf("output", sample), sample);

    /// <summary>Expected relevance of the input.</summary>
    public float[] Relevance(string key, int sample) => Read($"{NameOf("relevance", sample)}/{key}", sample);

    /// <summary>The layers whose expected relevance is kept, with that relevance at their outputs.</summary>
    public IEnumerable<(string Layer, float[] Relevance)> KeptLayers(string key, int sample)
    {
        string start = $"{NameOf("relevance", sample)}/{key}/";
        return
            from tensor in expected.Names
            where tensor.StartsWith(start, StringComparison.Ordinal)
            select (tensor[start.Length..], Read(tensor, sample));
    }

    /// <summary>Largest permitted max |R − R64| / max |R64|.</summary>
    public double Tolerance(string key) => Math.Max(1e-5, 8 * Json.GetProperty("yardstick").GetProperty(key).GetDouble());

    /// <summary>Asserts that a network gives a sample's outputs and relevances.</summary>
    public Run Check(string key, int sample, IEngineNetwork network, double tolerance)
    {
        Run run = network.Explain(Explanations[key].Name, Input(sample), Targets[sample]);
        Numbers.AssertClose(Output(sample).ToDoubles(), run.Output, Math.Min(tolerance, 1e-5), $"{name}, outputs");
        Numbers.AssertClose(Relevance(key, sample).ToDoubles(), run.Relevance, tolerance, $"{name}, {key}, input");
        foreach ((string layer, float[] relevance) in KeptLayers(key, sample))
        {
            Numbers.AssertClose(relevance.ToDoubles(), run.Layers[layer].Relevance, tolerance, $"{name}, {key}, {layer}");
        }

        return run;
    }

    // Tests of several classes read the same file at one time.
    private float[] Read(string tensor, int sample)
    {
        lock (expected)
        {
            return Of(expected.Read(tensor), sample);
        }
    }

    /// <summary>Name of the tensor that has something for a sample.</summary>
    protected abstract string NameOf(string kind, int sample);

    /// <summary>What such a tensor has for the sample.</summary>
    protected abstract float[] Of(float[] tensor, int sample);
}
