using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;
using Microsoft.CodeAnalysis;

namespace LrpGen.Tests.Snapshots;

/// <summary>Generated code that a person has read: one snapshot for each kind of step, not for each combination.</summary>
public sealed class SnapshotTests
{
    /// <summary>Every snapshot belongs to a test.</summary>
    [Fact]
    public void NoSnapshotIsAnOrphan()
    {
        IEnumerable<string> tests = typeof(SnapshotTests).Assembly.GetTypes().SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}"));
        IEnumerable<string> snapshots = Directory.EnumerateFiles(Snapshot.ProjectDirectory, "*.verified.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(file).Split('#')[0]);
        Assert.Empty(snapshots.Except(tests));
    }
}
