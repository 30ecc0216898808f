using System.Globalization;
using System.Text.RegularExpressions;

namespace LrpGen.Onnx.Import;

/// <summary>Parts of C# text.</summary>
internal static partial class CSharp
{
    /// <summary>What no type can be called.</summary>
    private static readonly HashSet<string> Keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default",
        "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto",
        "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out",
        "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc",
        "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using",
        "virtual", "void", "volatile", "while", "await", "dynamic", "extension", "field", "file", "notnull", "partial", "record", "required",
        "scoped", "unmanaged", "var", "where", "yield",
    ];

    /// <summary>The shortest literal of a number that was a float32, such as <c>0.01</c> or <c>1e-5</c>.</summary>
    public static string Number(double value) => (float)value switch
    {
        // As a double, its shortest literal is more.
        float.MaxValue => "float.MaxValue",
        float.MinValue => "float.MinValue",
        float single => Shortest(single),
    };

    /// <summary>The same argument for all axes, or one for each: <c>Stride = 2</c>, or <c>StrideH = 2, StrideW = 1</c>.</summary>
    /// <param name="name">Name of the argument.</param>
    /// <param name="values">Its value on each axis.</param>
    /// <param name="defaults">What need not be written.</param>
    public static IEnumerable<string> Axes(string name, IReadOnlyList<int> values, IReadOnlyList<int> defaults) =>
        values.SequenceEqual(defaults) ? []
        : values.Distinct().Count() == 1 ? [$"{name} = {values[0]}"]
        : [$"{name}H = {values[0]}", $"{name}W = {values[1]}"];

    /// <summary>Sizes of windows or outputs as positional arguments: one number if all are equal.</summary>
    public static IEnumerable<string> Sizes(IReadOnlyList<int> sizes) =>
        (sizes.Distinct().Count() == 1 ? sizes.Take(1) : sizes).Select(size => size.ToString(CultureInfo.InvariantCulture));

    /// <summary>A name of a class made of any text: <c>mobilenet_v2</c> becomes <c>MobilenetV2</c>.</summary>
    public static string ClassName(string text)
    {
        string name = string.Concat(WordPattern.Matches(text).Select(word => char.ToUpperInvariant(word.Value[0]) + word.Value[1..]));
        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? $"Network{name}" : name;
    }

    /// <summary>Whether it can name a namespace or a type, maybe with dots.</summary>
    public static bool IsTypeName(string text) => TypeNamePattern.IsMatch(text) && !text.Split('.').Any(Keywords.Contains);

    /// <summary>Whether a class can be declared under that name.</summary>
    public static bool IsClassName(string text) => IsTypeName(text) && !text.Contains('.', StringComparison.Ordinal);

    /// <summary>The text with a question mark for each character that ends a line or controls a terminal, which could deceive who reads it.</summary>
    public static string WithoutControls(string text) => string.Concat(text.Select(c => IsControl(c) ? '?' : c));

    private static string Shortest(float value) =>
        value.ToString("R", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal).Replace('E', 'e');

    private static bool IsControl(char c) =>
        char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex WordPattern { get; }

    [GeneratedRegex(@"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*\z")]
    private static partial Regex TypeNamePattern { get; }
}
