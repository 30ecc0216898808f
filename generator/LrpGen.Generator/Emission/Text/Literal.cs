using System.Globalization;

namespace LrpGen.Generator.Emission;

/// <summary>C# literals, the same under every culture.</summary>
internal static class Literal
{
    /// <summary>The shortest decimal that gives the float back.</summary>
    public static string Float(double value)
    {
        float single = (float)value;
        return single switch
        {
            float.PositiveInfinity => "float.PositiveInfinity",
            float.NegativeInfinity => "float.NegativeInfinity",
            0 => 1 / single < 0 ? "-0f" : "0f",
            _ => float.IsNaN(single) ? "float.NaN" : Shortest(single) + "f",
        };
    }

    public static string Double(double value) => value.ToString("R", CultureInfo.InvariantCulture) + "d";

    /// <summary>A number that may be an integer.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Boolean(bool value) => value ? "true" : "false";

    public static string Integer(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string String(string value) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(value, quote: true);

    private static string Shortest(float value)
    {
        for (int digits = 6; digits < 9; digits++)
        {
            string text = value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (float.Parse(text, CultureInfo.InvariantCulture) == value)
            {
                return text;
            }
        }

        return value.ToString("G9", CultureInfo.InvariantCulture);
    }

    /// <summary>What a file may do with a tensor otherwise, for the initializer of its description.</summary>
    /// <param name="aliases">By the names of tensors.</param>
    public static string Options(TensorSource source, ILookup<string, string> aliases)
    {
        string[] options =
        [
            .. source.Tensor.Broadcasts ? ["Broadcasts = true"] : Array.Empty<string>(),
            .. aliases.Contains(source.Name) ? [$"Aliases = [{string.Join(", ", aliases[source.Name].Select(String))}]"] : Array.Empty<string>(),
        ];
        return options.Length == 0 ? "" : $" {{ {string.Join(", ", options)} }}";
    }
}
