using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace LrpGen;

/// <summary>How the elements of a tensor are stored.</summary>
internal enum ElementFormat
{
    /// <summary>Not as a floating-point number that can be read.</summary>
    Other,
    Float16,
    BFloat16,
    Float32,
    Float64,
}

/// <summary>The elements of a stored tensor.</summary>
/// <param name="Name">As the file writes it, for messages.</param>
/// <param name="Size">Bytes of an element.</param>
/// <param name="Format">How they are stored.</param>
/// <param name="IsBigEndian">Order of the bytes.</param>
internal sealed record ElementType(string Name, int Size, ElementFormat Format, bool IsBigEndian = false)
{
    private const int ChunkBytes = 1 << 16;

    /// <summary>Reads elements as float32; doubles beyond its range become infinite.</summary>
    /// <param name="stream">At the first element.</param>
    /// <param name="destination">As many elements as to read.</param>
    /// <remarks>Not for <see cref="ElementFormat.Other"/>.</remarks>
    /// <exception cref="EndOfStreamException">The stream is too short.</exception>
    public void Read(Stream stream, Span<float> destination)
    {
        byte[] buffer = new byte[(int)Math.Min(ChunkBytes, (long)destination.Length * Size)];
        while (!destination.IsEmpty)
        {
            int count = Math.Min(destination.Length, buffer.Length / Size);
            Span<byte> bytes = buffer.AsSpan(0, count * Size);
            stream.ReadExactly(bytes);
            Decode(bytes, destination[..count]);
            destination = destination[count..];
        }
    }

    private void Decode(Span<byte> bytes, Span<float> destination)
    {
        if (IsBigEndian == BitConverter.IsLittleEndian)
        {
            ReverseEndianness(bytes);
        }

        switch (Format)
        {
            case ElementFormat.Float16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), destination);
                break;
            case ElementFormat.BFloat16:
                // The upper half of a float32.
                Span<uint> bits = MemoryMarshal.Cast<float, uint>(destination);
                TensorPrimitives.ConvertTruncating<ushort, uint>(MemoryMarshal.Cast<byte, ushort>(bytes), bits);
                TensorPrimitives.ShiftLeft<uint>(bits, 16, bits);
                break;
            case ElementFormat.Float32:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(destination);
                break;
            case ElementFormat.Float64:
                TensorPrimitives.ConvertTruncating<double, float>(MemoryMarshal.Cast<byte, double>(bytes), destination);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void ReverseEndianness(Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i += Size)
        {
            bytes.Slice(i, Size).Reverse();
        }
    }
}
