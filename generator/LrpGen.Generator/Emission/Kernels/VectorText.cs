using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Expressions as calls of <c>TSimd</c>, for kernels of any vector width.</summary>
internal static class VectorText
{
    /// <param name="read">The text of an element of a tensor.</param>
    public static string Of(Expression value, Func<Tensor, string> read)
    {
        string text(Expression operand) => Of(operand, read);
        return value switch
        {
            Read element => read(element.Tensor),
            Planning.Constant constant => Constant(constant.Value),
            PositivePart part => $"TSimd.Max({text(part.Operand)}, default)",
            NegativePart part => $"TSimd.Min({text(part.Operand)}, default)",
            Scaled scaled => $"TSimd.Multiply({Constant(scaled.Factor)}, {text(scaled.Operand)})",
            Sum sum => $"TSimd.Add({text(sum.Left)}, {text(sum.Right)})",
            Difference difference => $"TSimd.Subtract({text(difference.Left)}, {text(difference.Right)})",
            Times times => $"TSimd.Multiply({text(times.Left)}, {text(times.Right)})",
            Quotient quotient => $"TSimd.Quotient({text(quotient.Relevance)}, {text(quotient.Denominator)}, {Constant(quotient.Stabilizer)})",
            Where where => $"TSimd.Where{where.Sign}({text(where.Condition)}, {text(where.Value)})",
            _ => throw new InvalidOperationException($"No text for {value}."),
        };
    }

    private static string Constant(double value) => $"TSimd.Create({Literal.Float(value)})";
}
