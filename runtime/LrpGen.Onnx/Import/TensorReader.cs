using System.Runtime.InteropServices;
using LrpGen.Onnx.Format;

namespace LrpGen.Onnx.Import;

/// <summary>Reads tensors whose sizes are not to be trusted.</summary>
internal static class TensorReader
{
    /// <exception cref="UnsupportedException">Shape and elements do not fit, or are of a kind that is not read.</exception>
    public static Constant Read(TensorProto tensor)
    {
        UnsupportedException fault(string reason) => new($"tensor '{tensor.Name}': {reason}");
        if (tensor.DataLocation == TensorProto.Types.Location.External)
        {
            throw fault("its elements are in another file; save the model with its weights in one file");
        }

        Int128 count = 1;
        foreach (long size in tensor.Dims)
        {
            count *= size;
            if (size is < 0 or > int.MaxValue || count > int.MaxValue)
            {
                throw fault($"its shape is ({string.Join(", ", tensor.Dims)})");
            }
        }

        ElementType type = (ElementType)tensor.DataType;
        Constant constant = new(
            tensor.Name,
            [.. tensor.Dims.Select(size => (int)size)],
            type switch
            {
                ElementType.Float => Elements(tensor, tensor.FloatData),
                ElementType.Double => Array.ConvertAll(Elements(tensor, tensor.DoubleData), value => (float)value),
                ElementType.Float16 => Array.ConvertAll(
                    Elements(tensor, tensor.Int32Data.Select(bits => BitConverter.Int16BitsToHalf((short)bits))), value => (float)value),
                _ => null,
            },
            type switch
            {
                ElementType.Int64 => Elements(tensor, tensor.Int64Data),
                ElementType.Int32 => Array.ConvertAll(Elements(tensor, tensor.Int32Data), value => (long)value),
                ElementType.Bool => Array.ConvertAll(Elements(tensor, tensor.Int32Data.Select(value => (byte)value)), value => (long)value),
                ElementType.Float or ElementType.Double or ElementType.Float16 => null,
                _ => throw fault($"its elements are of ONNX's type {tensor.DataType}, which is not read"),
            });
        return constant.Count == count
            ? constant
            : throw fault($"it holds {constant.Count} elements, which do not fit shape ({string.Join(", ", tensor.Dims)})");
    }

    private static T[] Elements<T>(TensorProto tensor, IEnumerable<T> listed)
        where T : struct
    {
        if (!tensor.HasRawData)
        {
            return [.. listed];
        }

        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("ONNX's raw tensors are read on little-endian machines only.");
        }

        return MemoryMarshal.Cast<byte, T>(tensor.RawData.Span).ToArray();
    }
}
