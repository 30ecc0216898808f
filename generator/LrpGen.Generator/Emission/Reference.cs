namespace LrpGen.Generator.Emission;

/// <summary>References into memory.</summary>
internal static class Reference
{
    /// <summary>The element at an offset from another.</summary>
    public static string To(string origin, Offset offset)
    {
        string text = offset.ToString();
        return text == "0" ? $"ref {origin}" : $"ref Unsafe.Add(ref {origin}, {text})";
    }
}
