using LrpGen.Generator.Declarations;
using LrpGen.Generator.Model;
using LrpGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LrpGen.Tests.Parsing;

/// <summary>Blocks as the layers that they stand for.</summary>
public class BlockTests
{
    private const string Residual = """
        [Parameters("width", "stride = 1")]
        [Conv2d("width", 3, Stride = "stride", Padding = 1, Name = "conv1")] [ReLU]
        [Conv2d("2 * width", 1, Name = "conv2")]
        [Conv2d("2 * width", 1, Stride = "stride", From = "input", Name = "skip")]
        [Add("conv2", "skip")] [ReLU]
        public struct Residual : IBlock;
        """;

    /// <summary>A stage of these blocks, as ResNets have it.</summary>
    private const string Stage = """
        [Parameters("width", "count")]
        [Block<Residual>("width", 2)] [Block<Residual>("width", Repeat = "count - 1")]
        public struct Stage : IBlock;
        """;

    [Fact]
    public void Blocks_are_the_layers_that_they_stand_for()
    {
        Network blocks = Declaration.Parse(
            """
            [Network(3, 8, 8)] [Conv2d(4, 3, Padding = 1, Name = "conv1")]
            [Block<Stage>(4, 2, Name = "layer1")] [Block<Stage>(6, 1, Name = "layer2")]
            [Flatten] [Linear(10, Name = "fc")] [Explain<EpsilonPlus>]
            """,
            Residual + Stage);
        Network flat = Declaration.Parse(
            """
            [Network(3, 8, 8)] [Conv2d(4, 3, Padding = 1, Name = "conv1")]
            [Conv2d(4, 3, Stride = 2, Padding = 1, Name = "layer1.0.conv1")] [ReLU(Name = "layer1.0.1")]
            [Conv2d(8, 1, Name = "layer1.0.conv2")] [Conv2d(8, 1, Stride = 2, From = "conv1", Name = "layer1.0.skip")]
            [Add("layer1.0.conv2", "layer1.0.skip", Name = "layer1.0.4")] [ReLU(Name = "layer1.0.5")]
            [Conv2d(4, 3, Padding = 1, Name = "layer1.1.conv1")] [ReLU(Name = "layer1.1.1")]
            [Conv2d(8, 1, Name = "layer1.1.conv2")] [Conv2d(8, 1, From = "layer1.0.5", Name = "layer1.1.skip")]
            [Add("layer1.1.conv2", "layer1.1.skip", Name = "layer1.1.4")] [ReLU(Name = "layer1.1.5")]
            [Conv2d(6, 3, Stride = 2, Padding = 1, Name = "layer2.0.conv1")] [ReLU(Name = "layer2.0.1")]
            [Conv2d(12, 1, Name = "layer2.0.conv2")] [Conv2d(12, 1, Stride = 2, From = "layer1.1.5", Name = "layer2.0.skip")]
            [Add("layer2.0.conv2", "layer2.0.skip", Name = "layer2.0.4")] [ReLU(Name = "layer2.0.5")]
            [Flatten(Name = "3")] [Linear(10, Name = "fc")] [Explain<EpsilonPlus>]
            """);

        Assert.Equal(flat.Layers, blocks.Layers);
        Assert.Equal(flat, blocks);
    }

    [Theory]
    [InlineData("[Block<Pair>] [ReLU]", "0.0 0.1 1")]
    [InlineData("[ReLU] [Block<Pair>(Repeat = 2)] [ReLU]", "0 1.0 1.1 2.0 2.1 3")]
    [InlineData("""[Block<Pair>(Name = "body")] [ReLU]""", "body.0 body.1 1")]
    [InlineData("""[Block<Pair>(Name = "body", Repeat = 2)] [ReLU]""", "body.0.0 body.0.1 body.1.0 body.1.1 2")]
    [InlineData("""[Block<Pair>(Name = "body", Repeat = 1)]""", "body.0.0 body.0.1")]
    [InlineData("""[Block<Pair>(Name = "body{1}", Repeat = 2)]""", "body1.0 body1.1 body2.0 body2.1")]
    [InlineData("""[Block<Pair>(Name = "h{9}.x", Repeat = 2)]""", "h9.x.0 h9.x.1 h10.x.0 h10.x.1")]
    [InlineData("""[Block<Pair>(Repeat = 0)] [ReLU]""", "0")]
    [InlineData("""[Block<Nested>(Name = "features")]""", "features.0.0 features.0.1 features.act")]
    public void Full_names_are_paths(string layers, string expected) => Assert.Equal(expected, string.Join(' ', Declaration.Parse(
        $"[Network(3)] {layers}",
        """
        [Linear(3)] [ReLU] struct Pair : IBlock;
        [Block<Pair>] [Tanh(Name = "act")] struct Nested : IBlock;
        """).Layers.Select(layer => layer.Name)));

