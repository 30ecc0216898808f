using LrpGen.Onnx.Import;

namespace LrpGen.Onnx.Layers;

/// <summary>A normalisation along axes.</summary>
/// <param name="Kind">LayerNorm, RMSNorm or Normalize.</param>
/// <param name="Source">What it normalises.</param>
/// <param name="Axes">The graph's axes, ascending.</param>
/// <param name="Eps">What is added to the variance.</param>
internal sealed record AxesNormalization(string Kind, Value Source, int[] Axes, double Eps);

/// <summary>Finds normalisations in quotients.</summary>
internal static class NormalizationInPieces
{
    /// <summary>The least norm that PyTorch divides by.</summary>
    private const float LeastNorm = 1e-12f;

    /// <summary>The normalisation that a quotient is; null if it is none.</summary>
    public static AxesNormalization? Find(Elementwise quotient)
    {
        if (Quotient(quotient) is not var (numerator, deviation))
        {
            return null;
        }

        if (deviation is Elementwise { Node.Operator: "Sqrt", Operands: [Elementwise { Node.Operator: "Add" } sum] }
            && Ordered(sum) is (Reduced { Call.Node.Operator: "ReduceMean" } squares, Scalar eps)
            && Squared(squares.Source) is { } squared
            && Same(squared, numerator))
        {
            bool isCentred = numerator is Elementwise { Node.Operator: "Sub", Operands: [_, Reduced] };
            return !isCentred ? new("RMSNorm", numerator, squares.Axes, eps.Number)
                : numerator is Elementwise { Operands: [{ } x, Reduced { Call.Node.Operator: "ReduceMean" } mean] }
                    && Same(mean.Source, x) && mean.Axes.SequenceEqual(squares.Axes)
                ? new("LayerNorm", x, squares.Axes, eps.Number)
                : null;
        }

        return Norm(deviation) is { } norm && Same(norm.Source, numerator) ? new("Normalize", numerator, norm.Axes, 0) : null;
    }

    /// <summary>a / b, or a · (1 / b).</summary>
    private static (Value Numerator, Value Denominator)? Quotient(Elementwise function)
    {
        if (function is { Node.Operator: "Div", Operands: [{ } numerator, { } denominator] })
        {
            return (numerator, denominator);
        }

        if (function is not { Node.Operator: "Mul", Operands: [{ } left, { } right] })
        {
            return null;
        }

        return Inverse(right) is { } ofRight ? (left, ofRight) : Inverse(left) is { } ofLeft ? (right, ofLeft) : null;
    }

    private static Value? Inverse(Value value) => value switch
    {
        Elementwise { Node.Operator: "Reciprocal", Operands: [{ } inverted] } => inverted,
        Elementwise { Node.Operator: "Div", Operands: [Scalar { Number: 1 }, { } inverted] } => inverted,
        _ => null,
    };

    /// <summary>The operands of a sum with the number last.</summary>
    private static (Value First, Value Second) Ordered(Elementwise sum) =>
        sum.Operands is [Scalar number, { } other] ? (other, number) : (sum.Operands[0], sum.Operands[^1]);

    /// <summary>What a value is the square of; null if it is none.</summary>
    private static Value? Squared(Value value) => value switch
    {
        Elementwise { Node.Operator: "Pow", Operands: [{ } squared, Scalar { Number: 2 }] } => squared,
        Elementwise { Node.Operator: "Mul", Operands: [{ } squared, { } again] } when Same(squared, again) => squared,
        _ => null,
    };

    /// <summary>A Euclidean norm, at least PyTorch's least one or with no bound; null if a value is none.</summary>
    private static Reduced? Norm(Value value) => value switch
    {
        Reduced { Call.Node.Operator: "ReduceL2" } norm => norm,
        Elementwise { Node.Operator: "Clip", Operands: [{ } norm, Scalar least, Scalar { Number: double.PositiveInfinity }] }
            when (float)least.Number == LeastNorm => Norm(norm),
        Elementwise { Node.Operator: "Max", Operands: [{ } norm, Scalar least] } when (float)least.Number == LeastNorm => Norm(norm),
        _ => null,
    };

    /// <summary>Whether two values are the same, whether or not one has become a layer meanwhile.</summary>
    private static bool Same(Value first, Value second)
    {
        Value resolved = Resolve(first);
        Value other = Resolve(second);
        return ReferenceEquals(resolved, other)
            || (resolved is LayerOutput output && other is LayerOutput same && output.Layer == same.Layer && output.HasViewOf(same))
            || (resolved is Scalar number && other is Scalar equal && number.Number == equal.Number)
            || (resolved is Reduced mean && other is Reduced again && ReferenceEquals(Resolve(mean.Source), Resolve(again.Source))
                && mean.Call.Node.Operator == again.Call.Node.Operator && mean.Axes.SequenceEqual(again.Axes))
            || (resolved is Elementwise function && other is Elementwise twin && function.Node.Operator == twin.Node.Operator
                && function.Operands.Count == twin.Operands.Count && function.Operands.Zip(twin.Operands).All(pair => Same(pair.First, pair.Second)));
    }

    private static Value Resolve(Value value) => value switch
    {
        Elementwise { Layer: { } layer } => layer,
        Reduced { Layer: { } layer } => layer,
        _ => value,
    };
}
