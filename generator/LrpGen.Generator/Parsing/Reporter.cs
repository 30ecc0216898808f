using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>Takes the faults of a declaration: the analyzer shows them, the generator only asks whether there are any.</summary>
/// <param name="report">Shows a fault; null if nobody looks.</param>
internal class Reporter(Action<Diagnostic>? report = null)
{
    private readonly HashSet<(string Id, Location Place)> shown = [];

    /// <summary>Whether there is a fault for which no code can be generated.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Shows a fault. One of the same kind at the same place is not shown again, as it is of copies of a block.</summary>
    public virtual void Report(DiagnosticDescriptor descriptor, Place place, params object[] arguments)
    {
        HasErrors |= descriptor.DefaultSeverity == DiagnosticSeverity.Error;
        if (report is not null && place.Locate() is { } location && shown.Add((descriptor.Id, location)))
        {
            report(Diagnostic.Create(descriptor, location, arguments));
        }
    }

    /// <summary>A reporter for the layers of a block where it is used.</summary>
    /// <param name="name">Full name of the block.</param>
    /// <param name="use">The attribute that uses it, if faults cannot be shown on the block because it is not in this project; else null.</param>
    public virtual Reporter InBlock(string name, Place? use) => new BlockReporter(this, name, use);

    /// <summary>Takes note of a fault that is shown elsewhere: by the compiler, or on another declaration.</summary>
    public virtual void Fail() => HasErrors = true;

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
