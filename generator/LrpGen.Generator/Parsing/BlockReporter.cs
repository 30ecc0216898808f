using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>Takes the faults of a block where it is used: its own attributes are their place, and the use is named in their messages.</summary>
/// <param name="network">Takes the faults of the network.</param>
/// <param name="block">Full name of the block.</param>
/// <param name="use">The attribute that is their place instead; null if there is none.</param>
internal sealed class BlockReporter(Reporter network, string block, Place? use) : Reporter
{
    public override void Report(DiagnosticDescriptor descriptor, Place place, params object[] arguments) =>
        network.Report(Descriptors.InBlock(descriptor, arguments.Length + 1), use ?? place, [.. arguments, block]);

    public override Reporter InBlock(string name, Place? innerUse) => new BlockReporter(network, name, use ?? innerUse);

    public override void Fail() => network.Fail();
}
