using System.Globalization;

namespace LrpGen.Generator.Basics;

/// <summary>Numbers for people to read.</summary>
internal static class Numbers
{
    /// <summary>The shortest text, such as <c>0.25</c> or <c>1e-6</c>.</summary>
    public static string Display(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int e = text.IndexOf('E');
        if (e < 0)
        {
            return text;
        }

        int exponent = int.Parse(text.Substring(e + 1), CultureInfo.InvariantCulture);
        return text.Substring(0, e) + "e" + exponent.ToString(CultureInfo.InvariantCulture);
    }
}
