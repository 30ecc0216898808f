using LrpGen.Generator.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LrpGen.Generator.Parsing;

/// <summary>A struct with layer attributes, which a <c>[Block]</c> attribute uses.</summary>
internal static class BlockParser
{
    /// <summary>Name of what is no parameter: the channels of a layer's own input.</summary>
    public const string Channels = "channels";

    /// <summary>The block that an attribute uses; null if it has a fault.</summary>
    public static BlockDeclaration? ParseUse(AttributeData use, Reporter reporter)
    {
        ITypeSymbol? type = use.AttributeClass?.TypeArguments.FirstOrDefault();
        if (type is null or IErrorTypeSymbol)
        {
            reporter.Fail();
            return null;
        }

        if (WhyNoBlock(type) is { } reason)
        {
            reporter.Report(Descriptors.NotABlock, Place.Of(use), type.ToDisplayString(), reason);
            return null;
        }

        BlockDeclaration? block = Parse((INamedTypeSymbol)type, new Reporter());
        if (block is null)
        {
            reporter.FailOrReport(type, Descriptors.NotABlock, Place.Of(use), type.ToDisplayString(), "its declaration has errors");
        }

        return block;
    }

    /// <summary>Parses a block as far as it can be without values of its parameters; null if it has a fault.</summary>
    public static BlockDeclaration? Parse(INamedTypeSymbol type, Reporter reporter)
    {
        IReadOnlyList<AttributeData> layers = LayerAttributes.Of(type, reporter);
        if (layers.Count > 0 && WhyNoBlock(type) is { } reason)
        {
            reporter.Report(Descriptors.NotABlock, Place.Of(layers[0]), type.ToDisplayString(), reason);
        }

        AttributeData? parameters = type.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass.Is(KnownTypes.Parameters));
        if (layers.Append(parameters).Any(attribute => attribute is { AttributeConstructor: null }))
        {
            reporter.Fail();
        }

        IReadOnlyList<BlockParameter> declared = parameters is null ? [] : ParseParameters(parameters, reporter);
        BlockDeclaration block = new(type, [.. layers.Select(layer => (DeclaredLayer)layer)], declared);
        return reporter.HasErrors ? null : block;
    }

    private static string? WhyNoBlock(ITypeSymbol type) => type switch
    {
        not { TypeKind: TypeKind.Struct } => "it is not a struct",
        _ when !type.AllInterfaces.Any(implemented => implemented.Is(KnownTypes.BlockInterface)) => "it does not implement IBlock",
        _ when !type.GetAttributes().Any(layer => layer.AttributeClass.DerivesFrom(KnownTypes.Layer)) => "it has no layers",
        _ => null,
    };

    private static IReadOnlyList<BlockParameter> ParseParameters(AttributeData attribute, Reporter reporter)
    {
        const string names = "names";
        List<BlockParameter> parameters = [];
        foreach (string? text in new Arguments(attribute, reporter).Array<string?>(names))
        {
            string[] parts = (text ?? "").Split(['='], 2);
            string name = parts[0].Trim();
            string? fault = null;
            int? standard = parts.Length == 1 ? null : SizeExpression.Evaluate(parts[1], new Dictionary<string, int>(), out fault);
            fault ??= WhyNoParameter(name, standard, parameters);
            if (fault is not null)
            {
                string written = text is null ? "null" : SymbolDisplay.FormatLiteral(text, quote: true);
                reporter.Report(Descriptors.Unreadable, Place.Of(attribute, names, parameters.Count), written, "a parameter", fault);
            }

            parameters.Add(new BlockParameter(name, standard));
        }

        return parameters;
    }

    private static string? WhyNoParameter(string name, int? standard, IReadOnlyList<BlockParameter> before) => name switch
    {
        _ when !SyntaxFacts.IsValidIdentifier(name) => "write a name, or a name with a default such as 'stride = 1'",
        Channels => "it means the channels of a layer's input",
        _ when before.Any(other => other.Name == name) => "there are two of that name",
        _ when standard is null && before.Any(other => other.Default is not null) => "it needs a default, because one before it has one",
        _ => null,
    };
}
