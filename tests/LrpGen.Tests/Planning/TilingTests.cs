using LrpGen.Generator.Planning;
using LrpGen.Tests.Parsing;

namespace LrpGen.Tests.Planning;

public class TilingTests
{
    /// <summary>Rows: 14 + 2·2 − 2 = 16 outputs; columns: 17 + 2·0 − 2 = 15.</summary>
    [Fact]
    public void TransposedProductsExchangeInputAndOutput()
    {
        Windowed form = FormOf("[Network(32, 14, 17)] [Conv2d(48, 3, PaddingH = 2, PaddingW = 0)]");
        Assert.Equal(new Tiling(32, 48, 14, 17, 16, 15, Top: 2, Left: 0), Tiling.Of(form, transposed: false));
        Assert.Equal(new Tiling(48, 32, 16, 15, 14, 17, Top: 0, Left: 2), Tiling.Of(form, transposed: true));
    }

    /// <summary>A block has 48 tiles, or as many as there are up to 54, in whole groups of 6.</summary>
    [Theory]
    [InlineData(4, 4, 1, 1, 6)]
    [InlineData(5, 4, 1, 2, 6)]
    [InlineData(13, 18, 5, 20, 24)]
    [InlineData(28, 28, 7, 49, 54)]
    [InlineData(36, 24, 6, 54, 54)]
    [InlineData(20, 44, 11, 55, 48)]
    [InlineData(224, 224, 56, 3136, 48)]
    public void TilesCoverTheOutput(int height, int width, int across, int count, int capacity)
    {
        Tiling tiling = new(32, 32, height, width, height, width, 1, 1);
        Assert.Equal((across, count, capacity), (tiling.Across, tiling.Count, tiling.Capacity));
    }

    [Theory]
    [InlineData("[Network(32, 14, 14)] [Conv2d(32, 3, Padding = 1)]", true)]
    [InlineData("[Network(32, 14, 14)] [Conv2d(32, 3)]", true)]
    [InlineData("[Network(32, 14, 14)] [Conv2d(32, 3, Padding = 2)]", true)]
    [InlineData("[Network(32, 12, 40)] [Conv2d(500, 3, Padding = 1)]", true)]
    [InlineData("[Network(32, 14, 14)] [Conv2d(32, 3, Padding = 3)]", false)]
    [InlineData("[Network(31, 14, 14)] [Conv2d(64, 3, Padding = 1)]", false)]
    [InlineData("[Network(64, 14, 14)] [Conv2d(31, 3, Padding = 1)]", false)]
    [InlineData("[Network(32, 13, 14)] [Conv2d(32, 3)]", false)] // 11 rows
    [InlineData("[Network(32, 14, 11)] [Conv2d(32, 3, Padding = 1)]", false)]
    [InlineData("[Network(32, 28, 28)] [Conv2d(32, 1)]", false)]
    [InlineData("[Network(32, 28, 28)] [Conv2d(32, 5)]", false)]
    [InlineData("[Network(32, 28, 28)] [Conv2d(32, 3, 1)]", false)]
    [InlineData("[Network(32, 28, 28)] [Conv2d(32, 3, Stride = 2)]", false)]
    [InlineData("[Network(32, 28, 28)] [Conv2d(32, 3, Dilation = 2)]", false)]
    [InlineData("[Network(64, 28, 28)] [Conv2d(64, 3, Groups = 2)]", false)]
    [InlineData("[Network(64, 28, 28)] [Conv2d(64, 3, Groups = 64)]", false)]
    [InlineData("[Network(32, 28)] [Conv1d(32, 3)]", false)]
    public void TilesPayInWideLayersOfLargeImages(string network, bool pays)
    {
        Assert.Equal(pays, Tiling.Pays(FormOf(network)));
        NetworkFacts facts = new(Declaration.Parse(network));
        Assert.Equal(pays, facts.InTiles(FormOf(network)));
    }

    [Fact]
    public void UsersCanDoWithoutTiles()
    {
        const string network = "[Network(32, 28, 28, Convolution = ConvolutionMethod.Direct)] [Conv2d(32, 3)]";
        Assert.False(new NetworkFacts(Declaration.Parse(network)).InTiles(FormOf(network)));
    }

    private static Windowed FormOf(string network) => (Windowed)((PlannedOperation)Declaration.Parse(network).Layers[0].Operation).Form!;
}
