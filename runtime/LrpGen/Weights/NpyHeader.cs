using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LrpGen;

/// <summary>
/// The header of an array in NumPy's format: a magic number, a version, a length, and a Python dictionary such as
/// <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>.
/// See https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
/// </summary>
/// <param name="Type">The elements.</param>
/// <param name="IsColumnMajor">Whether the first index varies fastest.</param>
/// <param name="Shape">The array's shape.</param>
/// <param name="Length">Bytes of the whole header.</param>
internal sealed partial record NpyHeader(ElementType Type, bool IsColumnMajor, IReadOnlyList<long> Shape, int Length)
{
    /// <summary>NumPy's own limit for files that are not trusted.</summary>
    private const int MaxDictionaryBytes = 10_000;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a header, up to the first element.</summary>
    /// <exception cref="FormatException">There is none, or one of objects or records. The message lacks the array's name.</exception>
    /// <exception cref="EndOfStreamException">The stream is too short.</exception>
    public static NpyHeader Read(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[Magic.Length + 2];
        stream.ReadExactly(prefix);
        int version = prefix[Magic.Length];
        if (!prefix.StartsWith(Magic) || version is < 1 or > 3)
        {
            throw new FormatException("it is not an array in version 1, 2 or 3 of NumPy's format");
        }

        Span<byte> lengthBytes = stackalloc byte[version == 1 ? sizeof(ushort) : sizeof(uint)];
        stream.ReadExactly(lengthBytes);
        uint length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(lengthBytes) : BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > MaxDictionaryBytes)
        {
            throw new FormatException($"its header is {length} bytes long; at most {MaxDictionaryBytes} are allowed");
        }

        byte[] dictionary = new byte[length];
        stream.ReadExactly(dictionary);
        return Parse(Encoding.UTF8.GetString(dictionary), prefix.Length + lengthBytes.Length + dictionary.Length);
    }

    private static NpyHeader Parse(string dictionary, int length)
    {
        GroupCollection groups = DictionaryPattern.Match(dictionary).Groups;
        if (groups["descr"].Captures.Count != 1 || groups["order"].Captures.Count != 1 || groups["shape"].Captures.Count != 1)
        {
            throw new FormatException($"its header {dictionary.Trim()} is not that of an array of numbers");
        }

        return new NpyHeader(ParseType(groups["descr"].Value), groups["order"].Value == "True", ParseShape(groups["shape"].Value), length);
    }

    private static ElementType ParseType(string descr)
    {
        Match match = TypePattern.Match(descr);
        if (!match.Success)
        {
            throw new FormatException($"its elements are of type {descr}, which is not a number");
        }

        int size = int.Parse(match.Groups["size"].ValueSpan, CultureInfo.InvariantCulture);
        ElementFormat format = (match.Groups["kind"].Value, size) switch
        {
            ("f", 2) => ElementFormat.Float16,
            ("f", 4) => ElementFormat.Float32,
            ("f", 8) => ElementFormat.Float64,
            _ => ElementFormat.Other,
        };
        return new ElementType(descr, size, format, IsBigEndian: descr[0] == '>');
    }

    private static long[] ParseShape(string shape)
    {
        string[] dimensions = shape.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Array.ConvertAll(dimensions, dimension => long.TryParse(dimension, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new FormatException($"its shape ({shape}) does not consist of integers from 0 to {long.MaxValue}"));
    }

    /// <summary>The three items in any order, as the format allows.</summary>
    [GeneratedRegex(
        @"^\{\s*(('descr'\s*:\s*'(?<descr>[^']*)'|'fortran_order'\s*:\s*(?<order>True|False)|'shape'\s*:\s*\((?<shape>[^)]*)\))\s*,?\s*){3}\}\s*$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex DictionaryPattern { get; }

    /// <summary>Order of the bytes, kind and size: boolean, integer, unsigned integer, floating point or complex.</summary>
    [GeneratedRegex("^[<>|](?<kind>[biufc])(?<size>[1-9][0-9]?)$", RegexOptions.ExplicitCapture)]
    private static partial Regex TypePattern { get; }
}
