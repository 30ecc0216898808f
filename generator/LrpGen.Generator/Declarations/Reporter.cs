using System.Globalization;
using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Declarations;

/// <summary>
/// Takes the faults of a declaration: the analyzer shows them, the generator only asks whether there are any. Of a block in use, its own
/// attributes are the place of its faults, and the use is named in their messages.
/// </summary>
internal sealed class Reporter
{
    private readonly Faults faults;
    private readonly string? block;
    private readonly Place? use;

    /// <param name="report">Shows a fault; null if nobody looks.</param>
    public Reporter(Action<Diagnostic>? report = null) => faults = new Faults(report);

    private Reporter(Faults faults, string block, Place? use)
    {
        this.faults = faults;
        this.block = block;
        this.use = use;
    }

    /// <summary>Whether there is a fault for which no code can be generated.</summary>
    public bool HasErrors => faults.HaveErrors;

    /// <summary>Shows a fault, but not the same again; of copies of a block, of each kind only the first at a place.</summary>
    public void Report(DiagnosticDescriptor descriptor, Place place, params object[] arguments)
    {
        if (block is null)
        {
            faults.Add(descriptor, place, isCopied: false, arguments);
        }
        else
        {
            faults.Add(Descriptors.InBlock(descriptor, arguments.Length + 1), use ?? place, isCopied: true, [.. arguments, block]);
        }
    }

    /// <summary>A reporter for the layers of a block where it is used.</summary>
    /// <param name="name">Full name of the block.</param>
    /// <param name="innerUse">
    /// The attribute that uses it, if faults cannot be shown on the block because it is not in this project; else null.
    /// </param>
    public Reporter InBlock(string name, Place? innerUse) => new(faults, name, use ?? innerUse);

    /// <summary>Takes note of a fault that is shown elsewhere: by the compiler, or on another declaration.</summary>
    public void Fail() => faults.HaveErrors = true;

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

    /// <summary>The faults of a declaration with all its blocks.</summary>
    private sealed class Faults(Action<Diagnostic>? report)
    {
        private readonly HashSet<(string Id, Location Place, string Message)> shown = [];

        public bool HaveErrors { get; set; }

        public void Add(DiagnosticDescriptor descriptor, Place place, bool isCopied, object[] arguments)
        {
            HaveErrors |= descriptor.DefaultSeverity == DiagnosticSeverity.Error;
            if (report is not null && place.Locate() is { } location)
            {
                Diagnostic fault = Diagnostic.Create(descriptor, location, arguments);
                if (shown.Add((descriptor.Id, location, isCopied ? "" : fault.GetMessage(CultureInfo.InvariantCulture))))
                {
                    report(fault);
                }
            }
        }
    }
}
