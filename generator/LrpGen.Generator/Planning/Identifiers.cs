using System.Text;

namespace LrpGen.Generator.Planning;

/// <summary>Names of layers in code: <c>Conv3</c> for a layer called <c>3</c>, <c>Layer1_0_Conv1</c> for <c>layer1.0.conv1</c>.</summary>
internal static class Identifiers
{
    public static IReadOnlyList<string> Of(Network network)
    {
        UniqueNames names = new("_");
        return [.. network.Layers.Select(layer => names.Next(Of(layer)))];
    }

    private static string Of(Layer layer)
    {
        StringBuilder identifier = new();
        bool startOfWord = true;
        foreach (char c in layer.Name)
        {
            bool isPart = char.IsLetterOrDigit(c) || c == '_';
            identifier.Append(!isPart ? '_' : startOfWord ? char.ToUpperInvariant(c) : c);
            startOfWord = !isPart;
        }

        string name = identifier.ToString();
        return char.IsLetter(name[0]) ? name : Kind(layer) + name;
    }

    // Conv2d and MaxPool1d without their dimensions.
    private static string Kind(Layer layer) =>
        layer.Kind.EndsWith("1d", StringComparison.Ordinal) || layer.Kind.EndsWith("2d", StringComparison.Ordinal)
            ? layer.Kind.Substring(0, layer.Kind.Length - 2)
            : layer.Kind;
}
