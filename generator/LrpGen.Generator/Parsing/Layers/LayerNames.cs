using System.Globalization;
using System.Text.RegularExpressions;
using LrpGen.Generator.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LrpGen.Generator.Parsing;

/// <summary>Names of all layers and blocks of a network, each once.</summary>
internal sealed class LayerNames
{
    private static readonly Regex FirstNumber = new(@"\{([0-9]+)\}");

    private readonly Dictionary<string, int> layers = [];

    /// <summary>Name of a layer or a block within its list; reports it if it is none, or there already.</summary>
    /// <param name="layer">The layer or the block.</param>
    /// <param name="scope">The list.</param>
    /// <param name="index">Index of the layer, or of the block's first, in the network.</param>
    /// <param name="copy">Which of a block's copies it is, from 0; null if it is no copy.</param>
    public string Next(DeclaredLayer layer, LayerScope scope, int index, int? copy = null)
    {
        string? given = new Arguments(layer, scope.Reporter).Text("Name");
        if (given is not null && WhyNoName(given, scope, copy is not null) is { } reason)
        {
            string visible = SymbolDisplay.FormatLiteral(given, quote: false);
            scope.Reporter.Report(Descriptors.BadLayerName, Place.Of(layer.Attribute, "Name"), visible, reason);
        }

        string name = given is null ? Text(scope.Written.Count) : copy is int number ? OfCopy(given, number) : given;
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

    /// <summary>encoder.layer.0, encoder.layer.1, …; or denselayer1, denselayer2, … where denselayer{1} says which number is the first.</summary>
    private static string OfCopy(string given, int number) => FirstNumber.Match(given) is { Success: true } first
        && int.TryParse(first.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int start)
        ? $"{given.Substring(0, first.Index)}{Text(start + (long)number)}{given.Substring(first.Index + first.Length)}"
        : $"{given}.{Text(number)}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? WhyNoName(string name, LayerScope scope, bool isCopy) =>
        string.IsNullOrWhiteSpace(name) ? "it is empty"
        : name == Network.InputName ? $"it means the {scope.Owner}'s own input"
        : !isCopy && FirstNumber.IsMatch(name) ? "a number in braces is that of a copy, and Repeat is not given"
        : name.Any(IsControl) ? "it contains a control character"
        : null;

    /// <summary>Whether a character ends a line, and so a comment of the generated code, or is another that controls the text.</summary>
    private static bool IsControl(char character) =>
        char.IsControl(character) || char.GetUnicodeCategory(character) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
