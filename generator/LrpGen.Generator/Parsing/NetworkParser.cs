using System.Collections.Immutable;
using LrpGen.Generator.Declarations;
using LrpGen.Generator.Layers;
using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>A class with <c>[Network]</c>, its layers and explanations, as the model that code is generated from.</summary>
internal static class NetworkParser
{
    private const string Tokens = "Tokens";

    /// <summary>Parses a declaration. The generator and the analyzer both do it this way, the analyzer with a reporter that shows faults.</summary>
    /// <param name="type">The user's class.</param>
    /// <param name="reporter">Takes the faults.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The network; null if it has an error.</returns>
    public static Network? Parse(INamedTypeSymbol type, Reporter reporter, CancellationToken cancellation)
    {
        ImmutableArray<AttributeData> attributes = type.GetAttributes();
        AttributeData[] declarations = [.. attributes.Where(attribute => attribute.AttributeClass.Is(KnownTypes.Network))];
        AttributeData? stray = attributes.FirstOrDefault(IsPartOfNetwork);
        if (declarations.Length == 0 && stray is not null)
        {
            reporter.Report(Descriptors.NotANetwork, Place.Of(stray), type.Name, stray.ShortName());
        }

        if (declarations.Length != 1
            || declarations.Concat(attributes.Where(IsPartOfNetwork)).Any(attribute => attribute.AttributeConstructor is null))
        {
            return null;
        }

        TypeName name = TypeParser.Parse(type, reporter);
        Shape? input = ParseInput(declarations[0], reporter);
        if (input is null)
        {
            return null;
        }

        bool isOfTokens = new Arguments(declarations[0], reporter).Has(Tokens);
        LayerParser parser = new(type, input.Value, isOfTokens, reporter, cancellation);
        if (parser.Parse() is not { } layers)
        {
            return null;
        }

        ConvolutionMethod convolution = new Arguments(declarations[0], reporter).Choice<ConvolutionMethod>("Convolution");
        Network network = new(name, input.Value, layers, [])
        {
            Convolution = convolution,
            IsOfTokens = isOfTokens,
            Ignored = ParseIgnored(declarations[0], reporter),
        };
        network = network with { Explanations = ParseExplanations(attributes, network, reporter, cancellation) };
        foreach (Layer last in network.Explanations.Count > 0 ? Ends(layers).Where(last => last.Operation.ValueAtZero(last.Input) != 0) : [])
        {
            string reason = last.Operation is Softmax
                ? "what speaks against the other classes counts as well"
                : "where the score is negative, all signs turn";
            parser.Report(Descriptors.ProbabilityAtTheEnd, last, last.Name, last.Kind, reason);
        }

        GeneratedMembers.CheckThatNoneExists(type, network, reporter);
        return reporter.HasErrors ? null : network;
    }

    /// <summary>The layers whose values the outputs are, as they come or moved.</summary>
    private static IEnumerable<Layer> Ends(IReadOnlyList<Layer> layers)
    {
        HashSet<int> reached = [layers.Count - 1];
        for (int layer = layers.Count - 1; layer >= 0; layer--)
        {
            if (!reached.Contains(layer))
            {
                continue;
            }

            if (layers[layer].Operation.IsSelection)
            {
                reached.UnionWith(layers[layer].Inputs);
            }
            else
            {
                yield return layers[layer];
            }
        }
    }

    private static bool IsPartOfNetwork(AttributeData attribute) =>
        attribute.AttributeClass.DerivesFrom(KnownTypes.Layer) || attribute.AttributeClass.DerivesFrom(KnownTypes.Explain);

    private static EquatableArray<Explanation> ParseExplanations(
        ImmutableArray<AttributeData> attributes, Network network, Reporter reporter, CancellationToken cancellation)
    {
        List<Explanation> explanations = [];
        foreach (AttributeData attribute in attributes.Where(attribute => attribute.AttributeClass.DerivesFrom(KnownTypes.Explain)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (ExplanationParser.Parse(attribute, network, reporter) is not { } explanation)
            {
                continue;
            }

            if (explanations.Any(other => string.Equals(other.Name, explanation.Name, StringComparison.OrdinalIgnoreCase)))
            {
                reporter.Report(Descriptors.RepeatedExplanation, Place.Of(attribute, "Name"), explanation.Name);
            }

            explanations.Add(explanation);
        }

        return explanations.ToEquatableArray();
    }

    private static EquatableArray<string> ParseIgnored(AttributeData declaration, Reporter reporter)
    {
        const string ignore = "Ignore";
        Arguments arguments = new(declaration, reporter);
        EquatableArray<string> patterns = arguments.Has(ignore) ? arguments.Array<string>(ignore) : [];
        for (int i = 0; i < patterns.Count; i++)
        {
            if (string.IsNullOrEmpty(patterns[i]))
            {
                string written = patterns[i] is null ? "null" : "\"\"";
                reporter.Report(
                    Descriptors.Unreadable,
                    Place.Of(declaration, ignore, i),
                    written,
                    "a tensor's name",
                    "write a name, in which * stands for any text");
            }
        }

        return patterns;
    }

    private static Shape? ParseInput(AttributeData declaration, Reporter reporter)
    {
        const string shape = "inputShape";
        Arguments arguments = new(declaration, reporter);
        EquatableArray<int> sizes = arguments.Array<int>(shape);
        bool isVariable = arguments.Flag("Variable", false);
        if (arguments.Has(Tokens))
        {
            if (sizes.Count > 0)
            {
                arguments.Fault(Descriptors.BadInputShape, shape, $"{string.Join(", ", sizes)} beside {Tokens}");
            }

            if (arguments.Has("Variable"))
            {
                arguments.Fault(Descriptors.NoEffect, "Variable", "Variable", "calls choose the number of tokens anyway");
            }

            sizes = [arguments.Integer(1, 1, Limits.Size, Tokens), 1];
            isVariable = true;
        }

        if (!arguments.Valid)
        {
            return null;
        }

        if (sizes.Count == 0 || sizes.Any(size => size < 1) || (isVariable && sizes.Count < 2))
        {
            int element = Math.Max(0, sizes.ToList().FindIndex(size => size < 1));
            reporter.Report(Descriptors.BadInputShape, Place.Of(declaration, shape, element), string.Join(", ", sizes));
            return null;
        }

        if (Limits.Product([.. sizes.Select(size => (long)size)]) > Limits.Size)
        {
            reporter.Report(Descriptors.TooLarge, Place.Of(declaration, shape), "The input", Limits.Size);
            return null;
        }

        // There is nothing to choose of one position.
        return new Shape(sizes) { Variable = isVariable && sizes[0] > 1 ? new VariableAxis(0, new Count(sizes[0])) : null };
    }
}
