using System.Globalization;
using System.Security;

namespace LrpGen.Onnx.Import;

/// <summary>Writes the layers as a C# class, a layer with weights and what follows it on a line.</summary>
/// <param name="layers">All layers.</param>
/// <param name="names">Their names.</param>
/// <param name="input">The network's input.</param>
/// <param name="options">How the class is written.</param>
internal sealed class ClassWriter(IReadOnlyList<ImportedLayer> layers, string[] names, NetworkInput input, ImportOptions options)
{
    private const int LongestLine = 120;

    /// <summary>Of text that would not fit the screen.</summary>
    private const int LongestText = 150;

    public string Write(string className, string file)
    {
        IEnumerable<string> composites = options.Explanations ?? [Composite];
        IEnumerable<string> explanations = layers[^1].HasOffset ? [] : composites.Select(composite => $"[Explain<{composite}>]");
        string[] lines =
        [
            "using LrpGen;",
            "",
            $"namespace {options.Namespace};",
            "",
            .. Summary($"Imported from {Comment(file)}. {Comment(input.Description)}"),
            $"[Network({input.Arguments})]",
            .. Lines(),
            .. explanations,
            $"public sealed partial class {className};",
            "",
        ];
        return string.Join('\n', lines);
    }

    // Flat would give all features of a row the same.
    private string Composite =>
        input.IsTokens || layers.Any(layer => layer.Kind is "ScaledDotProductAttention" or "MultiheadAttention") ? "AttnLRP"
        : layers.Any(layer => layer.Kind is "LSTM" or "GRU" or "RNN") ? "CPLRP"
        : "EpsilonPlusFlat";

    private static IEnumerable<string> Summary(string text) =>
        text.Length < LongestLine ? [$"/// <summary>{text}</summary>"] : ["/// <summary>", $"/// {text}", "/// </summary>"];

    private IEnumerable<string> Lines()
    {
        string line = "";
        foreach ((int index, ImportedLayer layer) in layers.Index())
        {
            string attribute = Attribute(layer, index);
            bool starts = layer.Joins || layer.MayHaveBias || line.Length + attribute.Length >= LongestLine;
            if (starts && line.Length > 0)
            {
                yield return line;
                line = "";
            }

            line += line.Length > 0 ? $" {attribute}" : attribute;
        }

        yield return line;
    }

    private string Attribute(ImportedLayer layer, int index)
    {
        string[] inputs = [.. layer.Inputs.Select(input => Quoted(input < 0 ? NetworkDescription.InputName : names[input]))];
        string[] arguments =
        [
            .. layer.Joins ? inputs : [],
            .. layer.Arguments,
            .. layer.TensorArguments,
            .. layer.Joins || layer.Inputs[0] == index - 1 ? [] : new[] { $"From = {inputs[0]}" },
            .. names[index] == index.ToString(CultureInfo.InvariantCulture) ? [] : new[] { $"Name = {Quoted(names[index])}" },
        ];
        string attribute = arguments.Length == 0 ? $"[{layer.Kind}]" : $"[{layer.Kind}({string.Join(", ", arguments)})]";
        return attribute.Length <= LongestText ? attribute : $"[{layer.Kind}(\n    {string.Join(",\n    ", arguments)})]";
    }

    private static string Quoted(string name) => $"\"{name}\"";

    private static string Comment(string text) => SecurityElement.Escape(CSharp.WithoutControls(text));
}
