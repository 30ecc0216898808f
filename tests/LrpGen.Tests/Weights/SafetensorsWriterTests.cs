namespace LrpGen.Tests.Weights;

public sealed class SafetensorsWriterTests
{
    [Fact]
    public void WritesTheFormat()
    {
        TensorDictionary tensors = new();
        tensors.Add("a\"é", [2], new[] { 1f, -2f });

        // The header is 58 bytes of JSON (é takes two) and 6 spaces, so that the data begin at 8 + 64.
        Assert.Equal(
            [64, 0, 0, 0, 0, 0, 0, 0, .. """{"a\"é":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}      """u8, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0],
            Write(tensors).ToArray());
    }

    [Fact]
    public void WhatIsWrittenIsRead()
    {
        float[] values = [.. Enumerable.Range(0, 40_000).Select(i => i / 7f)];
        TensorDictionary tensors = new();
        tensors.Add("long", [200, 200], values);
        tensors.Add("empty", [0, 3], Array.Empty<float>());
        tensors.Add("scalar", [], new[] { float.MinValue });
        using TensorFile written = TensorFile.Open(Write(tensors));

        Assert.Equal(tensors.Names, written.Names);
        Assert.True(written.TryGetShape("empty", out IReadOnlyList<long>? shape));
        Assert.Equal([0, 3], shape);
        Assert.Equal(values, written.Read("long"));
        Assert.Equal([float.MinValue], written.Read("scalar"));
    }

    private static MemoryStream Write(TensorDictionary tensors)
    {
        MemoryStream stream = new();
        SafetensorsWriter.Write(tensors, stream);
        stream.Position = 0;
        return stream;
    }
}
