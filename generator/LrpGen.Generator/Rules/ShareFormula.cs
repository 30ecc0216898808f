using System.Globalization;

namespace LrpGen.Generator.Rules;

/// <summary>A share as the <c>[Share]</c> on a rule's class writes it: its scale is still a parameter, to which a composite gives a value.</summary>
/// <param name="Scale">Factor of the share.</param>
internal sealed record ShareFormula(EquatableArray<Term> Terms, BiasPart Bias, ScaleFormula Scale, OutputSign Where, bool Normalized)
{
    private static readonly Dictionary<string, InputPart> InputParts = new()
    {
        ["a"] = InputPart.A,
        ["a+"] = InputPart.APositive,
        ["a-"] = InputPart.ANegative,
        ["l"] = InputPart.Low,
        ["h"] = InputPart.High,
    };

    private static readonly Dictionary<string, WeightPart> WeightParts = new()
    {
        ["1"] = WeightPart.One,
        ["w"] = WeightPart.W,
        ["w+"] = WeightPart.WPositive,
        ["w-"] = WeightPart.WNegative,
        ["w2"] = WeightPart.WSquared,
        ["(w+γw+)"] = WeightPart.WGammaPositive,
        ["(w+γw-)"] = WeightPart.WGammaNegative,
    };

    private static readonly Dictionary<string, BiasPart> BiasParts = new()
    {
        [""] = BiasPart.None,
        ["b"] = BiasPart.B,
        ["b+"] = BiasPart.BPositive,
        ["b-"] = BiasPart.BNegative,
        ["b2"] = BiasPart.BSquared,
        ["(b+γb+)"] = BiasPart.BGammaPositive,
        ["(b+γb-)"] = BiasPart.BGammaNegative,
    };

    private static readonly Dictionary<string, ScaleFormula> Scales = new()
    {
        [""] = new ScaleFormula(1, null),
        ["α"] = new ScaleFormula(1, RuleParameter.Alpha),
        ["-α"] = new ScaleFormula(-1, RuleParameter.Alpha),
        ["β"] = new ScaleFormula(1, RuleParameter.Beta),
        ["-β"] = new ScaleFormula(-1, RuleParameter.Beta),
    };

    private static readonly Dictionary<string, OutputSign> OutputSigns = new()
    {
        [""] = OutputSign.Any,
        ["z>0"] = OutputSign.Positive,
        ["z<0"] = OutputSign.Negative,
    };

    /// <summary>The parameters that the formula names.</summary>
    public IEnumerable<RuleParameter> Parameters
    {
        get
        {
            if (Terms.Any(term => term.Weight is WeightPart.WGammaPositive or WeightPart.WGammaNegative)
                || Bias is BiasPart.BGammaPositive or BiasPart.BGammaNegative)
            {
                yield return RuleParameter.Gamma;
            }

            if (Scale.Parameter is { } scale)
            {
                yield return scale;
            }

            if (Terms.Any(term => term.Input == InputPart.Low))
            {
                yield return RuleParameter.Low;
            }

            if (Terms.Any(term => term.Input == InputPart.High))
            {
                yield return RuleParameter.High;
            }
        }
    }

    /// <summary>Reads terms such as <c>a⁺ w⁺ + a⁻ w⁻</c>; null if they are not well formed.</summary>
    public static EquatableArray<Term>? ParseTerms(string text)
    {
        string[] words = Normalize(text).Split([' '], StringSplitOptions.RemoveEmptyEntries);
        bool startsWithSign = words.FirstOrDefault() is "+" or "-";
        int sign = startsWithSign && words[0] == "-" ? -1 : 1;
        List<Term> terms = [];
        List<string> factors = [];
        foreach (string word in words.Skip(startsWithSign ? 1 : 0).Append("+"))
        {
            if (word is not ("+" or "-"))
            {
                factors.Add(word);
                continue;
            }

            if (ParseTerm(sign, factors) is not { } term)
            {
                return null;
            }

            terms.Add(term);
            factors.Clear();
            sign = word == "-" ? -1 : 1;
        }

        return terms.ToEquatableArray();
    }

    /// <summary>Reads part of a bias; null if there is no such part.</summary>
    public static BiasPart? ParseBias(string text) => BiasParts.TryGetValue(Normalize(text), out BiasPart bias) ? bias : null;

    /// <summary>Reads a factor; null if it is not well formed.</summary>
    public static ScaleFormula? ParseScale(string text) =>
        Scales.TryGetValue(Normalize(text), out ScaleFormula scale) ? scale : ParseNumber(Normalize(text).Split('/'));

    // A number, or a fraction of two.
    private static ScaleFormula? ParseNumber(string[] parts)
    {
        double divisor = 1;
        return double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && (parts.Length == 1 || (parts.Length == 2 && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out divisor)))
            && number / divisor is not (0 or double.NaN or double.PositiveInfinity or double.NegativeInfinity)
            ? new ScaleFormula(number / divisor, null)
            : null;
    }

    /// <summary>Reads a condition on z; null if it is not well formed.</summary>
    public static OutputSign? ParseWhere(string text) =>
        OutputSigns.TryGetValue(Normalize(text).Replace(" ", ""), out OutputSign sign) ? sign : null;

    private static Term? ParseTerm(int sign, List<string> factors)
    {
        InputPart input = InputPart.One;
        bool hasInput = factors.Count == 2 && InputParts.TryGetValue(factors[0], out input);
        return (factors.Count == 1 || hasInput) && WeightParts.TryGetValue(factors[factors.Count - 1], out WeightPart weight)
            ? new Term(sign, input, weight)
            : null;
    }

    /// <summary>The text with the symbols that a keyboard has, but for Greek letters.</summary>
    private static string Normalize(string text) => text
        .Replace('⁺', '+')
        .Replace('⁻', '-')
        .Replace('²', '2')
        .Replace("alpha", "α")
        .Replace("beta", "β")
        .Replace("gamma", "γ")
        .Trim();
}

/// <summary>Factor of a share: a number times a parameter, if there is one.</summary>
internal readonly record struct ScaleFormula(double Factor, RuleParameter? Parameter);
