namespace LrpGen.Generator.Planning;

/// <summary>
/// Lets the step that computes the sums of a product, or of inputs, do the work of the ReLU behind it, in the same memory. Only where nothing on the
/// way back needs a sum below 0. A trace still shows the sums, and then the ReLU's output.
/// </summary>
internal static class Rectification
{
    /// <param name="needsNegativeSums">Whether the way back needs what a layer gives where that is negative.</param>
    /// <param name="traced">Whether a trace may ask for every layer's activation.</param>
    public static Program Rectify(Program program, Func<int, bool> needsNegativeSums, bool traced)
    {
        List<Block> forward = [.. program.Forward];
        ILookup<Tensor, Step> readers = forward
            .SelectMany(block => block.Steps)
            .Where(step => step is not TraceStep)
            .Concat(program.FromTarget.SelectMany(block => block.Steps).Where(step => step is SeedOutputs or SeedTarget))
            .SelectMany(step => step.Reads.Distinct().Select(tensor => (tensor, step)))
            .ToLookup(pair => pair.tensor, pair => pair.step);
        Dictionary<Tensor, Tensor> inPlace = [];
        for (int index = 0; index < forward.Count; index++)
        {
            if (forward[index].Steps.Count != 1
                || forward[index].Steps[0] is not Activate { Function.Name: "ReLU" } relu
                || readers[relu.Tensor].Count() != 1
                || forward.FindIndex(block => block.Steps.Any(step => step.Writes.Contains(relu.Tensor))) is not (>= 0 and int source)
                || Rectified(forward[source], relu.Tensor) is not { } rectified
                || needsNegativeSums(forward[source].Layer))
            {
                continue;
            }

            forward[source] = rectified;
            inPlace.Add(relu.To, relu.Tensor);
            forward[index] = forward[index] with { Steps = traced ? [new RectifyTraced(relu.Tensor)] : [] };
        }

        Tensor Map(Tensor tensor) => inPlace.TryGetValue(tensor, out Tensor? sum) ? sum : tensor;
        IReadOnlyList<Block> All(IEnumerable<Block> blocks) =>
            inPlace.Count == 0 ? [.. blocks] : [.. blocks.Where(block => block.Steps.Count > 0).Select(block => block.On(Map))];
        return program with
        {
            Forward = All(forward),
            FromTarget = All(program.FromTarget),
            FromObjective = All(program.FromObjective),
            Backward = All(program.Backward),
        };
    }

    private static Block? Rectified(Block block, Tensor sum)
    {
        Step? last = block.Steps[block.Steps.Count - 1] switch
        {
            Product { Then: null, Right: Stored } product when product.To == sum => product with { Rectifies = true },
            Pointwise pointwise when pointwise.To == sum && pointwise.IsOfTensorsOnly => pointwise with { Rectifies = true },
            _ => null,
        };
        return last is null ? null : block with { Steps = [.. block.Steps.Take(block.Steps.Count - 1), last] };
    }
}
