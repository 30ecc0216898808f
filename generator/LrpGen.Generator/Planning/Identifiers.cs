using System.Text;

namespace LrpGen.Generator.Planning;

/// <summary>
/// Names of layers in code: <c>Layer1_0_Conv1</c> for a layer called <c>layer1.0.conv1</c>; <c>Conv3</c> for <c>3</c>, and
/// <c>Features_Conv3</c> for <c>features.3</c>.
/// </summary>
internal static class Identifiers
{
    public static IReadOnlyList<string> Of(Network network)
    {
        UniqueNames names = new("_");
        return [.. network.Layers.Select(layer => names.Next(Of(layer)))];
    }

    private static string Of(Layer layer)
    {
        string[] words = [.. layer.Name.Split('.').Select(Word)];
        string last = words[words.Length - 1];
        string path = string.Concat(words.Take(words.Length - 1).Select(word => word + "_"));
        string name = path + (StartsWithLetter(last) ? last : Kind(layer) + last);
        return StartsWithLetter(name) ? name : Kind(layer) + path + last;
    }

    private static string Word(string text)
    {
        StringBuilder word = new();
        bool isStart = true;
        foreach (char c in text)
        {
            bool isPart = char.IsLetterOrDigit(c) || c == '_';
            word.Append(!isPart ? '_' : isStart ? char.ToUpperInvariant(c) : c);
            isStart = !isPart;
        }

        return word.ToString();
    }

    private static bool StartsWithLetter(string text) => text.Length > 0 && char.IsLetter(text[0]);

    // Conv2d and MaxPool1d without their dimensions.
    private static string Kind(Layer layer) =>
        layer.Kind.EndsWith("1d", StringComparison.Ordinal) || layer.Kind.EndsWith("2d", StringComparison.Ordinal)
            ? layer.Kind.Substring(0, layer.Kind.Length - 2)
            : layer.Kind;
}
