using Google.Protobuf;
using LrpGen.Onnx.Format;

namespace LrpGen.Onnx.Tests;

/// <summary>Damaged and malicious models: one clear exception, or a class.</summary>
public sealed class HostileModelTests
{
    private static readonly byte[] Model = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "bottleneck_with_batch_norm.onnx"));

    [Fact]
    public void EveryPartOfAFileIsRefused() =>
        Assert.All(Enumerable.Range(0, Model.Length / 13), part => Assert.Throws<OnnxException>(() => Import(Model[..(part * 13)])));

    [Fact]
    public void ChangedBytesAreImportedOrRefused() => Change(Model, trials: 3000);

    /// <summary>Of all operators, in few bytes besides their attributes.</summary>
    [Fact]
    public void ChangedBytesOfSmallGraphsAreImportedOrRefused() => Assert.All(OperatorTests.Models.Values, model => Change(model, trials: 200));

    /// <summary>Masks, positions and sizes of these are computed while they are imported.</summary>
    [Theory]
    [InlineData("bert", 9)]
    [InlineData("gpt", 9)]
    [InlineData("packed", null)]
    [InlineData("scaled", 9)]
    public void ChangedBytesOfTransformersAreImportedOrRefused(string name, int? tokens) => Change(Transformer(name), trials: 300, tokens);

    [Theory]
    [InlineData("gru_bidirectional", 9)]
    [InlineData("modules", null)]
    [InlineData("states", null)]
    public void ChangedBytesOfRecurrentNetworksAreImportedOrRefused(string name, int? tokens) =>
        Change(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "recurrent", $"{name}.onnx")), trials: 300, tokens);

    /// <summary>As 64 bits are.</summary>
    [Fact]
    public void IdsOf32BitsAreRead() => Assert.Contains(
        "[Network(Tokens = 10)]",
        Import(Changed("packed", model => model.Graph.Input[0].Type.TensorType.ElemType = (int)ElementType.Int32)).Source,
        StringComparison.Ordinal);

    [Fact]
    public void RepeatedInputsAreRefused() => AssertRefused(
        "bert", model => model.Graph.Input.Add(model.Graph.Input[0]), "it has two inputs 'input_ids'");

    [Fact]
    public void TokensBeyondMemoryAreRefused() => AssertRefused(
        "packed",
        model => model.Graph.Input[0].Type.TensorType.Shape.Dim[1].DimValue = long.MaxValue,
        "its input 'input_ids' is of shape (1, 9223372036854775807); expected a batch and at most 16384 tokens");

    /// <summary>Added to the embeddings, as numbers: a one for every feature of a token, which no layer of a network of tokens adds.</summary>
    [Fact]
    public void AMaskThatIsUsedOtherwiseIsRefused() => AssertRefused(
        "bert",
        model =>
        {
            string types = model.Graph.Node.First(node => node.Input.Contains("token_type_ids")).Output[0];
            NodeProto sum = model.Graph.Node.First(node => node.OpType == "Add" && node.Input[1] == types);
            model.Graph.Node.Insert(0, new NodeProto
            {
                OpType = "Cast",
                Input = { "attention_mask" },
                Output = { "numbers" },
                Attribute = { Export.GraphBuilder.Attribute("to", (long)ElementType.Float) },
            });
            model.Graph.Node.Insert(1, new NodeProto
            {
                OpType = "Unsqueeze",
                Input = { "numbers", "last" },
                Output = { "column" },
            });
            model.Graph.Initializer.Add(new TensorProto { Name = "last", Dims = { 1 }, DataType = (int)ElementType.Int64, Int64Data = { 2 } });
            sum.Input[1] = "column";
        },
        "no layer computes it with a number for each token");

    [Fact]
    public void AMissingTensorIsRefused() =>
        AssertRefused(model => model.Graph.Initializer.Remove(Weight(model)), "it reads 'head.weight', which nothing before it writes");

    [Fact]
    public void ACycleIsRefused() => AssertRefused(
        model => model.Graph.Node[0].Input[0] = model.Graph.Node[1].Output[0], "which nothing before it writes");

    [Fact]
    public void ARepeatedTensorIsRefused() =>
        AssertRefused(model => model.Graph.Initializer.Add(Weight(model)), "it has two tensors 'head.weight'");

    [Fact]
    public void ARepeatedOutputIsRefused() => AssertRefused(
        model => model.Graph.Node[1].Output[0] = model.Graph.Node[0].Output[0], "which is written already");

    [Fact]
    public void AnOutputThatIsTheInputIsRefused() => AssertRefused(
        model => model.Graph.Output[0].Name = model.Graph.Input[0].Name, "it computes nothing");

    [Fact]
    public void ShapesBeyondMemoryAreRefused() => AssertRefused(
        model => Weight(model).Dims[0] = long.MaxValue, "tensor 'head.weight': its shape is (9223372036854775807, 4)");

    [Fact]
    public void ShapesThatDoNotFitAreRefused() => AssertRefused(
        model => Weight(model).Dims[0] = 5, "tensor 'head.weight': it holds 12 elements, which do not fit shape (5, 4)");

    [Fact]
    public void OtherTypesAreRefused() => AssertRefused(
        model => Weight(model).DataType = 8, "tensor 'head.weight': its elements are of ONNX's type 8");

    [Fact]
    public void OtherFilesAreRefused() => AssertRefused(
        model => Weight(model).DataLocation = TensorProto.Types.Location.External, "its elements are in another file");

    [Fact]
    public void NoOutputIsRefused() => AssertRefused(model => model.Graph.Output.Clear(), "it has no output");

    [Fact]
    public void InputsBeyondMemoryAreRefused() => AssertRefused(
        model => model.Graph.Input[0].Type.TensorType.Shape.Dim[2].DimValue = int.MaxValue, "its input is as large as (3, 2147483647, 8)");

    [Theory]
    [InlineData((int)ElementType.Float16)]
    [InlineData((int)ElementType.Double)]
    public void OtherPrecisionsAreRead(int number)
    {
        ElementType type = (ElementType)number;
        ModelProto model = ModelProto.Parser.ParseFrom(Model);
        TensorProto tensor = Weight(model);
        tensor.DataType = (int)type;
        tensor.RawData = ByteString.CopyFrom([.. Enumerable.Range(1, 12).SelectMany(value =>
            type == ElementType.Double ? BitConverter.GetBytes((double)value) : BitConverter.GetBytes((Half)value))]);
        float[] weight = new float[12];
        Import(model.ToByteArray()).Weights.Read("head.weight", weight);
        Assert.Equal(Enumerable.Range(1, 12).Select(value => (float)value), weight);
    }

    /// <summary>The names of files that somebody else gave end up in messages and in the class's documentation.</summary>
    [Fact]
    public void ControlCharactersOfFileNamesAreReplaced()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string path = Path.Combine(folder, "model\u001b\u2028\n.onnx");
            File.WriteAllBytes(path, Model);
            Assert.Contains("Imported from model???.onnx.", OnnxModel.Import(path).Source, StringComparison.Ordinal);
            File.WriteAllBytes(path, Model[..^1]);
            Assert.StartsWith(
                Path.Combine(folder, "model???.onnx cannot be imported: it is damaged"),
                Assert.Throws<OnnxException>(() => OnnxModel.Import(path)).Message,
                StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Change(byte[] model, int trials, int? tokens = null)
    {
        Random random = new(1);
        for (int trial = 0; trial < trials; trial++)
        {
            byte[] changed = [.. model];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            try
            {
                Import(changed, tokens);
            }
            catch (OnnxException)
            {
            }
        }
    }

    private static void AssertRefused(Action<ModelProto> change, string message)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Model);
        change(model);
        Assert.Contains(message, Assert.Throws<OnnxException>(() => Import(model.ToByteArray())).Message, StringComparison.Ordinal);
    }

    /// <summary>The weight of the last layer, (3, 4).</summary>
    private static TensorProto Weight(ModelProto model) => model.Graph.Initializer.Single(tensor => tensor.Name == "head.weight");

    private static void AssertRefused(string transformer, Action<ModelProto> change, string message) => Assert.Contains(
        message,
        Assert.Throws<OnnxException>(() => Import(Changed(transformer, change), transformer == "packed" ? null : 9)).Message,
        StringComparison.Ordinal);

    private static byte[] Changed(string transformer, Action<ModelProto> change)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Transformer(transformer));
        change(model);
        return model.ToByteArray();
    }

    private static byte[] Transformer(string name) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "tokens", $"{name}.onnx"));

    private static ImportedNetwork Import(byte[] model, int? tokens = null) => OnnxModel.Import(new MemoryStream(model), new() { Tokens = tokens });
}
