using LrpGen.Tests.Snapshots;
using PublicApiGenerator;

namespace LrpGen.Tests.Generation;

/// <summary>The public members of the library: a change of them is a change of this file.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Runtime() => Snapshot.Verify(new Dictionary<string, string>
    {
        ["LrpGen"] = typeof(INetwork).Assembly.GeneratePublicApi(new() { IncludeAssemblyAttributes = false }),
    });
}
