using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LrpGen.Generator.Parsing;

/// <summary>The layer attributes of a class, as layers with all shapes.</summary>
internal static class LayerParser
{
    /// <summary>Parses the layers up to the first that has a fault: behind it no shape is known.</summary>
    public static EquatableArray<Layer> Parse(
        INamedTypeSymbol type, IReadOnlyList<AttributeData> attributes, Shape input, Reporter reporter, CancellationToken cancellation)
    {
        if (attributes.Count == 0)
        {
            reporter.Report(Descriptors.NoLayer, Place.Of(type), type.Name);
        }

        if (attributes.FirstOrDefault(attribute => !OnOneDeclaration(type, attribute, attributes[0])) is { } stray)
        {
            reporter.Report(Descriptors.LayersOnTwoDeclarations, Place.Of(stray), type.Name);
        }

        string[] names = Names(attributes, reporter);
        List<Layer> layers = [];
        WorkspaceBound workspace = new(input);
        foreach (AttributeData attribute in attributes)
        {
            cancellation.ThrowIfCancellationRequested();
            int index = layers.Count;
            if (InputsOf(attribute, names, index, reporter) is not { } inputs)
            {
                break;
            }

            LayerDeclaration declaration = new(attribute, [.. inputs.Select(layer => layer < 0 ? input : layers[layer].Output)], reporter);
            if (LayerTable.Parse(declaration) is not { } layer)
            {
                break;
            }

            workspace.Add(layer, declaration.Inputs);
            if (workspace.Values > Limits.Buffer)
            {
                declaration.Fault(Descriptors.TooLarge, null, $"The buffer of a call, up to this {declaration.Kind},", Limits.Buffer);
                break;
            }

            layers.Add(new Layer(index, names[index], declaration.Kind, layer.Operation, inputs, declaration.Input, layer.Output));
        }

        if (layers.Count == attributes.Count)
        {
            foreach (Layer unread in layers.Take(layers.Count - 1).Where(layer => !layers.Any(other => other.Inputs.Contains(layer.Index))))
            {
                reporter.Report(Descriptors.UnreadOutput, Place.Of(attributes[unread.Index]), unread.Name);
            }
        }

        return BatchNormFolding.Fold(layers.ToEquatableArray());
    }

    /// <summary>Indices of the layers that a layer reads; null after a fault.</summary>
    private static EquatableArray<int>? InputsOf(AttributeData attribute, string[] names, int index, Reporter reporter)
    {
        const string several = "inputs";
        Arguments arguments = new(attribute, reporter);
        bool joins = arguments.Has(several);
        EquatableArray<string> sources = joins ? arguments.Array<string>(several) : arguments.Text("From") is { } from ? [from] : [];
        if (joins && arguments.Valid && sources.Count < 2)
        {
            arguments.OutOfRange(several, "the names of two or more layers", sources.Count);
        }

        if (joins && arguments.Has("From"))
        {
            arguments.Fault(Descriptors.NoEffect, "From", "From", "the layer names all its inputs");
        }

        if (!joins && sources.Count == 0)
        {
            return arguments.Valid ? [index - 1] : null;
        }

        List<int> inputs = [];
        for (int i = 0; i < sources.Count; i++)
        {
            int layer = Array.IndexOf(names, sources[i], 0, index);
            if (layer < 0 && sources[i] != Network.InputName)
            {
                string before = string.Join(", ", names.Take(index).Prepend(Network.InputName));
                reporter.Report(Descriptors.InputNotFound, Place.Of(attribute, joins ? several : "From", i), sources[i] ?? "null", before);
                return null;
            }

            inputs.Add(layer);
        }

        return arguments.Valid ? inputs.ToEquatableArray() : null;
    }

    private static bool OnOneDeclaration(INamedTypeSymbol type, AttributeData attribute, AttributeData other) =>
        DeclarationOf(type, attribute) == DeclarationOf(type, other);

    private static SyntaxReference? DeclarationOf(INamedTypeSymbol type, AttributeData attribute) =>
        type.DeclaringSyntaxReferences.FirstOrDefault(declaration =>
            attribute.ApplicationSyntaxReference is { } reference
            && reference.SyntaxTree == declaration.SyntaxTree
            && declaration.Span.Contains(reference.Span));

    private static string[] Names(IReadOnlyList<AttributeData> attributes, Reporter reporter)
    {
        string[] names = new string[attributes.Count];
        for (int index = 0; index < names.Length; index++)
        {
            names[index] = Name(attributes[index], index, reporter);
            int earlier = Array.IndexOf(names, names[index], 0, index);
            if (earlier >= 0)
            {
                reporter.Report(Descriptors.RepeatedLayerName, Place.Of(attributes[index], "Name"), names[index], earlier, index);
            }
        }

        return names;
    }

    private static string Name(AttributeData attribute, int index, Reporter reporter)
    {
        string name = new Arguments(attribute, reporter).Text("Name") ?? index.ToString(CultureInfo.InvariantCulture);
        if (string.IsNullOrWhiteSpace(name))
        {
            reporter.Report(Descriptors.BadLayerName, Place.Of(attribute, "Name"), name, "it is empty");
        }
        else if (name == Network.InputName)
        {
            reporter.Report(Descriptors.BadLayerName, Place.Of(attribute, "Name"), name, "it means the network's own input");
        }
        else if (name.Any(IsControl))
        {
            string visible = SymbolDisplay.FormatLiteral(name, quote: false);
            reporter.Report(Descriptors.BadLayerName, Place.Of(attribute, "Name"), visible, "it contains a control character");
        }

        return name;
    }

    /// <summary>Whether a character ends a line, and so a comment of the generated code, or is another that controls the text.</summary>
    private static bool IsControl(char character) =>
        char.IsControl(character) || char.GetUnicodeCategory(character) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
