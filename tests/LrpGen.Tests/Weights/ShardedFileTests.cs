using System.Text;

namespace LrpGen.Tests.Weights;

/// <summary>Checkpoints in several files with an index, and tensors under other names.</summary>
public sealed class ShardedFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lrpgen").FullName;

    /// <summary>bfloat16 1 is 0x3F80, −2 is 0xC000.</summary>
    [Fact]
    public void TensorsOfSeveralFilesAreRead()
    {
        WriteShard("model-00001-of-00002.safetensors", "a", [0x80, 0x3F, 0x00, 0xC0]);
        WriteShard("model-00002-of-00002.safetensors", "b", [0x00, 0xC0, 0x80, 0x3F]);
        string index = WriteIndex("""
            {"metadata": {"total_size": 8}, "weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}}
            """);
        Assert.All([index, folder], path =>
        {
            using TensorFile file = TensorFile.Open(path);
            Assert.Equal(["a", "b"], file.Names.Order());
            Assert.True(file.TryGetShape("b", out IReadOnlyList<long>? shape));
            Assert.Equal([2], shape);
            Assert.Equal([1, -2], file.Read("a"));
            Assert.Equal([-2, 1], file.Read("b"));
        });
    }

    [Fact]
    public void AFolderWithASingleFileIsRead()
    {
        WriteShard("model.safetensors", "a", [0x80, 0x3F, 0x00, 0xC0]);
        using TensorFile file = TensorFile.Open(folder);
        Assert.Equal([1, -2], file.Read("a"));
    }

    [Fact]
    public void AFolderWithoutACheckpointIsRefused() => Assert.Contains(
        "has neither a model.safetensors nor a model.safetensors.index.json", Assert.Throws<FileNotFoundException>(() => TensorFile.Open(folder)).Message);

    [Fact]
    public void AllThatIsMissingOrDamagedIsListed()
    {
        WriteShard("one.safetensors", "a", [0, 0, 0, 0]);
        File.WriteAllText(Path.Combine(folder, "damaged.safetensors"), "no tensors");
        string index = WriteIndex("""
            {"weight_map": {"a": "one.safetensors", "b": "one.safetensors", "c": "absent.safetensors", "d": "damaged.safetensors", "e": "../e", "f": "/f"}}
            """);
        string message = Assert.Throws<InvalidDataException>(() => TensorFile.Open(index)).Message;
        Assert.StartsWith($"{index}: the checkpoint is not complete:", message);
        Assert.All(
            [
                "file 'one.safetensors' has no tensor 'b'",
                "file 'absent.safetensors' is not there; it should hold 1 of the tensors",
                "damaged.safetensors: it is neither a safetensors nor an .npz file",
                "file '../e' is not allowed: it must be the name of a file in the folder of the index",
                "file '/f' is not allowed",
            ],
            problem => Assert.Contains(problem, message));
        File.Delete(Path.Combine(folder, "one.safetensors"));
    }

    [Theory]
    [InlineData("{\"weights\": {}}")]
    [InlineData("{\"weight_map\": 3   }")]
    [InlineData("{\"weight_map\": {\"a\": 1}}")]
    [InlineData("{\"weight_map\": {\"a\": \"x\", \"a\": \"y\"}}")]
    [InlineData("{\"weight_map\": {\"a\":")]
    public void ADamagedIndexIsRefused(string json) => Assert.Contains(
        "it is not an index of a checkpoint in several files",
        Assert.Throws<InvalidDataException>(() => TensorFile.Open(WriteIndex(json))).Message);

    [Fact]
    public void TensorsGetOtherNames()
    {
        TensorDictionary tensors = new();
        tensors.Add("bert.norm.gamma", [2], new float[] { 1, 2 });
        tensors.Add("cls.bias", [1], new float[] { 3 });
        RenamedTensors renamed = new(tensors, name => name.StartsWith("cls.", StringComparison.Ordinal)
            ? null
            : name.Replace("bert.", "", StringComparison.Ordinal).Replace("gamma", "weight", StringComparison.Ordinal));
        Assert.Equal(["norm.weight"], renamed.Names);
        Assert.Equal([1, 2], renamed.Read("norm.weight"));
        Assert.False(renamed.TryGetShape("cls.bias", out _));
        Assert.Throws<ArgumentException>("name", () => renamed.Read("cls.bias", new float[1]));
        Assert.Contains(
            "Tensors 'bert.norm.gamma' and 'cls.bias' of memory would both be called 'x'",
            Assert.Throws<ArgumentException>("rename", () => new RenamedTensors(tensors, _ => "x")).Message);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void WriteShard(string file, string tensor, byte[] data)
    {
        byte[] header = Encoding.UTF8.GetBytes($"{{\"{tensor}\": {{\"dtype\": \"BF16\", \"shape\": [2], \"data_offsets\": [0, 4]}}}}");
        File.WriteAllBytes(Path.Combine(folder, file), [.. BitConverter.GetBytes((long)header.Length), .. header, .. data]);
    }

    private string WriteIndex(string json)
    {
        string path = Path.Combine(folder, "model.safetensors.index.json");
        File.WriteAllText(path, json);
        return path;
    }
}
