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

    public static IReadOnlyDictionary<string, byte[]> Models { get; } = new Dictionary<string, byte[]>
    {
        ["a bias behind an alias"] = Vector(graph =>
        {
            string y = graph.Add("MatMul", "y", ["input", graph.Constant("w", [4, 3], Values(12))]);
            string sum = graph.Add("Add", "sum", [graph.Add("Identity", "alias", [y]), graph.Constant("b", [3], [1f, 2f, -3f])]);
            return graph.Add("Add", "both", [sum, graph.Add("Relu", "r", [y])]);
        }),
        ["a bias behind a part that is the whole"] = Vector(graph =>
        {
            string y = graph.Add("MatMul", "y", ["input", graph.Constant("w", [4, 3], Values(12))]);
            string whole = graph.Add("Slice", "whole", [y, graph.Constant("start", 0L), graph.Constant("end", 9L), graph.Constant("axis", 1L)]);
            string sum = graph.Add("Add", "sum", [whole, graph.Constant("b", [3], [1f, 2f, -3f])]);
            return graph.Add("Add", "both", [sum, graph.Add("Relu", "r", [y])]);
        }),
        ["a bias beside a part"] = Vector(graph =>
        {
            string y = graph.Add("MatMul", "y", ["input", graph.Constant("w", [4, 4], Values(16))]);
            graph.Graph.Node.Add(
                new NodeProto { OpType = "Split", Input = { y }, Output = { "first", "second" }, Attribute = { Attribute("axis", 1) } });
            string sum = graph.Add("Add", "sum", [y, graph.Constant("b", [4], [1f, 2f, -3f, -4f])]);
            return graph.Add("Concat", "both", [sum, graph.Add("Relu", "r", ["second"])], Attribute("axis", 1));
        }),
        ["a flat Softplus of a multiple"] = Image(graph => Softplus(graph, Scale(graph, "input", 3), 0.05)),
        ["a flat Softplus of a large multiple"] = Image(graph => Softplus(graph, Scale(graph, "input", 3e3), 0.05)),
        ["Softplus with a threshold"] = Image(graph => graph.Add(
            "Where",
            "w",
            [
                graph.Add("Greater", "g", [Scale(graph, "input", 0.05), graph.Constant("threshold", [], [0.04f])]),
                "input",
                Softplus(graph, "input", 0.05),
            ])),
        ["Clip from below"] = Image(graph => graph.Add("Relu", "r", [graph.Add("Add", "a",
            [graph.Add("Clip", "c", ["input", graph.Constant("min", [], [-0.2f])]), graph.Constant("one", [], [0.1f])])])),
        ["Clip from above"] = Image(graph => graph.Add("Clip", "c", ["input", "", graph.Constant("max", [], [0.2f])])),
        ["HardSwish in pieces"] = Vector(graph =>
        {
            string x = Scaled(graph);
            string shifted = graph.Add("Add", "a", [x, graph.Constant("three", [], [3f])]);
            string clipped = graph.Add("Clip", "c", [shifted, graph.Constant("zero", [], [0f]), graph.Constant("six", [], [6f])]);
            return graph.Add("Div", "d", [graph.Add("Mul", "m", [x, clipped]), graph.Constant("divisor", [], [6f])]);
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
            graph => graph.Add(
                "Relu",
                "r",
                [graph.Add("ReduceMean", "m", ["input", graph.Constant("axes", (long[])[])], Attribute("noop_with_empty_axes", 1))]),
            operatorSet: 18),
        ["Gemm with factors"] = Vector(graph => graph.Add(
            "Gemm",
            "g",
            ["input", graph.Constant("w", [4, 3], Values(12)), graph.Constant("b", [3], Values(3))],
            Attribute("alpha", 0.5),
            Attribute("beta", 2.0))),
        ["Clip by attributes"] = Vector(
            graph => graph.Add("Clip", "c", [Scaled(graph)], Attribute("min", 0.0), Attribute("max", 6.0)), operatorSet: 10),
        ["Clip by one attribute"] = Vector(graph => graph.Add("Clip", "c", ["input"], Attribute("min", 0.0)), operatorSet: 10),
        ["Softmax of a vector before operator set 13"] = Vector(
            graph => graph.Add("Relu", "r", [graph.Add("Softmax", "s", ["input"])]), operatorSet: 12),
        ["Softmax of the last axis before operator set 13"] = Image(graph => Softmax(graph, axis: 3), operatorSet: 12),
        ["Softmax of the last axis by default"] = Image(graph => Softmax(graph)),
        ["Softmax of channels"] = Image(graph => graph.Add("Relu", "r", [graph.Add("Softmax", "s", ["input"], Attribute("axis", 1))])),
        ["Dropout without training mode"] = Vector(graph => Dropout(graph, training: false)),
        ["Squeeze by an attribute"] = Image(
            graph => graph.Add("Squeeze", "s", [graph.Add("GlobalMaxPool", "p", ["input"])], Attribute("axes", [2, 3])), operatorSet: 12),
        ["Squeeze by an input"] = Image(
            graph => graph.Add("Squeeze", "s", [graph.Add("GlobalMaxPool", "p", ["input"]), graph.Constant("axes", -1, -2)])),
        ["Squeeze of one spatial axis"] = Image(
            graph => graph.Add("Squeeze", "s", [graph.Add("GlobalMaxPool", "p", ["input"]), graph.Constant("axes", 3L)])),
        ["Unsqueeze"] = Image(graph => graph.Add("Unsqueeze", "u", ["input", graph.Constant("axes", 2L)])),
        ["Softmax of the last axis"] = Image(graph => graph.Add("Softmax", "s", ["input"], Attribute("axis", 3))),
        ["LayerNorm in pieces"] = Image(graph => LayerNorm(graph, "input", 6)),
        ["LayerNorm by a reciprocal"] = Image(graph => LayerNorm(graph, "input", 6, divides: false)),
        ["LayerNorm of a layer that is read again"] = Image(graph =>
        {
            string x = graph.Add("Mul", "x", ["input", graph.Add("Sigmoid", "sigmoid", ["input"])]);
            return graph.Add("Add", "skip", [LayerNorm(graph, x, 6), x]);
        }),
        ["RMSNorm in pieces"] = Image(graph =>
        {
            string square = graph.Add("Pow", "p", ["input", graph.Constant("two", [], [2f])]);
            string squares = graph.Add("ReduceMean", "m", [square], Attribute("axes", [-1]));
            string deviation = graph.Add("Sqrt", "s", [graph.Add("Add", "a", [graph.Constant("eps", [], [1e-6f]), squares])]);
            return graph.Add("Mul", "w", [graph.Constant("weight", [6], Values(6)), graph.Add("Div", "d", ["input", deviation])]);
        }),
        ["Normalize in pieces"] = Image(graph =>
        {
            string norm = graph.Add("ReduceL2", "n", ["input"], Attribute("axes", [-1]), Attribute("keepdims", 1));
            string bounded = graph.Add("Clip", "c", [norm, graph.Constant("least", [], [1e-12f])]);
            return graph.Add("Div", "d", ["input", graph.Add("Expand", "e", [bounded, graph.Add("Shape", "shape", ["input"])])]);
        }),
        ["GroupNorm without biases"] = Image(graph => graph.Add("Mul", "m", [
            graph.Add("InstanceNormalization", "n", ["input", graph.Constant("ones", [2], [1f, 1f]), graph.Constant("zeros", [2], [0f, 0f])]),
            graph.Constant("weight", [2, 1, 1], [2f, 3f])])),
        ["a block of ConvNeXt"] = Image(graph =>
        {
            string last = graph.Add("Transpose", "last", ["input"], Attribute("perm", [0, 2, 3, 1]));
            string wide = Affine(graph, LayerNorm(graph, last, 2), 2, 5);
            string narrow = Affine(graph, graph.Add("Mul", "silu", [wide, graph.Add("Sigmoid", "sigmoid", [wide])]), 5, 2);
            string first = graph.Add("Transpose", "first", [narrow], Attribute("perm", [0, 3, 1, 2]));
            return graph.Add("Add", "skip", [graph.Add("Mul", "m", [graph.Constant("gamma", [2, 1, 1], [0.5f, 2f]), first]), "input"]);
        }),
        ["Resize to sizes"] = Image(graph => graph.Add(
            "Resize",
            "r",
            ["input", "", "", graph.Constant("sizes", 1, 2, 15, 18)],
            Attribute("mode", "nearest"),
            Attribute("coordinate_transformation_mode", "half_pixel"))),
        ["MaxPool of zeros around negative values"] = Image(graph => graph.Add(
            "MaxPool", "p", [graph.Add("Pad", "pad", ["input", graph.Constant("pads", 0, 0, 1, 1, 0, 0, 1, 1)])], Attribute("kernel_shape", [2, 2]))),
        ["zeros around channels that are last"] = Image(graph =>
        {
            string last = graph.Add("Transpose", "last", ["input"], Attribute("perm", [0, 2, 3, 1]));
            return graph.Add("Relu", "r", [graph.Add("Pad", "pad", [last, graph.Constant("pads", 0, 1, 0, 0, 0, 0, 2, 0)])]);
        }),
        ["Slice of two axes"] = Image(graph => graph.Add(
            "Slice", "s", ["input", graph.Constant("starts", 1, -4), graph.Constant("ends", long.MaxValue, -1), graph.Constant("axes", 2, -1)])),
        ["Split"] = Image(graph =>
        {
            graph.Graph.Node.Add(new NodeProto
            {
                OpType = "Split",
                Input = { "input", graph.Constant("sizes", 2, 3) },
                Output = { "a", "b" },
                Attribute = { Attribute("axis", -2) },
            });
            return graph.Add("Concat", "swapped", ["b", "a"], Attribute("axis", 2));
        }),
        ["Gather of a list of one"] = Image(
            graph => graph.Add("Gather", "g", ["input", graph.Constant("index", -1L)], Attribute("axis", 3))),
        ["a mean that stays, times the input"] = Image(graph => graph.Add(
            "Mul", "m", ["input", graph.Add("Sigmoid", "s", [graph.Add("ReduceMean", "mean", ["input"], Attribute("axes", [2, 3]))])])),
        ["a mean of channels that stays"] = Image(graph => graph.Add(
            "Add", "a", ["input", graph.Add("ReduceMean", "mean", ["input"], Attribute("axes", [1]))])),
        ["means of rows that are means"] = Image(graph => MeansOfRows(graph, MeansOfRows(graph, "input", 5, 4), 4, 3)),
        ["Shape from a start to an end"] = Image(graph =>
            Reshape(graph, graph.Constant("one", 1L), Shape(graph, 1, -1), graph.Constant("rest", -1L))),
        ["Shape to an end beyond the last axis"] = Image(graph => Reshape(graph, Shape(graph, -9, 9))),
    };

    /// <summary>A model with parts that no layer computes.</summary>
    public static byte[] Refused => Vector(graph =>
    {
        string quotient = graph.Add("Div", "d", ["input", graph.Add("Relu", "r", ["input"])]);
        return graph.Add("Einsum", "e", [quotient]);
    });

    public static TheoryData<string> Names => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void PredictsAsOnnxRuntime(string name)
    {
        ImportedNetwork imported = OnnxModel.Import(
            new MemoryStream(Models[name]), new() { Namespace = Declaration.Namespace, ClassName = "Imported", KeepSoftmax = true });
        INetwork network = NetworkLibrary.Load(Compiler.Load(null, [imported.Source]), imported.ClassName, imported.Weights);
        float[] input = Values(network.InputSize, scale: name.StartsWith("a flat Softplus", StringComparison.Ordinal) ? 30 : 1);
        float[] output = new float[network.OutputSize];
        network.Forward(input, output);
        Numbers.AssertClose(Judge.Predict(Models[name], input).ToDoubles(), output.ToDoubles(), Tolerance, $"{name}\n{imported.Source}");
    }

    /// <summary>Its own numbers, not those of what it reads.</summary>
    [Fact]
    public void SoftplusHasNoThresholdThatIsAFactor() =>
        Assert.Contains(
            "Softplus(0.05)",
            OnnxModel.Import(new MemoryStream(Models["a flat Softplus of a multiple"]), new() { KeepSoftmax = true }).Source,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Sigmoid")]
    [InlineData("HardSigmoid")]
    [InlineData("Softplus")]
    [InlineData("Clip")]
    public void WhatHasAnOffsetIsLeftOutAtTheEnd(string op)
    {
        byte[] model = Vector(graph =>
        {
            string scores = graph.Add("Gemm", "g", ["input", graph.Constant("w", [4, 3], Values(12))]);
            string[] bounds = op == "Clip" ? [graph.Constant("min", [], [0.1f]), graph.Constant("max", [], [0.9f])] : [];
            return graph.Add(op, "s", [scores, .. bounds], op == "HardSigmoid" ? [Attribute("alpha", 1 / 6.0)] : []);
        });
        ImportedNetwork imported = Import(model);
        Assert.Equal([$"node 's' ({op}) at the end is left out: the class gives logits, from which explanations start."], imported.Notes);
        Assert.Contains("[Linear(3, Bias = false, Name = \"g\")]\n[Explain", imported.Source, StringComparison.Ordinal);
        ImportedNetwork kept = OnnxModel.Import(new MemoryStream(model), new() { KeepSoftmax = true });
        Assert.Empty(kept.Notes);
        Assert.DoesNotContain("[Explain", kept.Source, StringComparison.Ordinal);
    }

    /// <summary>The input is looked at before the nodes are.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void APermutationOfTheInputThatIsNoneIsRefused(bool isOfAnotherType) => AssertRefused(
        Image(graph => graph.Add("Transpose", "t", ["input"], isOfAnotherType
            ? Attribute("perm", 1.5)
            : new AttributeProto { Name = "perm", Type = AttributeProto.Types.Kind.Ints, Ints = { 0, 1L << 40, 2, 3 } })),
        "node 't' (Transpose): its attribute perm");

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
    public void DropoutInTrainingModeIsRefused() => AssertRefused(
        Vector(graph => Dropout(graph, training: true)), "node 'd' (Dropout): it is in training mode; export the model in evaluation mode");

    /// <summary>Until operator set 13, axis 1 stood for all axes from there on.</summary>
    [Fact]
    public void SoftmaxOverSeveralAxesIsRefused() => AssertRefused(
        Image(graph => graph.Add("Softmax", "s", ["input"], Attribute("axis", 1)), 12), "node 's' (Softmax): it is not over one axis");

    [Fact]
    public void AllPartsThatNoLayerComputesAreListed() => Assert.EndsWith(
        """
        the stream cannot be imported: these parts are not supported:
          node 'd' (Div): no layer computes it from two values
          node 'e' (Einsum): no layer computes this operator.
        """,
        Assert.Throws<OnnxException>(() => Import(Refused)).Message);

    [Fact]
    public void SqueezingTheBatchIsRefused() => AssertRefused(
        Image(graph => graph.Add("Squeeze", "s", [graph.Add("GlobalMaxPool", "p", ["input"])])),
        "node 's' (Squeeze): it drops all axes of size 1, and so the batch of one sample");

    [Fact]
    public void AnEpsilonThatIsNoNumberIsRefused() => AssertRefused(
        Vector(graph => graph.Add(
            "BatchNormalization",
            "n",
            ["input", .. new[] { "scale", "shift", "mean", "variance" }.Select(name => graph.Constant(name, [4], Values(4)))],
            Attribute("epsilon", double.NaN))),
        "node 'n' (BatchNormalization): its epsilon is NaN");

    [Fact]
    public void GatherDoesNotGrowWithoutBound() => AssertRefused(
        Vector(graph =>
        {
            string rows = graph.Constant("indices", new long[4000]);
            string once = graph.Add("Gather", "once", [graph.Constant("c", 1L), rows]);
            string row = graph.Add("Unsqueeze", "u", [once, graph.Constant("axis", 0L)]);
            return graph.Add("Gather", "g", [row, graph.Constant("more", new long[40000])]);
        }),
        "node 'g' (Gather): it computes 160000000 numbers of constants; at most 33554432 are supported, of all nodes together");

    [Fact]
    public void ManyOperandsAreRefused() => AssertRefused(
        Vector(graph => graph.Add("Sum", "s", Enumerable.Repeat("input", 33))), "node 's' (Sum): it has 33 inputs");

    [Fact]
    public void FunctionsOfManyNumbersAreRefused() => AssertRefused(
        Vector(graph => Enumerable.Range(1, 3).Aggregate("input", (x, k) => graph.Add(
            "Max", "m", [x, .. Enumerable.Range(0, 15).Select(i => graph.Constant("c", [], [(15 * k) + i]))]))),
        "it is a function with 45 numbers");

    [Fact]
    public void IntegersDoNotGrowWithoutBound() => AssertRefused(
        Vector(graph => Enumerable.Range(0, 28).Aggregate(
            graph.Constant("c", 1L), (c, _) => graph.Add("Concat", "c", [c, c], Attribute("axis", 0)))),
        "numbers of constants; at most 33554432 are supported, of all nodes together");

    [Fact]
    public void ControlCharactersAreReplaced() => AssertRefused(Vector(graph => graph.Add("A\u001b\u2028", "x", ["input"])), "(A??)");

    [Theory]
    [InlineData("Foo.Bar")]
    [InlineData("int")]
    public void OtherNamesOfClassesAreRefused(string name) => Assert.Contains(
        $"'{name}' is no name of a class in C#",
        Assert.Throws<OnnxException>(() => OnnxModel.Import(new MemoryStream(Models["VALID"]), new() { ClassName = name })).Message,
        StringComparison.Ordinal);

    private static ImportedNetwork Import(byte[] model) => OnnxModel.Import(new MemoryStream(model));

    private static void AssertRefused(byte[] model, string message) => Assert.Contains(
        message, Assert.Throws<OnnxException>(() => OnnxModel.Import(new MemoryStream(model))).Message, StringComparison.Ordinal);

    private static string Pool(GraphBuilder graph, string autoPad) => graph.Add(
        "MaxPool",
        "p",
        ["input"],
        Attribute("kernel_shape", [3, 3]),
        new AttributeProto { Name = "auto_pad", Type = AttributeProto.Types.Kind.String, S = ByteString.CopyFromUtf8(autoPad) });

    /// <summary>The input with values beyond the bounds of ReLU6.</summary>
    private static string Scaled(GraphBuilder graph) => graph.Add("Mul", "scaled", ["input", graph.Constant("ten", [4], [10f, 10f, 10f, 10f])]);

    /// <summary>A softmax over the channels, which are last meanwhile; over the axis by default if none is given.</summary>
    private static string Softmax(GraphBuilder graph, params IEnumerable<int> axis) => graph.Add(
        "Transpose",
        "first",
        [
            graph.Add(
                "Softmax",
                "s",
                [graph.Add("Transpose", "last", ["input"], Attribute("perm", [0, 2, 3, 1]))],
                axis.Select(value => Attribute("axis", value))),
        ],
        Attribute("perm", [0, 3, 1, 2]));

    private static string Scale(GraphBuilder graph, string x, double factor) =>
        graph.Add("Mul", "m", [x, graph.Constant("factor", [], [(float)factor])]);

    private static string Softplus(GraphBuilder graph, string x, double beta) =>
        graph.Add("Div", "d", [graph.Add("Softplus", "s", [Scale(graph, x, beta)]), graph.Constant("beta", [], [(float)beta])]);

    /// <summary>As PyTorch 1.13 writes it.</summary>
    private static string LayerNorm(GraphBuilder graph, string x, int size, bool divides = true)
    {
        string centred = graph.Add("Sub", "centred", [x, graph.Add("ReduceMean", "mean", [x], Attribute("axes", [-1]))]);
        string squares = graph.Add("Pow", "squares", [centred, graph.Constant("two", [], [2f])]);
        string variance = graph.Add("ReduceMean", "variance", [squares], Attribute("axes", [-1]));
        string deviation = graph.Add("Sqrt", "deviation", [graph.Add("Add", "sum", [variance, graph.Constant("eps", [], [0.001f])])]);
        string normalized = divides
            ? graph.Add("Div", "normalized", [centred, deviation])
            : graph.Add("Mul", "normalized", [centred, graph.Add("Reciprocal", "reciprocal", [deviation])]);
        string scaled = graph.Add("Mul", "scaled", [normalized, graph.Constant("weight", [size], Values(size))]);
        return graph.Add("Add", "shifted", [scaled, graph.Constant("bias", [size], Values(size))]);
    }

    private static string Affine(GraphBuilder graph, string x, int inputs, int outputs) => graph.Add("Add", "affine", [
        graph.Add("MatMul", "product", [x, graph.Constant("w", [inputs, outputs], Values(inputs * outputs))]),
        graph.Constant("b", [outputs], Values(outputs))]);

    private static string MeansOfRows(GraphBuilder graph, string x, int inputs, int outputs) =>
        graph.Add("MatMul", "m", [graph.Constant("rows", [outputs, inputs], AdaptiveWindows.Rows(inputs, outputs)), x]);

    private static string Dropout(GraphBuilder graph, bool training)
    {
        const string Mode = "training";
        graph.Graph.Initializer.Add(new TensorProto { Name = Mode, DataType = (int)ElementType.Bool, Int32Data = { training ? 1 : 0 } });
        return graph.Add("Relu", "r", [graph.Add("Dropout", "d", ["input", graph.Constant("ratio", [], [0.5f]), Mode])]);
    }

    private static string Shape(GraphBuilder graph, long start, long end) =>
        graph.Add("Shape", "shape", ["input"], Attribute("start", start), Attribute("end", end));

    private static string Reshape(GraphBuilder graph, params IEnumerable<string> sizes) =>
        graph.Add("Reshape", "y", ["input", graph.Add("Concat", "sizes", sizes, Attribute("axis", 0))]);

    private static float[] Values(int count, float scale = 1) => [.. Enumerable.Range(1, count).Select(i => scale * MathF.Sin(i))];

    private static byte[] Vector(Func<GraphBuilder, string> build, int operatorSet = 17) => Model(build, operatorSet, 4);

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
