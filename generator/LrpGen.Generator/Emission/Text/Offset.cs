using System.Text;

namespace LrpGen.Generator.Emission;

/// <summary>An index as a sum of loop variables times literals plus a literal; folds when a loop is unrolled.</summary>
internal readonly struct Offset
{
    private readonly SortedDictionary<string, long>? factors;
    private readonly long constant;

    private Offset(SortedDictionary<string, long>? factors, long constant)
    {
        this.factors = factors;
        this.constant = constant;
    }

    public static implicit operator Offset(long constant) => new(null, constant);

    public static Offset Variable(string name) => new(new SortedDictionary<string, long>(StringComparer.Ordinal) { [name] = 1 }, 0);

    public static Offset operator +(Offset left, Offset right)
    {
        SortedDictionary<string, long> sum = new(left.Factors, StringComparer.Ordinal);
        foreach (KeyValuePair<string, long> factor in right.Factors)
        {
            sum[factor.Key] = (sum.TryGetValue(factor.Key, out long present) ? present : 0) + factor.Value;
        }

        return new Offset(sum, left.constant + right.constant);
    }

    public static Offset operator *(Offset offset, long factor)
    {
        SortedDictionary<string, long> product = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, long> entry in offset.Factors)
        {
            product[entry.Key] = entry.Value * factor;
        }

        return new Offset(product, offset.constant * factor);
    }

    /// <summary>The offset times a constant that has a name.</summary>
    public Offset Times(string name)
    {
        SortedDictionary<string, long> product = new(StringComparer.Ordinal) { [name] = constant };
        foreach (KeyValuePair<string, long> entry in Factors)
        {
            product[$"{entry.Key} * {name}"] = entry.Value;
        }

        return new Offset(product, 0);
    }

    private SortedDictionary<string, long> Factors => factors ?? [];

    public override string ToString()
    {
        StringBuilder text = new();
        IEnumerable<KeyValuePair<string, long>> present = Factors.Where(factor => factor.Value != 0);
        foreach (KeyValuePair<string, long> factor in present
            .OrderBy(factor => factor.Value < 0)
            .ThenByDescending(factor => Math.Abs(factor.Value))
            .ThenByDescending(factor => factor.Key.Contains("*")))
        {
            Append(text, factor.Value, Math.Abs(factor.Value) == 1 ? factor.Key : $"{factor.Key} * {Literal.Integer(Math.Abs(factor.Value))}");
        }

        if (constant != 0 || text.Length == 0)
        {
            Append(text, constant, Literal.Integer(Math.Abs(constant)));
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, long sign, string term) =>
        text.Append(text.Length == 0 ? (sign < 0 ? "-" : "") : sign < 0 ? " - " : " + ").Append(term);
}
