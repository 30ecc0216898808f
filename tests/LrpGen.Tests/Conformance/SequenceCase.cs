using System.Globalization;
using System.Text.Json;
using LrpGen.Tests.Weights;

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
        expected = TensorFile.Open(Path.Combine(Folder, $"{name}.expected.safetensors"));
    }

    public static IReadOnlyDictionary<string, SequenceCase> All { get; } = Directory.GetFiles(Folder, "*.expected.safetensors")
        .Select(file => new SequenceCase(Path.GetFileName(file).Split('.')[0]))
        .ToDictionary(network => network.name);

    /// <summary>The name as C# writes it.</summary>
    public string ClassName => string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>The presets, and <c>zplus</c>, which is z⁺ for every linear layer and convolution.</summary>
    public IReadOnlyList<string> Keys => [.. json.GetProperty("yardstick").EnumerateObject().Select(key => key.Name)];

    public IReadOnlyList<int> Targets => [.. json.GetProperty("targets").EnumerateArray().Select(target => target.GetInt32())];

    /// <summary>The declaration.</summary>
    public string Source => string.Join('\n',
    [
        "using LrpGen;",
        "namespace Declared;",
        $"[Network({string.Join(", ", Integers(json.GetProperty("shape")))})]",
        .. json.GetProperty("layers").EnumerateArray().Select(AttributeOf),
        .. Keys.Select(key => key == "zplus" ? $"[Explain<{ClassName}ZPlus>(Name = \"zplus\")]" : $"[Explain<{key}>]"),
        $"public sealed partial class {ClassName};",
        $"[LrpGen.Rules.ZPlus] public readonly struct {ClassName}ZPlus : IComposite;",
    ]);

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

    /// <summary>A layer as C# declares it, from PyTorch's arguments.</summary>
    private static string AttributeOf(JsonElement layer)
    {
        string op = layer.GetProperty("op").GetString()!;
        string[] sources = layer.TryGetProperty("from", out JsonElement from) ? [.. from.EnumerateArray().Select(source => $"\"{source.GetString()}\"")] : [];
        bool joins = sources.Length > 1;
        List<string> arguments = joins ? [.. sources] : [];
        foreach (string size in new[] { "out_features", "out_channels", "kernel_size", "num_groups", "output_size", "scale_factor", "dims" })
        {
            if (layer.TryGetProperty(size, out JsonElement value))
            {
                arguments.AddRange(Integers(value).Select(number => number.ToString(CultureInfo.InvariantCulture)));
            }
        }

        foreach ((string given, string argument) in new[]
        {
            ("stride", "Stride"), ("padding", "Padding"), ("output_padding", "OutputPadding"), ("groups", "Groups"), ("eps", "Eps"), ("dim", "Dim"),
        })
        {
            if (layer.TryGetProperty(given, out JsonElement value))
            {
                arguments.Add($"{argument} = {value.GetRawText()}");
            }
        }

        arguments.Add($"Name = \"{layer.GetProperty("name").GetString()}\"");
        if (sources.Length == 1)
        {
            arguments.Add($"From = {sources[0]}");
        }

        return $"[{op}({string.Join(", ", arguments)})]";
    }

    private static IEnumerable<int> Integers(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(size => size.GetInt32()) : [value.GetInt32()];
}
