using LrpGen.Generator.Parsing;
using LrpGen.Tests.Reference;
using LrpGen.Tests.Snapshots;

namespace LrpGen.Tests.Documentation;

/// <summary>Every kind of layer that can be declared is tried and documented.</summary>
public sealed class LayerPageTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Snapshot.ProjectDirectory, "../.."));

    [Fact]
    public void EveryLayerIsTried() => Assert.Equal(
        LayerTable.Kinds.Order(StringComparer.OrdinalIgnoreCase), LayerTrials.All.Select(kind => kind.Name));

    /// <summary>A record without trials would be tried nowhere.</summary>
    [Fact]
    public void EverySpecHasTrials() => Assert.All(
        typeof(LayerSpec).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LayerSpec)) && !type.IsAbstract),
        type => Assert.True(type.IsAssignableTo(typeof(ITried)), $"{type.Name} has no trials."));

    [Fact]
    public void PageIsWhatTheLayersSay() => Snapshot.VerifyFile(Path.Combine(Root, "docs/layers.md"), LayerPage.Page);

    [Fact]
    public void ReadmeNamesEveryLayer()
    {
        string readme = File.ReadAllText(Path.Combine(Root, "README.md"));
        Assert.All(LayerPage.Names, row => Assert.Contains(row, readme));
    }
}
