using System.Buffers.Binary;
using System.Text.Json;

namespace LrpGen;

/// <summary>
/// A safetensors file: the header's length in 8 bytes, the header in JSON, the tensors without holes or overlaps.
/// See https://huggingface.co/docs/safetensors.
/// </summary>
internal sealed class SafetensorsFile : TensorFile
{
    /// <summary>Bytes of the header's length.</summary>
    public const int LengthBytes = sizeof(ulong);

    /// <summary>The format's own limit.</summary>
    private const int MaxHeaderBytes = 100_000_000;

    private static readonly Dictionary<string, ElementType> Types = new ElementType[]
    {
        new("F64", 8, ElementFormat.Float64),
        new("F32", 4, ElementFormat.Float32),
        new("F16", 2, ElementFormat.Float16),
        new("BF16", 2, ElementFormat.BFloat16),
        new("F8_E4M3", 1, ElementFormat.Other),
        new("F8_E5M2", 1, ElementFormat.Other),
        new("C64", 8, ElementFormat.Other),
        new("I64", 8, ElementFormat.Other),
        new("I32", 4, ElementFormat.Other),
        new("I16", 2, ElementFormat.Other),
        new("I8", 1, ElementFormat.Other),
        new("U64", 8, ElementFormat.Other),
        new("U32", 4, ElementFormat.Other),
        new("U16", 2, ElementFormat.Other),
        new("U8", 1, ElementFormat.Other),
        new("BOOL", 1, ElementFormat.Other),
    }.ToDictionary(type => type.Name);

    private readonly Stream stream;
    private readonly bool leaveOpen;

    public SafetensorsFile(Stream stream, string description, bool leaveOpen)
        : base(description)
    {
        this.stream = stream;
        this.leaveOpen = leaveOpen;
        byte[] header = ReadHeader();
        try
        {
            ParseHeader(header);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The reader throws InvalidOperationException for strings that are not valid text.
            throw Damaged($"its header is not the JSON that safetensors demands: {exception.Message.TrimEnd('.')}");
        }

        CheckCoverage(dataStart: LengthBytes + header.Length);
    }

    public override void Dispose()
    {
        if (!leaveOpen)
        {
            stream.Dispose();
        }
    }

    private protected override void ReadElements(string name, StoredTensor tensor, Span<float> destination)
    {
        stream.Position = tensor.Offset;
        tensor.Type.Read(stream, destination);
    }

    private byte[] ReadHeader()
    {
        Span<byte> lengthBytes = stackalloc byte[LengthBytes];
        stream.ReadExactly(lengthBytes);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        long available = stream.Length - LengthBytes;
        if (length > (ulong)available || length > MaxHeaderBytes)
        {
            throw Damaged($"its header should be {length} bytes long, but there are {available}, and at most {MaxHeaderBytes} are allowed");
        }

        byte[] header = new byte[length];
        stream.ReadExactly(header);
        return header;
    }

    /// <summary>Lists the tensors of <c>{"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …}</c>.</summary>
    private void ParseHeader(ReadOnlySpan<byte> header)
    {
        Utf8JsonReader reader = new(header);
        Expect(ref reader, JsonTokenType.StartObject);
        while (ReadPropertyName(ref reader) is string name)
        {
            if (name == "__metadata__")
            {
                reader.Skip();
            }
            else if (!Tensors.TryAdd(name, ParseTensor(ref reader, name, dataStart: LengthBytes + header.Length)))
            {
                throw Damaged(name, "it is listed twice");
            }
        }

        // At the end this throws if anything but white space follows.
        reader.Read();
    }

    private StoredTensor ParseTensor(ref Utf8JsonReader reader, string name, long dataStart)
    {
        string? dtype = null;
        List<long>? shape = null;
        List<long>? offsets = null;

        Expect(ref reader, JsonTokenType.StartObject);
        while (ReadPropertyName(ref reader) is string property)
        {
            switch (property)
            {
                case "dtype" when dtype is null:
                    Expect(ref reader, JsonTokenType.String);
                    dtype = reader.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref reader);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref reader);
                    break;
                default:
                    throw Damaged(name, $"property '{property}' is unknown or repeated");
            }
        }

        if (dtype is null || shape is null || offsets is not [long begin, long end])
        {
            throw Damaged(name, "expected a dtype, a shape and two data_offsets");
        }

        if (!Types.TryGetValue(dtype, out ElementType? type))
        {
            throw Damaged(name, $"its dtype '{dtype}' is unknown; expected one of {string.Join(", ", Types.Keys)}");
        }

        if (begin > end || end > stream.Length - dataStart)
        {
            throw Damaged(name, $"its data_offsets [{begin}, {end}] are not within the file's {stream.Length - dataStart} bytes of data");
        }

        if (!TensorShape.TryCount(shape, type.Size, out long count) || count * type.Size != end - begin)
        {
            throw Damaged(name, $"its data_offsets [{begin}, {end}] do not fit shape {TensorShape.Format(shape)} of {dtype}, {type.Size} bytes each");
        }

        return new StoredTensor(shape, count, type, dataStart + begin);
    }

    /// <summary>The format demands that the tensors fill the file, without holes or overlaps.</summary>
    private void CheckCoverage(long dataStart)
    {
        // LINQ would sort by keys of 8 bytes with 30 methods that the JIT has yet to compile.
        string[] names = [.. Tensors.Keys];
        StoredTensor[] tensors = [.. Tensors.Values];
        Array.Sort(tensors, names, Comparer<StoredTensor>.Create((left, right) =>
            left.Offset != right.Offset ? left.Offset.CompareTo(right.Offset) : left.Count.CompareTo(right.Count)));
        long end = dataStart;
        foreach ((string name, StoredTensor tensor) in names.Zip(tensors))
        {
            if (tensor.Offset != end)
            {
                throw Damaged(name, $"its data begins at offset {tensor.Offset - dataStart}, but the data before it ends at {end - dataStart}");
            }

            end += tensor.Count * tensor.Type.Size;
        }

        if (end != stream.Length)
        {
            throw Damaged($"its tensors take {end - dataStart} bytes, but there are {stream.Length - dataStart}");
        }
    }

    private static string? ReadPropertyName(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;

    private static List<long> ReadNumbers(ref Utf8JsonReader reader)
    {
        List<long> numbers = [];
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
            {
                throw new JsonException($"expected an integer from 0 to {long.MaxValue} at byte {reader.TokenStartIndex}");
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token)
        {
            throw new JsonException($"expected {token} at byte {reader.TokenStartIndex}, but found {reader.TokenType}");
        }
    }
}
