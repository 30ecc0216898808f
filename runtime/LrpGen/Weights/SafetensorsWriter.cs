using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LrpGen;

/// <summary>Writes safetensors files, with all elements as float32.</summary>
public static class SafetensorsWriter
{
    /// <summary>The data begin at a multiple of this, so that a reader may map them into memory.</summary>
    private const int Alignment = 8;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes all tensors of a source to a file.</summary>
    /// <param name="source">The tensors.</param>
    /// <param name="path">Path of the file; replaced if there is one.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(ITensorSource source, string path)
    {
        ArgumentNullException.ThrowIfNull(source);
        using FileStream stream = File.Create(path);
        Write(source, stream);
    }

    /// <summary>Writes all tensors of a source to a stream.</summary>
    /// <param name="source">The tensors.</param>
    /// <param name="stream">Stays open.</param>
    public static void Write(ITensorSource source, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(stream);
        (string Name, IReadOnlyList<long> Shape)[] tensors =
            [.. source.Names.Select(name => (name, source.TryGetShape(name, out IReadOnlyList<long>? shape) ? shape : []))];
        byte[] header = Header(tensors);
        Span<byte> length = stackalloc byte[SafetensorsFile.LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach ((string name, IReadOnlyList<long> shape) in tensors)
        {
            float[] values = new float[TensorShape.Count(shape)];
            source.Read(name, values);
            Write(values, stream);
        }
    }

    private static byte[] Header(IEnumerable<(string Name, IReadOnlyList<long> Shape)> tensors)
    {
        using MemoryStream header = new();
        using (Utf8JsonWriter json = new(header, Readable))
        {
            long offset = 0;
            json.WriteStartObject();
            foreach ((string name, IReadOnlyList<long> shape) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", "F32");
                WriteNumbers(json, "shape", shape);
                long end = offset + (TensorShape.Count(shape) * (long)sizeof(float));
                WriteNumbers(json, "data_offsets", [offset, end]);
                json.WriteEndObject();
                offset = end;
            }

            json.WriteEndObject();
        }

        long padding = -(SafetensorsFile.LengthBytes + header.Length) & (Alignment - 1);
        header.Write(Enumerable.Repeat((byte)' ', (int)padding).ToArray());
        return header.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static void Write(ReadOnlySpan<float> values, Stream stream)
    {
        const int Chunk = 1 << 14;
        byte[] bytes = new byte[Chunk * sizeof(float)];
        for (int start = 0; start < values.Length; start += Chunk)
        {
            ReadOnlySpan<float> chunk = values[start..Math.Min(start + Chunk, values.Length)];
            for (int i = 0; i < chunk.Length; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), chunk[i]);
            }

            stream.Write(bytes, 0, chunk.Length * sizeof(float));
        }
    }
}
