using LrpGen.Tests.Conformance;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Generation;

/// <summary>What a network says of its own structure, whatever is unrolled of it.</summary>
public sealed class DescriptionTests
{
    private static readonly NetworkLibrary Library = new(ConformanceCase.All.Values.Select(network => network.Declaration));

    public static TheoryData<string> Networks => [.. ConformanceCase.All.Keys];

    [Theory]
    [MemberData(nameof(Networks))]
    public void TellsShapesInputsAndTensors(string name)
    {
        ConformanceCase given = ConformanceCase.All[name];
        using TensorFile weights = given.OpenWeights();
        NetworkDescription description = Library.LoadGenerated(EngineKind.Looped, given.ClassName, weights).Description;

        Assert.Equal(given.Network.Input.Sizes, description.InputShape);
        Assert.Equal(given.Network.Outputs().Select(shape => shape.Sizes), description.Layers.Select(layer => layer.OutputShape));
        Assert.Equal(
            given.Network.Layers.Select((_, k) => given.Network.InputsOf(k).Select(input => input < 0 ? "input" : given.Network.Layers[input].Name)),
            description.Layers.Select(layer => layer.Inputs));
        Assert.Equal(
            given.Network.Tensors().Select(tensor => (tensor.Name, string.Join(", ", tensor.Shape.Sizes))),
            description.Tensors.Select(tensor => (tensor.Name, string.Join(", ", tensor.Shape))));
    }

    /// <summary>Three positions, windows of two with stride two: the second window begins in the input and reaches over its end.</summary>
    [Theory]
    [InlineData("Conv2d(2, 1, 3, Stride = 2, PaddingW = 1, DilationH = 3)", "kernel_size 1 3, stride 2 2, padding 0 1, dilation 3 1, groups 1")]
    [InlineData("MaxPool2d(2)", "kernel_size 2 2, stride 2 2, padding 0 0, ceil_mode 0")]
    [InlineData("AvgPool2d(2, CeilMode = true)", "kernel_size 2 2, stride 2 2, padding 0 0, ceil_mode 1, count_include_pad 1")]
    [InlineData("AvgPool2d(3, CeilMode = true)", "kernel_size 3 3, stride 3 3, padding 0 0, ceil_mode 0, count_include_pad 1")]
    [InlineData("BatchNorm2d", "eps 1E-05")]
    [InlineData("LeakyReLU(0.2)", "negative_slope 0.2")]
    [InlineData("ELU(2)", "alpha 2")]
    [InlineData("Softplus(2, 10)", "beta 2, threshold 10")]
    [InlineData("GELU(Approximate = GeluApproximation.Tanh)", "approximate 1")]
    [InlineData("AdaptiveAvgPool2d(1)", "")]
    public void TellsTheArgumentsThatNoShapeTells(string layer, string expected)
    {
        System.Reflection.Assembly assembly =
            Compiler.Load(null, $"using LrpGen; namespace Declared; [Network(1, 3, 3)] [{layer}] public partial class Net;");
        NetworkDescription description = NetworkLibrary.DescriptionOf(assembly, "Net");
        Assert.Equal(expected, string.Join(", ", description.Layers[0].Arguments.Select(argument =>
            FormattableString.Invariant($"{argument.Name} {string.Join(' ', argument.Values)}"))));
    }
}