    /// <summary>The first reads what the block reads; a block's name means its last layer; <c>input</c> is the nearest list's.</summary>
    [Theory]
    [InlineData("[ReLU] [Block<Skip>] [Tanh]", "-1, 0, 0+1, 2")]
    [InlineData("""[ReLU] [Block<Skip>(From = "input")] [Add("0", "1")]""", "-1, -1, -1+1, 0+2")]
    [InlineData("""[Block<Skip>(Name = "s")] [ReLU] [Concat("s", "input", "1")]""", "-1, -1+0, 1, 1+-1+2")]
    [InlineData("""[Block<Skip>(Repeat = 2, Name = "s")] [Add("s.0", "s.1")]""", "-1, -1+0, 1, 1+2, 1+3")]
    [InlineData("""[Block<Skip>(Repeat = 2, Name = "s")] [ReLU] [Add("s", "2")]""", "-1, -1+0, 1, 1+2, 3, 3+4")]
    [InlineData("[ReLU] [Block<Skip>(Repeat = 0)] [Tanh]", "-1, 0")]
    [InlineData("""[ReLU] [Tanh] [Block<Skip>(From = "0", Repeat = 0)] [ReLU] [Add("1", "2")]""", "-1, 0, 0, 1+2")]
    [InlineData("""[ReLU] [Tanh] [Block<Skip>(From = "0", Repeat = 0, Name = "s")] [Add("1", "s")]""", "-1, 0, 1+0")]
    [InlineData("[ReLU] [Block<Empty>] [Tanh]", "-1, 0")]
    public void Names_mean_layers_of_their_own_list(string layers, string expected) => Assert.Equal(expected, string.Join(", ", Declaration.Parse(
        $"[Network(3)] {layers}",
        """
        [Linear(3, Name = "fc")] [Add("input", "fc")] struct Skip : IBlock;
        [Block<Skip>(Repeat = 0)] struct Empty : IBlock;
        """).Layers.Select(layer => string.Join('+', layer.Inputs))));

    /// <summary>Depthwise; then a DenseNet: 4, 4 + 2, 4 + 2 + 2 channels; then copies that double.</summary>
    [Theory]
    [InlineData("""[Conv2d("channels", 3, Groups = "channels")]""", "(4, 6, 6)")]
    [InlineData("""[Block<Dense>(2, Repeat = 2)]""", "(8, 8, 8)")]
    [InlineData("""[Block<Wide>("2 * channels", Repeat = "channels - 1")]""", "(32, 8, 8)")]
    [InlineData("""[AdaptiveAvgPool2d("channels", 1)]""", "(4, 4, 1)")]
    [InlineData("""[Flatten] [Linear("channels / 64")]""", "(4)")]
    public void Channels_are_those_of_the_own_input(string layers, string expected) => Assert.Equal(expected, Declaration.Parse(
        $"[Network(4, 8, 8)] {layers}",
        """
        [Parameters("growth")] [Conv2d("growth", 1, Name = "conv")] [Concat("input", "conv")] struct Dense : IBlock;
        [Parameters("width")] [Conv2d("width", 1)] struct Wide : IBlock;
        """).Output.ToString());

    [Theory]
    [InlineData("3L")]
    [InlineData("3u")]
    [InlineData("3ul")]
    [InlineData("(short)3")]
    public void Size_is_an_integer_of_any_type(string size) =>
        Assert.Equal("(3)", Declaration.Parse($"[Network(4)] [Linear({size})]").Output.ToString());

    [Fact]
    public void Every_size_takes_an_expression() => Assert.Equal(
        Declaration.Parse("""
            [Network(4, 16, 16)]
            [Conv2d(8, 3, 5, Stride = 2, PaddingH = 1, PaddingW = 2, Dilation = 1, Groups = 2)] [MaxPool2d(3, 2, StrideW = 1, Padding = 1)]
            [AvgPool2d(2, Stride = 1)] [AdaptiveAvgPool2d(2, 3)] [Flatten] [Linear(6)]
            """),
        Declaration.Parse("""
            [Network(4, 16, 16)]
            [Conv2d("2*channels", "3", "5", Stride = "4/2", PaddingH = "1", PaddingW = "2", Dilation = "1", Groups = "channels / 2")]
            [MaxPool2d("3", "2", StrideW = "1", Padding = "1")] [AvgPool2d("2", Stride = "1")] [AdaptiveAvgPool2d("2", "3")]
            [Flatten] [Linear("channels / 8")]
            """));

    [Fact]
    public void Property_that_is_null_is_not_given() => Assert.Equal(
        Declaration.Parse("[Network(3, 9, 9)] [Conv2d(2, 3, Stride = 2)] [MaxPool2d(2)]"),
        Declaration.Parse("[Network(3, 9, 9)] [Conv2d(2, 3, Stride = 2, StrideW = null)] [MaxPool2d(2, Stride = null)]"));

    [Fact]
    public void Block_of_another_project_is_used_alike() => Assert.Equal(
        Declaration.Parse("""[Network(3, 8, 8)] [Block<Residual>(4, 2)]""", Residual).Layers,
        Declaration.Parse(UsingLibrary("[Network(3, 8, 8)] [Block<Residual>(4, 2)] partial class Net;"), "Net").Layers);

    /// <summary>There is no other place for it.</summary>
    [Fact]
    public void Fault_of_a_block_of_another_project_is_shown_where_it_is_used()
    {
        CSharpCompilation compilation = UsingLibrary("""
            [Network(3, 8, 8)] [ReLU] [Block<Outer>] partial class Net;
            [Block<Residual>(0)] struct Outer : IBlock;
            """);
        List<Diagnostic> faults = [];

        Assert.Null(NetworkParser.Parse(compilation.GetTypeByMetadataName("Net")!, new Reporter(faults.Add), CancellationToken.None));

        Diagnostic fault = Assert.Single(faults);
        Assert.Equal("outChannels of Conv2d must be at least 1, but is 0 (in block '1.0')", fault.GetMessage(null));
        Assert.Equal("Block<Residual>(0)", fault.Location.SourceTree!.GetText().ToString(fault.Location.SourceSpan));
    }

    private static CSharpCompilation UsingLibrary(string source)
    {
        using MemoryStream image = new();
        Assert.True(Declaration.Compile(Residual).WithAssemblyName("Library").Emit(image).Success);
        return Declaration.Compile(source).AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
    }
}
