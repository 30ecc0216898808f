using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace LrpGen.Tests.Weights;

/// <summary>Weight files for tests: those in Data/weights, and ones put together from parts that may be wrong.</summary>
internal static class WeightFiles
{
    public static string[] Names => ["types.safetensors", "types.npz", "types_compressed.npz", "network.safetensors", "network.npz"];

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Data", "weights", name);

    public static byte[] Safetensors(string header, int dataBytes)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. new byte[dataBytes]];
    }

    public static byte[] Npz(params (string Name, byte[] Content)[] entries)
    {
        MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Npy(string dictionary, int dataBytes, byte version = 1)
    {
        byte[] text = Encoding.UTF8.GetBytes(dictionary);
        byte[] length = new byte[version == 1 ? 2 : 4];
        length[0] = (byte)text.Length;
        length[1] = (byte)(text.Length >> 8);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. text, .. new byte[dataBytes]];
    }

    public static float[] Read(this ITensorSource source, string name)
    {
        Assert.True(source.TryGetShape(name, out IReadOnlyList<long>? shape));
        float[] values = new float[shape.Aggregate(1L, (product, dimension) => product * dimension)];
        source.Read(name, values);
        return values;
    }

    public static InvalidDataException AssertRefused(byte[] file, string message)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => TensorFile.Open(new MemoryStream(file)));
        Assert.StartsWith("the stream: ", exception.Message);
        Assert.Contains(message, exception.Message);
        return exception;
    }
}
