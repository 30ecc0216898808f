using LrpGen.Generator.Declarations;
using LrpGen.Generator.Emission;
using LrpGen.Generator.Parsing;
using LrpGen.Generator.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LrpGen.Generator;

/// <summary>Writes the prediction and the explanations of every class that is declared as a network.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class LrpGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Network> networks = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownTypes.Network,
                static (node, _) => node is TypeDeclarationSyntax,
                static (declaration, cancellation) => NetworkParser.Parse((INamedTypeSymbol)declaration.TargetSymbol, new Reporter(), cancellation))
            .Where(static network => network is not null)
            .Select(static (network, _) => network!)
            .WithTrackingName(TrackingNames.Networks);

        IncrementalValueProvider<int> unrollBudget = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) =>
            {
                options.GlobalOptions.TryGetValue(UnrollBudget.Option, out string? text);
                UnrollBudget.TryParse(text, out int budget);
                return budget;
            })
            .WithTrackingName(TrackingNames.UnrollBudget);

        IncrementalValuesProvider<GeneratedFile> files = networks
            .Combine(unrollBudget)
            .SelectMany(static (pair, cancellation) => NetworkEmitter.Write(Planner.Plan(pair.Left, pair.Right, cancellation), cancellation))
            .WithTrackingName(TrackingNames.Files);

        context.RegisterSourceOutput(files, static (output, file) => output.AddSource(file.HintName, file.Text));
    }
}
