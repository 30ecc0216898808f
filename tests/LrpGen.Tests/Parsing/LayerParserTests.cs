using LrpGen.Generator.Layers;
using LrpGen.Generator.Model;
using LrpGen.Generator.Planning;

namespace LrpGen.Tests.Parsing;

public class LayerParserTests
{
    public static TheoryData<string, string, string> Shapes()
    {
        TheoryData<string, string, string> data = [];
        foreach ((string input, string layer, string output) in Reference.LayerTrials.All.SelectMany(kind => kind.Shapes))
        {
            data.Add(input, layer, output);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
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
