using System.Globalization;
using LrpGen.Generator.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LrpGen.Generator.Parsing;

/// <summary>Names of all layers and blocks of a network, each once.</summary>
internal sealed class LayerNames
{
    private readonly Dictionary<string, int> layers = [];

    /// <summary>Name of a layer or a block within its list; reports it if it is none, or there already.</summary>
    /// <param name="layer">The layer or the block.</param>
    /// <param name="scope">The list.</param>
    /// <param name="index">Index of the layer, or of the block's first, in the network.</param>
    /// <param name="number">Distinguishes copies of a block; empty if there is one only.</param>
    public string Next(DeclaredLayer layer, LayerScope scope, int index, string number = "")
    {
        string? given = new Arguments(layer, scope.Reporter).Text("Name");
        if (given is not null && WhyNoName(given, scope) is { } reason)
        {
            string visible = SymbolDisplay.FormatLiteral(given, quote: false);
            scope.Reporter.Report(Descriptors.BadLayerName, Place.Of(layer.Attribute, "Name"), visible, reason);
        }

        string name = given is null ? scope.Written.Count.ToString(CultureInfo.InvariantCulture) : given + number;
        Reserve(scope.Prefix + name, layer.Attribute, scope, index);
        return name;
    }

    /// <summary>Takes a full name; reports it if it is there already.</summary>
    public void Reserve(string fullName, AttributeData attribute, LayerScope scope, int index)
    {
        if (layers.TryGetValue(fullName, out int earlier))
        {
            scope.Reporter.Report(Descriptors.RepeatedLayerName, Place.Of(attribute, "Name"), fullName, earlier, index);
        }

        layers[fullName] = index;
    }

    private static string? WhyNoName(string name, LayerScope scope) =>
        string.IsNullOrWhiteSpace(name) ? "it is empty"
        : name == Network.InputName ? $"it means the {scope.Owner}'s own input"
        : name.Any(IsControl) ? "it contains a control character"
        : null;

    /// <summary>Whether a character ends a line, and so a comment of the generated code, or is another that controls the text.</summary>
    private static bool IsControl(char character) =>
        char.IsControl(character) || char.GetUnicodeCategory(character) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
