using System.Globalization;
using System.Text.RegularExpressions;

namespace LrpGen.Onnx.Import;

/// <summary>Names of layers: those of a state_dict if its names are in the file, else those of nodes, else kind and number.</summary>
internal static partial class LayerNames
{
    public static string[] Of(IReadOnlyList<ImportedLayer> layers)
    {
        HashSet<int> read =
        [
            .. layers.Index().SelectMany(layer => layer.Item.Inputs.Where(input => layer.Item.Inputs.Count > 1 || input != layer.Index - 1)),
        ];
        Taken taken = new();
        string[] names = [.. layers.Select(_ => "")];
        foreach ((int index, ImportedLayer layer) in layers.Index().OrderBy(layer => layer.Item.Tensors.Count > 0 ? 0 : 1))
        {
            names[index] = layer.Tensors.Count > 0 || read.Contains(index) ? taken.Unique(Given(layer), layer) : "";
        }

        // All others are named by their index, unless that is taken.
        foreach ((int index, ImportedLayer layer) in layers.Index().Where(layer => names[layer.Index].Length == 0))
        {
            string number = index.ToString(CultureInfo.InvariantCulture);
            names[index] = taken.Add(number, layer) ? number : taken.Unique(Given(layer), layer);
        }

        return names;
    }

    /// <summary>Whether a name may be a tensor's of a state_dict.</summary>
    public static bool IsPath(string name) => name.Contains('.') && PathPattern.IsMatch(name) && !name.Contains('/');

    private static string Given(ImportedLayer layer)
    {
        if (layer.Tensors.ContainsKey(""))
        {
            return PathPattern.IsMatch(layer.TensorName) ? layer.TensorName : OfNode(layer.Node.Name) ?? DefaultOf(layer);
        }

        // Its node is that of the layer that wants its axes in another order, or whose last states it takes.
        if (layer.Kind == "Permute" || (layer.Tensors.Count == 0 && layer.Node.Operator is "LSTM" or "GRU" or "RNN"))
        {
            return DefaultOf(layer);
        }

        Match tensor = TensorPattern.Match(layer.TensorName);
        return tensor.Success ? tensor.Groups["layer"].Value : OfNode(layer.Node.Name) ?? DefaultOf(layer);
    }

    private static string DefaultOf(ImportedLayer layer) => layer.Kind switch
    {
        "LayerScale" => "scale",
        "PositionEmbedding" => "positions",
        "ScaledDotProductAttention" => "attention",
        { } kind => kind.ToLowerInvariant(),
    };

    /// <summary>
    /// The path of modules in a node's name: <c>/layer1/layer1.0/conv1/Conv</c> is layer1.0.conv1, because a module in a list repeats the
    /// list's name. Null if the name is just the operator's.
    /// </summary>
    public static string? OfNode(string name)
    {
        if (NumberedPattern.IsMatch(name) || !PathPattern.IsMatch(name))
        {
            return null;
        }

        string[] segments = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        List<string> modules = [];
        foreach (string segment in name.Contains('/') ? segments.SkipLast(1) : segments)
        {
            if (modules.Count > 0 && segment.StartsWith($"{modules[^1]}.", StringComparison.Ordinal))
            {
                modules[^1] = segment;
            }
            else
            {
                modules.Add(segment);
            }
        }

        return modules.Count == 0 ? null : string.Join('.', modules);
    }

    [GeneratedRegex(@"^(?<layer>[\w.\-]+)\.(weight|bias)\z")]
    private static partial Regex TensorPattern { get; }

    [GeneratedRegex(@"^[A-Z]\w*_\d+\z")]
    private static partial Regex NumberedPattern { get; }

    [GeneratedRegex(@"^[\w./\-]+\z")]
    private static partial Regex PathPattern { get; }

    /// <summary>Names of layers and of their tensors: a scale is called like its own, which may be another layer's <c>0.weight</c>.</summary>
    private sealed class Taken
    {
        private readonly HashSet<string> layers = [NetworkDescription.InputName];
        private readonly HashSet<string> tensors = [];

        /// <summary>Takes a name; false if it, or one of its tensors', is taken.</summary>
        public bool Add(string name, ImportedLayer layer)
        {
            string[] own = [.. layer.Tensors.Select(tensor => tensor.Key.Length == 0 ? name : $"{name}.{tensor.Key}")];
            if (layers.Contains(name) || own.Any(tensors.Contains))
            {
                return false;
            }

            layers.Add(name);
            tensors.UnionWith(own);
            return true;
        }

        public string Unique(string name, ImportedLayer layer)
        {
            string unique = name;
            for (int number = 2; !Add(unique, layer); number++)
            {
                unique = $"{name}_{number}";
            }

            return unique;
        }
    }
}
