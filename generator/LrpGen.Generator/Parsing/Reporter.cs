using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>Takes the faults of a declaration: the analyzer shows them, the generator only asks whether there are any.</summary>
/// <param name="report">Shows a fault; null if nobody looks.</param>
internal sealed class Reporter(Action<Diagnostic>? report = null)
{
    /// <summary>Whether there is a fault for which no code can be generated.</summary>
    public bool HasErrors { get; private set; }

    public void Report(DiagnosticDescriptor descriptor, Place place, params object[] arguments)
    {
        HasErrors |= descriptor.DefaultSeverity == DiagnosticSeverity.Error;
        report?.Invoke(Diagnostic.Create(descriptor, place.Locate(), arguments));
    }

    /// <summary>Takes note of a fault that is shown elsewhere: by the compiler, or on another declaration.</summary>
    public void Fail() => HasErrors = true;

    /// <summary>Takes note of a fault of a type in use, which is shown on that type if it is in the source; else shows it on its user.</summary>
    public void FailOrReport(ITypeSymbol type, DiagnosticDescriptor descriptor, Place place, params object[] arguments)
    {
        if (type.DeclaringSyntaxReferences.IsEmpty)
        {
            Report(descriptor, place, arguments);
        }
        else
        {
            Fail();
        }
    }
}
