using System.Globalization;
using Microsoft.CodeAnalysis;

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
        Shape shape = input;
        long values = input.Size;
        foreach (AttributeData attribute in attributes)
        {
            cancellation.ThrowIfCancellationRequested();
            LayerDeclaration declaration = new(attribute, shape, layers, reporter);
            if (LayerTable.Parse(declaration) is not var (operation, output))
            {
                break;
            }

            values += (long)Math.Min(long.MaxValue / 2, Limits.Product(output.Channels, output.Height, output.Width));
            if (values > Limits.Activations)
            {
                declaration.Fault(Descriptors.TooLarge, null, $"The input and all outputs up to this {declaration.Kind}", Limits.Activations);
                break;
            }

            int index = layers.Count;
            layers.Add(new Layer(index, names[index], declaration.Kind, operation, [index - 1], shape, output));
            shape = output;
        }

        return layers.ToEquatableArray();
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
        else if (name == "input")
        {
            reporter.Report(Descriptors.BadLayerName, Place.Of(attribute, "Name"), name, "it means the network's own input");
        }

        return name;
    }
}
