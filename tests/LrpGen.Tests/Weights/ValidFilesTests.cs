using System.IO.Compression;
using LrpGen.Execution;

namespace LrpGen.Tests.Weights;

/// <summary>Files written by PyTorch and NumPy: see Data/weights/make_weights.py.</summary>
public class ValidFilesTests
{
    private const float Third = 1 / 3f;
    private const float ThirdAsFloat16 = 0.333251953125f;
    private const float ThirdAsBFloat16 = 0.333984375f;

    [Theory]
    [InlineData("types.safetensors", "f64", Third, 1e-7f, 65504)]
    [InlineData("types.safetensors", "f32", Third, 1e-7f, 65504)]
    [InlineData("types.safetensors", "f16", ThirdAsFloat16, 1.1920929e-7f, 65504)]
    [InlineData("types.safetensors", "bf16", ThirdAsBFloat16, 1.0011718e-7f, 65536)]
    [InlineData("types.npz", "f8", Third, 1e-7f, 65504)]
    [InlineData("types.npz", "f4", Third, 1e-7f, 65504)]
    [InlineData("types.npz", "f2", ThirdAsFloat16, 1.1920929e-7f, 65504)]
    [InlineData("types.npz", "big_f8", Third, 1e-7f, 65504)]
    [InlineData("types.npz", "big_f4", Third, 1e-7f, 65504)]
    [InlineData("types.npz", "big_f2", ThirdAsFloat16, 1.1920929e-7f, 65504)]
    [InlineData("types.npz", "version2", Third, 1e-7f, 65504)]
    [InlineData("types.npz", "version3", Third, 1e-7f, 65504)]
    [InlineData("types_compressed.npz", "f8", Third, 1e-7f, 65504)]
    [InlineData("types_compressed.npz", "big_f2", ThirdAsFloat16, 1.1920929e-7f, 65504)]
    public void EveryFloatingPointTypeIsRead(string file, string name, float third, float tiny, float large)
    {
        using TensorFile tensors = TensorFile.Open(WeightFiles.PathOf(file));
        Assert.True(tensors.TryGetShape(name, out IReadOnlyList<long>? shape));
        Assert.Equal([2, 3], shape);
        Assert.Equal([0, -0.5f, third, tiny, large, -2], tensors.Read(name));
    }

    [Theory]
    [InlineData("types.safetensors", "i64", "I64")]
    [InlineData("types.safetensors", "u8", "U8")]
    [InlineData("types.npz", "i8", "<i8")]
    [InlineData("types.npz", "bool", "|b1")]
    public void OtherTypesAreListedButNotRead(string file, string name, string type)
    {
        using TensorFile tensors = TensorFile.Open(WeightFiles.PathOf(file));
        Assert.Contains(name, tensors.Names);
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => tensors.Read(name));
        Assert.Contains($"{file}: tensor '{name}': its elements are of type {type};", exception.Message);
    }

    [Theory]
    [InlineData("types.safetensors")]
    [InlineData("types.npz")]
    [InlineData("types_compressed.npz")]
    public void ScalarsAndEmptyTensorsAreRead(string file)
    {
        using TensorFile tensors = TensorFile.Open(WeightFiles.PathOf(file));
        Assert.True(tensors.TryGetShape("scalar", out IReadOnlyList<long>? shape));
        Assert.Empty(shape);
        Assert.Equal([1.5f], tensors.Read("scalar"));
        Assert.Empty(tensors.Read("empty"));
    }

    [Fact]
    public void ColumnMajorArraysAreTransposed()
    {
        using TensorFile tensors = TensorFile.Open(WeightFiles.PathOf("types.npz"));
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (float)i), tensors.Read("column_major"));
    }

    [Fact]
    public void AStateDictIsTheSameFromEitherKindOfFile()
    {
        TensorDescription[] expected =
        [
            new("0.weight", [2, 1, 3, 3]), new("0.bias", [2]),
            new("1.weight", [2]), new("1.bias", [2]), new("1.running_mean", [2]), new("1.running_var", [2]),
            new("4.weight", [3, 8]), new("4.bias", [3]),
        ];
        using TensorFile safetensors = TensorFile.Open(WeightFiles.PathOf("network.safetensors"));
        using TensorFile npz = TensorFile.Open(WeightFiles.PathOf("network.npz"));
        StateDict fromSafetensors = new(safetensors, "Net", expected);
        StateDict fromNpz = new(npz, "Net", expected);

        foreach ((string name, _) in expected)
        {
            Assert.Equal(fromSafetensors.Read(name), fromNpz.Read(name));
        }

        // γ and β as PyTorch initialises them.
        Assert.Equal([1, 1], fromNpz.Read("1.weight"));
        Assert.Equal([0, 0], fromNpz.Read("1.bias"));
    }

    [Theory]
    [InlineData("network.safetensors")]
    [InlineData("network.npz")]
    public void StreamsAreReadWhateverTheyCanDo(string file)
    {
        byte[] bytes = File.ReadAllBytes(WeightFiles.PathOf(file));
        using TensorFile fromPath = TensorFile.Open(WeightFiles.PathOf(file));
        float[] expected = fromPath.Read("4.weight");

        MemoryStream seekable = new(bytes);
        using (TensorFile tensors = TensorFile.Open(seekable))
        {
            Assert.Equal(expected, tensors.Read("4.weight"));
        }

        Assert.True(seekable.CanRead);

        MemoryStream notAtItsStart = new([1, 2, 3, .. bytes]) { Position = 3 };
        using (TensorFile tensors = TensorFile.Open(notAtItsStart))
        {
            Assert.Equal(expected, tensors.Read("4.weight"));
        }

        MemoryStream compressed = new();
        using (BrotliStream compressor = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            compressor.Write(bytes);
        }

        compressed.Position = 0;
        using BrotliStream notSeekable = new(compressed, CompressionMode.Decompress);
        using (TensorFile tensors = TensorFile.Open(notSeekable))
        {
            Assert.Equal(expected, tensors.Read("4.weight"));
        }
    }

    [Fact]
    public void AClosedFileCanBeDeleted()
    {
        string path = Path.GetTempFileName();
        File.Copy(WeightFiles.PathOf("network.npz"), path, overwrite: true);
        TensorFile.Open(path).Dispose();
        using (FileStream exclusive = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            exclusive.SetLength(100);
        }

        Assert.Throws<InvalidDataException>(() => TensorFile.Open(path));
        File.Delete(path);
    }

    [Fact]
    public void AskingForWhatIsNotThereIsAnError()
    {
        using TensorFile tensors = TensorFile.Open(WeightFiles.PathOf("network.npz"));
        Assert.False(tensors.TryGetShape("5.weight", out _));
        Assert.Throws<ArgumentException>("name", () => tensors.Read("5.weight", []));
        Assert.Throws<ArgumentException>("name", () => tensors.Read("4.bias", new float[4]));
    }
}
