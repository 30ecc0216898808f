using LrpGen.Generator.Layers;
using LrpGen.Generator.Model;
using LrpGen.Generator.Planning;

namespace LrpGen.Tests.Parsing;

public class LayerParserTests
{
    /// <summary>Shapes as PyTorch gives them; for the pools in ceil mode, the comment says how many windows there are and why.</summary>
    [Theory]
    [InlineData("3, 224, 224", "Conv2d(64, 11, Stride = 4, Padding = 2)", "(64, 55, 55)")] // AlexNet
    [InlineData("3, 224, 224", "Conv2d(64, 7, Stride = 2, Padding = 3)", "(64, 112, 112)")] // ResNet
    [InlineData("64, 112, 112", "MaxPool2d(3, Stride = 2, Padding = 1)", "(64, 56, 56)")] // ResNet
    [InlineData("64, 112, 112", "MaxPool2d(3, Stride = 2, CeilMode = true)", "(64, 56, 56)")] // GoogLeNet
    [InlineData("256, 13, 13", "MaxPool2d(3, Stride = 2)", "(256, 6, 6)")] // AlexNet
    [InlineData("4, 28, 28", "Conv2d(4, 3, Padding = 2, Dilation = 2, Groups = 4)", "(4, 28, 28)")]
    [InlineData("1, 10, 10", "Conv2d(8, 3, 5, StrideH = 2, PaddingW = 2)", "(8, 4, 10)")]
    [InlineData("1, 9, 9", "Conv2d(1, 3, Stride = 2, StrideH = 1)", "(1, 7, 4)")]
    [InlineData("1, 9, 9", "Conv2d(1, 3, Dilation = 2, DilationW = 3)", "(1, 5, 3)")]
    [InlineData("2, 9", "Conv1d(4, 3, Stride = 2, Padding = 1)", "(4, 5)")]
    [InlineData("3, 5, 7", "MaxPool2d(2)", "(3, 2, 3)")]
    [InlineData("3, 5, 7", "MaxPool2d(2, CeilMode = true)", "(3, 3, 4)")]
    [InlineData("1, 9, 9", "MaxPool2d(3, 2)", "(1, 3, 4)")]
    [InlineData("1, 9, 9", "AvgPool2d(3, StrideW = 1)", "(1, 3, 7)")]
    [InlineData("1, 4", "MaxPool1d(2, Stride = 3, CeilMode = true)", "(1, 2)")] // 0–1, 3–4: the second starts at 3, inside
    [InlineData("1, 3", "MaxPool1d(2, Stride = 3, CeilMode = true)", "(1, 1)")] // 0–1: another would start at 3, outside
    [InlineData("1, 4", "AvgPool1d(2, Stride = 2, Padding = 1, CeilMode = true)", "(1, 3)")] // −1–0, 1–2, 3–4
    [InlineData("1, 2", "AvgPool1d(2, Stride = 3, Padding = 1, CeilMode = true)", "(1, 1)")] // −1–0: another would start at 2, in the padding
    [InlineData("1, 2", "MaxPool1d(3, Stride = 2, CeilMode = true)", "(1, 1)")] // 0–2: longer than the input
    [InlineData("3, 7, 5", "AdaptiveAvgPool2d(2, 4)", "(3, 2, 4)")]
    [InlineData("3, 7, 5", "AdaptiveAvgPool2d(1)", "(3, 1, 1)")]
    [InlineData("3, 7", "AdaptiveAvgPool1d(9)", "(3, 9)")]
    [InlineData("3, 7, 5", "AdaptiveMaxPool2d(2, 4)", "(3, 2, 4)")]
    [InlineData("3, 7", "AdaptiveMaxPool1d(9)", "(3, 9)")]
    [InlineData("8, 4, 5", "ConvTranspose2d(4, 2, Stride = 2)", "(4, 8, 10)")]
    [InlineData("8, 4, 5", "ConvTranspose2d(4, 3, Stride = 2, Padding = 1, OutputPadding = 1)", "(4, 8, 10)")] // 3·2 − 2 + 3 + 1
    [InlineData("8, 4, 5", "ConvTranspose2d(4, 3, 2, StrideW = 3, PaddingH = 1, DilationH = 2, OutputPaddingW = 2)", "(4, 6, 16)")]
    [InlineData("2, 6", "ConvTranspose1d(4, 4, Stride = 2, Dilation = 3, OutputPadding = 2)", "(4, 22)")] // 5·2 + 3·3 + 2 + 1
    [InlineData("3, 4, 5", "Upsample(3)", "(3, 12, 15)")]
    [InlineData("3, 5", "Upsample(2, Mode = UpsampleMode.Bilinear)", "(3, 10)")]
    [InlineData("18, 4, 5", "PixelShuffle(3)", "(2, 12, 15)")]
    [InlineData("6, 4, 5", "ChannelShuffle(3)", "(6, 4, 5)")]
    [InlineData("3, 4, 5", "ZeroPad2d(1, 2, 3, 0)", "(3, 7, 8)")] // left, right, top, bottom
    [InlineData("3, 4, 5", "ReflectionPad2d(3)", "(3, 10, 11)")]
    [InlineData("3, 7, 5", "Flatten", "(105)")]
    [InlineData("3, 7", "Flatten", "(21)")]
    [InlineData("3, 7", "Softmax", "(3, 7)")]
    [InlineData("3", "Linear(2)", "(2)")]
    [InlineData("3, 7, 5", "LayerNorm(Axes = 2)", "(3, 7, 5)")]
    [InlineData("7, 5", "RMSNorm", "(7, 5)")]
    [InlineData("6, 7, 5", "GroupNorm(2)", "(6, 7, 5)")]
    [InlineData("6, 7", "InstanceNorm1d", "(6, 7)")]
    [InlineData("6, 7, 5", "InstanceNorm2d", "(6, 7, 5)")]
    [InlineData("7, 5", "Normalize", "(7, 5)")]
    public void Output_has_the_shape_that_PyTorch_gives(string input, string layer, string expected) =>
        Assert.Equal(expected, Declaration.Parse($"[Network({input})] [{layer}]").Output.ToString());

