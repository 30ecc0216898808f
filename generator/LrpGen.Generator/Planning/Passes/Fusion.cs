namespace LrpGen.Generator.Planning;

/// <summary>
/// Makes one step of a product and what is computed from its sums element by element, such as s = R / s_ε(d) or R_i = a_i c_i: each sum is
/// still in a register then.
/// </summary>
internal static class Fusion
{
    /// <param name="unrollBudget">Multiply-adds up to which a layer is unrolled.</param>
    public static Program Fuse(Program program, int unrollBudget)
    {
        ILookup<Tensor, Step> readers = program.Blocks
            .SelectMany(block => block.Steps)
            .SelectMany(step => step is ForEachRow loop
                ? loop.Body.SelectMany(Readings).Concat(loop.Rows.Select(row => (Tensor: row.Whole, Step: step)))
                : Readings(step))
            .ToLookup(pair => pair.Tensor, pair => pair.Step);
        return program with
        {
            Forward = All(program.Forward),
            FromTarget = All(program.FromTarget),
            FromObjective = All(program.FromObjective),
            Backward = All(program.Backward),
        };

        static IEnumerable<(Tensor Tensor, Step Step)> Readings(Step step) => step.Reads.Distinct().Select(tensor => (tensor, step));

        IReadOnlyList<Block> All(IReadOnlyList<Block> blocks) => [.. blocks.Select(block => block with { Steps = Fused(block.Steps) })];

        IReadOnlyList<Step> Fused(IReadOnlyList<Step> steps)
        {
            List<Step> fused = [];
            foreach (Step step in steps.Select(step => step is ForEachRow loop ? loop with { Body = Fused(loop.Body) } : step))
            {
                if (step is Pointwise { IsOfTensorsOnly: true, Rectifies: false } pointwise
                    && fused.LastOrDefault() is Product { Accumulate: false, Then: null, Rectifies: false } product
                    && CanTakeIn(product, pointwise.Value)
                    && readers[product.To].SequenceEqual([step]))
                {
                    fused[fused.Count - 1] = product with { To = pointwise.To, Then = pointwise.Value, Sum = product.To };
                }
                else
                {
                    fused.Add(step);
                }
            }

            return fused;
        }

        bool CanTakeIn(Product product, Expression value) => product.Form switch
        {
            Windowed => product.Weights.Packing != Packing.NarrowConvolution && !Unrolling.IsUnrolled(product.Form, unrollBudget),

            Batched => false,

            // Rows of the weights whose a_i is 0 are not read then.
            Dense => product is { Transposed: true, TargetOnly: false } && value is Times { Left: Read { Tensor.Stored: false }, Right: Read },

            _ => throw new InvalidOperationException($"Nothing is known of {product.Form}."),
        };
    }
}
