using System.Collections.Immutable;
using LrpGen.Generator.Declarations;
using LrpGen.Generator.Parsing;
using LrpGen.Generator.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LrpGen.Generator;

/// <summary>Shows the faults of networks, blocks, composites and rules: it runs the generator's own parser.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
        context.RegisterCompilationAction(AnalyzeOptions);
    }

    private static void AnalyzeType(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        Reporter reporter = new(context.ReportDiagnostic);
        if (type.TypeKind == TypeKind.Struct)
        {
            CompositeParser.Parse(type, reporter);
            BlockParser.Parse(type, reporter);
        }
        else if (type.DerivesFrom(KnownTypes.Rule) && !type.IsAbstract)
        {
            RuleClassParser.Parse(type, reporter);
        }
        else if (type.TypeKind == TypeKind.Class)
        {
            NetworkParser.Parse(type, reporter, context.CancellationToken);
        }
    }

    private static void AnalyzeOptions(CompilationAnalysisContext context)
    {
        context.Options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(UnrollBudget.Option, out string? text);
        if (!UnrollBudget.TryParse(text, out int budget))
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.BadUnrollBudget, Location.None, text, budget));
        }
    }
}
