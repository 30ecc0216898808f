namespace LrpGen.Generator.Emission;

/// <summary>References into memory.</summary>
internal static class Reference
{
    /// <summary>A reference to the element at an offset from another.</summary>
    public static string To(string origin, Offset offset) => $"ref {Element(origin, offset)}";

    /// <summary>That element.</summary>
    public static string Element(string origin, Offset offset)
    {
        string text = offset.ToString();
        return text == "0" ? origin : $"Unsafe.Add(ref {origin}, {text})";
    }
}
