using System.Buffers.Binary;
using Google.Protobuf;
using LrpGen.Onnx.Format;

namespace LrpGen.Onnx.Export;

/// <summary>A graph under construction: operators and constants, each with a name of its own.</summary>
internal sealed class GraphBuilder(string name)
{
    private readonly HashSet<string> names = [];

    public GraphProto Graph { get; } = new() { Name = name };

    /// <summary>A name that nothing else in the graph has.</summary>
    public string UniqueName(string name)
    {
        string unique = name;
        for (int number = 2; !names.Add(unique); number++)
        {
            unique = $"{name}_{number}";
        }

        return unique;
    }

    /// <summary>Adds an operator.</summary>
    /// <param name="op">Its type.</param>
    /// <param name="name">Its name, and that of its result.</param>
    /// <param name="inputs">Names of what it reads.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <returns>The name of its result.</returns>
    public string Add(string op, string name, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes)
    {
        string output = UniqueName(name);
        Graph.Node.Add(new NodeProto { OpType = op, Name = output, Input = { inputs }, Output = { output }, Attribute = { attributes } });
        return output;
    }

    public string Constant(string name, IEnumerable<int> shape, ReadOnlySpan<float> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return Constant(name, shape, ElementType.Float, bytes);
    }

    public string Constant(string name, params long[] values) => Constant(name, [values.Length], ElementType.Int64, Bytes(values));

    /// <summary>An integer without axes.</summary>
    public string Index(string name, long value) => Constant(name, [], ElementType.Int64, Bytes(value));

    public static AttributeProto Attribute(string name, long value) => new() { Name = name, Type = AttributeProto.Types.Kind.Int, I = value };

    public static AttributeProto Attribute(string name, double value) =>
        new() { Name = name, Type = AttributeProto.Types.Kind.Float, F = (float)value };

    public static AttributeProto Attribute(string name, IEnumerable<int> values) =>
        new() { Name = name, Type = AttributeProto.Types.Kind.Ints, Ints = { values.Select(value => (long)value) } };

    public static AttributeProto Attribute(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.Kind.String, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto Attribute(string name, TensorProto value) =>
        new() { Name = name, Type = AttributeProto.Types.Kind.Tensor, T = value };

    private static byte[] Bytes(params long[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(long)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        }

        return bytes;
    }

    private string Constant(string name, IEnumerable<int> shape, ElementType type, byte[] bytes)
    {
        string unique = UniqueName(name);
        Graph.Initializer.Add(new TensorProto
        {
            Name = unique,
            Dims = { shape.Select(size => (long)size) },
            DataType = (int)type,
            RawData = UnsafeByteOperations.UnsafeWrap(bytes),
        });
        return unique;
    }
}