    [Fact]
    public void Convolution_has_all_its_numbers() => Assert.Equal(
        new Convolution(2, 4, 6, new Axis(9, 4, 3, 2, 0, 1), new Axis(8, 6, 5, 1, 3, 2), 2, Bias: false, Varies: false),
        Only("[Network(4, 9, 8)] [Conv2d(6, 3, 5, StrideH = 2, PaddingW = 3, DilationW = 2, Groups = 2, Bias = false)]"));

    /// <summary>The mirror leads from 8·2 + 3 + 1 − 2 = 18 rows and 7 + 9 − 6 = 10 columns to 9 and 8.</summary>
    [Fact]
    public void Transposed_convolution_has_the_numbers_of_its_mirror() => Assert.Equal(
        new TransposedConvolution(2, 4, 6, new Axis(18, 9, 3, 2, 1, 1), new Axis(10, 8, 5, 1, 3, 2), 2, Bias: false, Varies: false),
        Only(
            "[Network(4, 9, 8)] [ConvTranspose2d(6, 3, 5, StrideH = 2, PaddingH = 1, OutputPaddingH = 1, PaddingW = 3, DilationW = 2, Groups = 2, "
            + "Bias = false)]"));

    [Fact]
    public void One_dimensional_layers_have_no_rows()
    {
        Axis columns = new(8, 3, 4, 2, 0, 1);

        Assert.Equal(new Convolution(1, 2, 5, Axis.None, columns, 1, Bias: true, Varies: false), Only("[Network(2, 8)] [Conv1d(5, 4, Stride = 2)]"));
        Assert.Equal(new MaxPool(true, new PoolWindows(Axis.None, columns)), Only("[Network(2, 8)] [MaxPool1d(4, Stride = 2)]"));
        Assert.Equal(
            new AveragePool(true, new PoolWindows(Axis.None, columns, Divisor.Input)),
            Only("[Network(2, 8)] [AvgPool1d(4, Stride = 2, CountIncludePad = false)]"));
    }

    [Theory]
    [InlineData("LeakyReLU", "LeakyReLU", 0.01)]
    [InlineData("LeakyReLU(0.2)", "LeakyReLU", 0.2)]
    [InlineData("ELU", "ELU", 1.0)]
    [InlineData("Softplus(threshold: 5)", "Softplus", 1.0, 5.0)]
    [InlineData("GELU", "GELU")]
    [InlineData("GELU(Approximate = GeluApproximation.Tanh)", "GELUTanh")]
    [InlineData("ReLU6", "ReLU6")]
    public void Activation_has_its_parameters(string layer, string function, params double[] parameters)
    {
        Activation activation = Assert.IsType<Activation>(Only($"[Network(3)] [{layer}]"));

        Assert.Equal(function, activation.Function.Name);
        Assert.Equal(parameters, activation.Function.Parameters);
    }

