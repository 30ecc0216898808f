using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes a loop that computes expressions for every element, a vector at a time.</summary>
/// <param name="isShared">Whether threads share it.</param>
internal sealed class PointwiseEmitter(CodeWriter writer, Func<Tensor, string> nameOf, EngineNames names, bool isShared)
{
    /// <summary>Floats for which a loop is longer than its body written out.</summary>
    private const int ShortLength = 2 * Simd.Alignment;

    private readonly Loops loops = new(writer, unroll: false);
    private readonly Loops unrolled = new(writer, unroll: true);

    /// <summary>Writes the loop of steps that share it.</summary>
    public void Emit(IReadOnlyList<Pointwise> steps)
    {
        Tensor to = steps[0].To;
        string length = $"{nameOf(to)}.Length";
        if (steps[0].IsOfTensorsOnly && to.Varies)
        {
            loops.Share("k", length, Simd.Alignment, Simd.Lanes, isShared, k => Store(k, k));
        }
        else if (steps[0].IsOfTensorsOnly)
        {
            (to.Length <= ShortLength ? unrolled : loops).Share("k", to.Length, Simd.Alignment, Simd.Lanes, isShared, k => Store(k, k));
        }
        else if (to.Varies)
        {
            loops.Share("row", $"{length} / {to.Pitch}", 1, 1, isShared, Row);
        }
        else
        {
            loops.Share("row", to.Rows, 1, 1, isShared, Row);
        }

        void Row(Offset row) => loops.For("lane", to.Pitch, Simd.Lanes, false, lane => Store((row * to.Pitch) + lane, lane));

        void Store(Offset at, Offset lane)
        {
            foreach (Pointwise step in steps)
            {
                StoreOne(step, at, lane);
            }
        }
    }

    private void StoreOne(Pointwise step, Offset at, Offset lane)
    {
        string value = Text(step.Value, at, lane);
        string result = step.Rectifies ? $"Vector256.Max({value}, Vector256.Create(floor))" : value;
        writer.Line($"Lanes.Store({result}, {nameOf(step.To)}, {at});");
    }

    private string Text(Expression value, Offset at, Offset lane)
    {
        string text(Expression operand) => Text(operand, at, lane);
        string operand(Expression operand) => operand is Sum or Difference or Times or Scaled ? $"({text(operand)})" : text(operand);
        return value switch
        {
            Read read => $"Lanes.Load({nameOf(read.Tensor)}, {at})",
            Constant constant => $"Vector256.Create({Literal.Float(constant.Value)})",
            ReadRow read => $"Lanes.Load({nameOf(read.Tensor)}, {lane})",
            ReadWeight read => $"Lanes.Load({names[read.Weights]}.Span, {lane})",
            ReadBias read => $"Lanes.Load({names[read.Bias]}.Span, {(read.Bias.Rows == 1 ? lane : at)})",
            PositivePart part => $"Vector256.Max({text(part.Operand)}, Vector256<float>.Zero)",
            NegativePart part => $"Vector256.Min({text(part.Operand)}, Vector256<float>.Zero)",
            Scaled { Factor: -1 } scaled => $"-{operand(scaled.Operand)}",
            Scaled scaled => $"{Literal.Float(scaled.Factor)} * {operand(scaled.Operand)}",
            Sum sum => $"{text(sum.Left)} + {operand(sum.Right)}",
            Difference difference => $"{text(difference.Left)} - {operand(difference.Right)}",
            Times times => $"{operand(times.Left)} * {operand(times.Right)}",
            Quotient quotient =>
                $"Stabilized.Quotient({text(quotient.Relevance)}, {text(quotient.Denominator)}, {Literal.Float(quotient.Stabilizer)})",
            Where where => $"Lanes.Where{where.Sign}({text(where.Condition)}, {text(where.Value)})",
            _ => throw new InvalidOperationException($"No text for {value}."),
        };
    }
}
