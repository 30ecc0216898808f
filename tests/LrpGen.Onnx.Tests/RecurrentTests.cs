using Google.Protobuf;
using LrpGen.Onnx.Format;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Tests;

/// <summary>What recurrent operators compute that no layer does is refused, with the reason; both layouts are read.</summary>
public sealed class RecurrentTests
{
    [Fact]
    public void OtherDirectionsAreRefused() => AssertRefused(
        "lstm_series", node => node.Attribute.Add(Attribute("direction", "reverse")), "its direction is reverse; only forward and bidirectional");

    [Fact]
    public void OtherActivationsAreRefused()
    {
        AttributeProto activations = new()
        {
            Name = "activations",
            Type = AttributeProto.Types.Kind.Strings,
            Strings = { new[] { "Sigmoid", "Relu", "Tanh" }.Select(ByteString.CopyFromUtf8) },
        };
        AssertRefused(
            "lstm_series", node => node.Attribute.Add(activations), "its activations are Sigmoid, Relu, Tanh instead of Sigmoid, Tanh, Tanh");
    }

    [Fact]
    public void ClippedSumsAreRefused() => AssertRefused(
        "lstm_series", node => node.Attribute.Add(Attribute("clip", 1.0)), "it clips what its activations read");

    [Fact]
    public void CoupledGatesAreRefused() => AssertRefused(
        "lstm_series", node => node.Attribute.Add(Attribute("input_forget", 1)), "its input and forget gates are coupled");

    [Fact]
    public void AStateThatIsResetBeforeTheWeightsIsRefused() => AssertRefused(
        "states",
        node => node.Attribute.Remove(node.Attribute.Single(attribute => attribute.Name == "linear_before_reset")),
        "(linear_before_reset = 0); supported is 1, as PyTorch exports it");

    [Theory]
    [InlineData(4, "sequence_lens are not known to be 8, of all rows")]
    [InlineData(5, "its initial state is not known to be 0")]
    [InlineData(6, "its initial state is not known to be 0")]
    [InlineData(7, "its gates look at the cell (peepholes)")]
    public void OtherInputsAreRefused(int index, string message) => AssertRefused(
        "lstm_series",
        node =>
        {
            while (node.Input.Count <= index)
            {
                node.Input.Add("");
            }

            node.Input[index] = "fc.bias";
        },
        message);

    [Fact]
    public void WeightsThatDoNotFitAreRefused() => AssertRefused(
        "lstm_series", node => node.Input[2] = node.Input[1], "its tensors are of shapes (1, 20, 6) and (1, 20, 6) and (1, 40), which do not fit");

    [Fact]
    public void TheLastCellIsRefused() => AssertRefused(
        "lstm_series",
        node =>
        {
            node.Output.Add(["state", "cell"]);
            (node.Output[0], node.Output[^1]) = (node.Output[^1], node.Output[0]);
        },
        "its last cell is read, which a layer keeps for itself");

    [Fact]
    public void RowsAlongTheBatchAreRefused() => AssertRefused(
        "lstm_series",
        node => node.Input[0] = "input",
        "it reads (1, 8, 6), where rows of features are not along axis 0 or the samples of a batch not along axis 1; export the module with");

    /// <summary>ONNX Runtime does not compute this layout; the class is that of the other one.</summary>
    [Fact]
    public void TheBatchMayBeFirst()
    {
        ModelProto model = Read("lstm_series");
        foreach (NodeProto node in model.Graph.Node)
        {
            switch (node.OpType)
            {
                case "LSTM":
                    node.Attribute.Add(Attribute("layout", 1));
                    break;
                case "Squeeze":
                    node.Input[1] = "two";
                    break;
                case "Transpose":
                    node.OpType = "Identity";
                    break;
            }
        }

        model.Graph.Initializer.Add(new TensorProto { Name = "two", Dims = { 1 }, DataType = (int)ElementType.Int64, Int64Data = { 2 } });
        Assert.Equal(Import(Read("lstm_series")).Source, Import(model).Source);
    }

    private static ModelProto Read(string name) =>
        ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "recurrent", $"{name}.onnx")));

    private static ImportedNetwork Import(ModelProto model) => OnnxModel.Import(new MemoryStream(model.ToByteArray()));

    private static void AssertRefused(string name, Action<NodeProto> change, string message)
    {
        ModelProto model = Read(name);
        change(model.Graph.Node.First(node => node.OpType is "LSTM" or "GRU"));
        Assert.Contains(message, Assert.Throws<OnnxException>(() => Import(model)).Message, StringComparison.Ordinal);
    }
}