    /// <summary>Of PyTorch's state_dict; a region has so many rows and lanes of the axis that lies in the lanes.</summary>
    [Theory]
    [InlineData("LayerNorm", 2, 1, 4, "weight (4), bias (4)")]
    [InlineData("LayerNorm(Axes = 2)", 1, 4, 6, "weight (6, 4), bias (6, 4)")]
    [InlineData("LayerNorm(Axes = \"channels - 3\", Bias = false)", 0, 24, 6, "weight (6, 6, 4)")]
    [InlineData("LayerNorm(Affine = false)", 2, 1, 4, "")]
    [InlineData("RMSNorm", 2, 1, 4, "weight (4)")]
    [InlineData("GroupNorm(3)", 0, 24, 2, "weight (6), bias (6)")]
    [InlineData("GroupNorm(\"channels / 6\", Affine = false)", 0, 24, 6, "")]
    [InlineData("InstanceNorm2d", 0, 24, 1, "")]
    [InlineData("InstanceNorm2d(Affine = true)", 0, 24, 1, "weight (6), bias (6)")]
    public void Normalization_has_its_regions_and_weights(string layer, int dim, int rows, int lanes, string weights)
    {
        Normalization normalization = Assert.IsType<Normalization>(Only($"[Network(6, 6, 4)] [{layer}]"));

        Assert.Equal(dim, normalization.Dim);
        Assert.Equal((rows, lanes), (normalization.Statistics.Rows, normalization.Statistics.Lanes));
        Assert.Equal(weights, string.Join(", ", normalization.Weights.Select(tensor => $"{tensor.Name} ({string.Join(", ", tensor.Shape)})")));
    }

    [Theory]
    [InlineData("LayerNorm", 1e-5, true)]
    [InlineData("LayerNorm(Eps = 1e-12)", 1e-12, true)]
    [InlineData("RMSNorm", 1e-6, false)]
    [InlineData("GroupNorm(2, Eps = 0)", 0.0, true)]
    [InlineData("InstanceNorm1d", 1e-5, true)]
    public void Normalization_has_its_statistics(string layer, double eps, bool centred)
    {
        Normalization normalization = Assert.IsType<Normalization>(Only($"[Network(6, 4)] [{layer}]"));

        Assert.Equal((eps, centred), (normalization.Statistics.Eps, normalization.Statistics.Centred));
    }

    [Theory]
    [InlineData("[Linear(2)] [BatchNorm1d]", 0)]
    [InlineData("[Linear(2)] [Dropout] [Identity] [BatchNorm1d]", 0)]
    [InlineData("[Linear(2)] [ReLU] [BatchNorm1d]", -1)]
    [InlineData("[Linear(2)] [BatchNorm1d] [BatchNorm1d]", -1)]
    [InlineData("[BatchNorm1d]", -1)]
    public void Batch_norm_is_folded_into_the_layer_directly_before_it(string layers, int foldedInto) =>
        Assert.Equal(foldedInto, Assert.IsType<BatchNorm>(Declaration.Parse($"[Network(2)] {layers}").Layers[^1].Operation).FoldedInto ?? -1);

    [Theory]
    [InlineData("""[Linear(2)] [BatchNorm1d] [Add("0", "1")]""", -1)]
    [InlineData("""[Linear(2)] [Identity] [BatchNorm1d] [Add("1", "2")]""", -1)]
    [InlineData("""[Linear(2)] [Identity] [BatchNorm1d] [Add("0", "2")]""", -1)]
    [InlineData("""[Linear(2)] [Identity] [BatchNorm1d] [Add("2", "input")]""", 0)]
    [InlineData("""[Linear(2)] [Linear(2)] [BatchNorm1d(From = "0")] [Add("1", "2")]""", -1)]
    [InlineData("""[Linear(2)] [Linear(2, From = "input")] [BatchNorm1d(From = "0")] [Add("1", "2")]""", 0)]
    public void Batch_norm_is_folded_only_where_no_other_layer_reads(string layers, int foldedInto) => Assert.Equal(
        foldedInto,
        Assert.Single(Declaration.Parse($"[Network(2)] {layers}").Layers.Select(layer => layer.Operation).OfType<BatchNorm>()).FoldedInto ?? -1);

