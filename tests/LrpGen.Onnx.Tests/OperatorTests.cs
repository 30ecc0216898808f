using Google.Protobuf;
using LrpGen.Onnx.Export;
using LrpGen.Onnx.Format;
using LrpGen.Tests.Engine;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Tests;

/// <summary>Small graphs that no exporter of PyTorch writes: the imported class predicts what ONNX Runtime does, or the import refuses.</summary>
public sealed class OperatorTests
{
    /// <summary>Both compute in float32, in different orders of summation.</summary>
    private const double Tolerance = 1e-5;

    private static readonly Dictionary<string, byte[]> Models = new()
    {
        ["a bias behind an alias"] = Vector(graph =>
        {
            string y = graph.Add("MatMul", "y", ["input", graph.Constant("w", [4, 3], Values(12))]);
            string sum = graph.Add("Add", "sum", [graph.Add("Identity", "alias", [y]), graph.Constant("b", [3], [1f, 2f, -3f])]);
            return graph.Add("Add", "both", [sum, graph.Add("Relu", "r", [y])]);
        }),
        ["a bias of one"] = Vector(graph => graph.Add(
            "Add", "sum", [graph.Add("MatMul", "y", ["input", graph.Constant("w", [4, 1], Values(4))]), graph.Constant("b", [1], [0.5f])])),
        ["Flatten of axis -3"] = Image(graph => graph.Add("Flatten", "f", ["input"], Attribute("axis", -3))),
        ["SAME_UPPER"] = Image(graph => Pool(graph, "SAME_UPPER")),
        ["SAME_LOWER"] = Image(graph => Pool(graph, "SAME_LOWER")),
        ["VALID"] = Image(graph => Pool(graph, "VALID")),
        ["a product with 1"] = Vector(graph => graph.Add(
            "Relu", "r", [graph.Add("Mul", "m", ["input", graph.Constant("one", [1], [1f])])])),
        ["ReduceMean by an input"] = Image(
            graph => graph.Add("ReduceMean", "m", ["input", graph.Constant("axes", -1, -2)], Attribute("keepdims", 0)), operatorSet: 18),
        ["ReduceMean of nothing"] = Image(
            graph => graph.Add("Relu", "r", [graph.Add("ReduceMean", "m", ["input", graph.Constant("axes", (long[])[])], Attribute("noop_with_empty_axes", 1))]),
            operatorSet: 18),
        ["Gemm with factors"] = Vector(graph => graph.Add(
            "Gemm", "g", ["input", graph.Constant("w", [4, 3], Values(12)), graph.Constant("b", [3], Values(3))], Attribute("alpha", 0.5), Attribute("beta", 2.0))),
    };

    public static TheoryData<string> Names => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void PredictsAsOnnxRuntime(string name)
    {
        ImportedNetwork imported = OnnxModel.Import(new MemoryStream(Models[name]), new() { Namespace = Declaration.Namespace, ClassName = "Imported" });
        INetwork network = NetworkLibrary.Load(Compiler.Load(null, [imported.Source]), imported.ClassName, imported.Weights);
        float[] input = Values(network.InputSize);
        float[] output = new float[network.OutputSize];
        network.Forward(input, output);
        Numbers.AssertClose(Judge.Predict(Models[name], input).ToDoubles(), output.ToDoubles(), Tolerance, $"{name}\n{imported.Source}");
    }

    [Fact]
    public void DilatedAveragesAreRefused() => AssertRefused(
        Image(graph => graph.Add("AveragePool", "p", ["input"], Attribute("kernel_shape", [2, 2]), Attribute("dilations", [2, 2])), operatorSet: 19),
        "its windows are dilated");

    [Fact]
    public void AnOutputThatIsConstantIsRefused() => AssertRefused(
        Vector(graph => graph.Constant("c", [1], [1f])), "a layer reads a tensor that does not depend on the input");

    [Fact]
    public void WhereOfTwoIsRefused() => AssertRefused(
        Vector(graph => graph.Add("Where", "w", [graph.Constant("a", 1L), graph.Constant("b", 1L)])), "it has 2 inputs");

    [Fact]
    public void SurplusInputsAreRefused() => AssertRefused(
        Vector(graph => graph.Add("LeakyRelu", "r", ["input", graph.Constant("slope", [1], [0.5f])])), "it has 2 inputs");

    [Fact]
    public void IntegersDoNotGrowWithoutBound() => AssertRefused(
        Vector(graph => Enumerable.Range(0, 28).Aggregate(
            graph.Constant("c", 1L), (c, _) => graph.Add("Concat", "c", [c, c], Attribute("axis", 0)))),
        "integers; at most 1024 are supported");

    [Fact]
    public void ControlCharactersAreReplaced() => AssertRefused(Vector(graph => graph.Add("A\u001b\u2028", "x", ["input"])), "(A??)");

    [Theory]
    [InlineData("Foo.Bar")]
    [InlineData("int")]
    public void OtherNamesOfClassesAreRefused(string name) => Assert.Contains(
        $"'{name}' is no name of a class in C#",
        Assert.Throws<OnnxException>(() => OnnxModel.Import(new MemoryStream(Models["VALID"]), new() { ClassName = name })).Message,
        StringComparison.Ordinal);

    private static void AssertRefused(byte[] model, string message) => Assert.Contains(
        message, Assert.Throws<OnnxException>(() => OnnxModel.Import(new MemoryStream(model))).Message, StringComparison.Ordinal);

    private static string Pool(GraphBuilder graph, string autoPad) => graph.Add(
        "MaxPool",
        "p",
        ["input"],
        Attribute("kernel_shape", [3, 3]),
        new AttributeProto { Name = "auto_pad", Type = AttributeProto.Types.Kind.String, S = ByteString.CopyFromUtf8(autoPad) });

    private static float[] Values(int count) => [.. Enumerable.Range(1, count).Select(i => MathF.Sin(i))];

    private static byte[] Vector(Func<GraphBuilder, string> build) => Model(build, 17, 4);

    private static byte[] Image(Func<GraphBuilder, string> build, int operatorSet = 17) => Model(build, operatorSet, 2, 5, 6);

    private static byte[] Model(Func<GraphBuilder, string> build, int operatorSet, params int[] shape)
    {
        GraphBuilder graph = new("graph");
        graph.UniqueName("input");
        string output = build(graph);
        graph.Graph.Input.Add(Tensor("input", [1, .. shape]));
        graph.Graph.Output.Add(Tensor(output, []));
        return new ModelProto { IrVersion = 8, OpsetImport = { new OperatorSetProto { Version = operatorSet } }, Graph = graph.Graph }.ToByteArray();
    }

    private static ValueProto Tensor(string name, int[] shape)
    {
        TensorTypeProto type = new() { ElemType = (int)ElementType.Float };
        if (shape.Length > 0)
        {
            type.Shape = new() { Dim = { shape.Select(size => new DimensionProto { DimValue = size }) } };
        }

        return new() { Name = name, Type = new() { TensorType = type } };
    }
}
