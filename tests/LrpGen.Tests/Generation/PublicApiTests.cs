using LrpGen.Onnx;
using LrpGen.Tests.Snapshots;
using PublicApiGenerator;

namespace LrpGen.Tests.Generation;

/// <summary>The public members of the libraries: a change of them is a change of this file.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Runtime() => Snapshot.Verify(
        new[] { typeof(INetwork).Assembly, typeof(OnnxModel).Assembly }.ToDictionary(
            library => library.GetName().Name!, library => library.GeneratePublicApi(new() { IncludeAssemblyAttributes = false })));
}
