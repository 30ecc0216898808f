using System.Globalization;

namespace LrpGen.Generator;

/// <summary>Numbers for people to read.</summary>
internal static class Numbers
{
    /// <summary>The shortest text, such as <c>0.25</c> or <c>1e-6</c>.</summary>
    public static string Display(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E');
        return exponent < 0
            ? text
            : text.Substring(0, exponent) + "e" + int.Parse(text.Substring(exponent + 1), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }
}
