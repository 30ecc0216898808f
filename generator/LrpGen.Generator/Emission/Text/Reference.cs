namespace LrpGen.Generator.Emission;

/// <summary>References into memory.</summary>
internal static class Reference
{
    /// <summary>A reference to the element at an offset from another.</summary>
    public static string To(string origin, Offset offset) => $"ref {Element(origin, offset)}";

    /// <inheritdoc cref="To(string, Offset)"/>
    public static string At(string origin, string offset) => offset == "0" ? $"ref {origin}" : $"ref Unsafe.Add(ref {origin}, {offset})";

    /// <summary>That element.</summary>
    public static string Element(string origin, Offset offset)
    {
        string text = offset.ToString();
        return text == "0" ? origin : $"Unsafe.Add(ref {origin}, {text})";
    }
}