    [Theory]
    [InlineData("[BatchNorm2d] [Conv2d(4, 3)]", 1)]
    [InlineData("[BatchNorm2d] [Dropout] [Identity] [Conv2d(4, 3)]", 3)]
    [InlineData("[BatchNorm2d] [Conv2d(4, 3, Padding = 1)]", -1)]
    [InlineData("[BatchNorm2d] [Conv2d(4, 3, PaddingW = 1)]", -1)]
    [InlineData("[BatchNorm2d] [ReLU] [Conv2d(4, 3)]", -1)]
    [InlineData("[BatchNorm2d] [Flatten] [Linear(4)]", -1)]
    [InlineData("[Conv2d(4, 3)] [BatchNorm2d] [Conv2d(4, 3)]", 0)]
    [InlineData("[ConvTranspose2d(4, 3, Padding = 1)] [BatchNorm2d] [Conv2d(4, 3)]", 0)]
    [InlineData("[BatchNorm2d] [ConvTranspose2d(4, 3)]", -1)]
    [InlineData("""[ReLU] [BatchNorm2d] [Conv2d(3, 1)] [Add("0", "2")]""", 2)]
    [InlineData("""[BatchNorm2d] [Conv2d(3, 1)] [Add("0", "1")]""", -1)]
    [InlineData("""[BatchNorm2d] [Conv2d(3, 1)] [Conv2d(3, 1, From = "0")] [Add("1", "2")]""", -1)]
    [InlineData("""[BatchNorm2d] [Identity] [Conv2d(3, 1)] [Add("1", "2")]""", -1)]
    public void Batch_norm_is_folded_into_the_layer_directly_behind_it_if_that_does_not_pad(string layers, int foldedInto) => Assert.Equal(
        foldedInto,
        Assert.Single(
            Declaration.Parse($"[Network(3, 6, 6)] {layers}").Layers.Select(layer => layer.Operation).OfType<BatchNorm>()).FoldedInto ?? -1);

    [Fact]
    public void Of_two_batch_norms_each_is_folded_on_its_own() => Assert.Equal(
        [-1, 2, 2],
        Declaration.Parse("[Network(3)] [BatchNorm1d] [BatchNorm1d] [Linear(2)] [BatchNorm1d]").Layers
            .Select(layer => layer.Operation).OfType<BatchNorm>().Select(norm => norm.FoldedInto ?? -1));

    [Theory]
    [InlineData("""[Conv2d(4, 3, Padding = 1)] [Add("0", "0", "0")]""", "(4, 8, 6)")]
    [InlineData("""[Conv2d(4, 3, Padding = 1)] [Concat("0", "input", "0")]""", "(11, 8, 6)")]
    [InlineData("""[Flatten] [Linear(5)] [Concat("0", "1")]""", "(149)")]
    [InlineData("""[Conv2d(4, 3)] [MaxPool2d(3, Stride = 1, From = "input")] [Concat("1", "0")] [ReLU]""", "(7, 6, 4)")]
    public void Join_has_the_shape_of_its_inputs(string layers, string expected) =>
        Assert.Equal(expected, Declaration.Parse($"[Network(3, 8, 6)] {layers}").Output.ToString());

    [Fact]
    public void Layer_reads_the_one_before_it_unless_it_names_others() => Assert.Equal(
        [[-1], [0], [-1], [0], [3, -1, 2, 1], [4]],
        Declaration.Parse("""
            [Network(3)]
            [Linear(3, Name = "a")] [ReLU] [Tanh(From = "input")] [Sigmoid(From = "a")] [Add("3", "input", "2", "1")] [ReLU]
            """).Layers.Select(layer => layer.Inputs.ToArray()));

    [Fact]
    public void Layer_is_called_by_its_index_unless_it_has_a_name() => Assert.Equal(
        ["0", "act", "2"],
        Declaration.Parse("""[Network(2)] [Linear(2)] [ReLU(Name = "act")] [Linear(2, Name = null)]""").Layers.Select(layer => layer.Name));

    private static Operation Only(string attributes) => Assert.Single(Declaration.Parse(attributes).Layers).Operation;
}
