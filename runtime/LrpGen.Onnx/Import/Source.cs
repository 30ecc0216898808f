namespace LrpGen.Onnx.Import;

/// <summary>A value of which a function is an activation, or else a multiple with a shift.</summary>
/// <param name="Argument">The value.</param>
/// <param name="Activation">The activation; null if it is a multiple.</param>
/// <param name="Scaling">The multiple, if it is no activation; (1, 0) if both are the same.</param>
/// <param name="HasOffset">Whether it is an activation that is not 0 where the value is.</param>
internal sealed record Source(Value Argument, (string Kind, string[] Arguments)? Activation, (float Scale, float Shift) Scaling, bool HasOffset)
{
    /// <summary>What rounding leaves of 0.</summary>
    private const double LeastOffset = 1e-6;

    /// <summary>All sources of a function, the earliest first. A sum is no multiple of what it adds.</summary>
    public static IEnumerable<Source> Of(Elementwise function)
    {
        double[] constants = [.. function.Numbers];
        foreach (Value argument in function.Parts.Where(part => part is not Scalar))
        {
            double f(double x) => function.Evaluate(argument, x);
            (float Scale, float Shift)? scaling = function.IsSum ? null : Import.Activation.FindScaling(f, constants);
            (string Kind, string[] Arguments)? activation = scaling is (1, 0) ? null : Import.Activation.Find(f, constants);
            if (activation is not null || scaling is not null)
            {
                yield return new(argument, activation, scaling ?? default, activation is not null && Math.Abs(f(0)) > LeastOffset);
            }
        }
    }
}
