namespace LrpGen.Generator.Planning;

/// <summary>
/// Lets relevance that is all at one target start from the target's column of a linear layer's weights, if nothing lies between that layer and the
/// outputs: of all tensors of the layer's outputs, one element is needed.
/// </summary>
internal static class TargetColumn
{
    public static Program Start(Program program)
    {
        Step[] start = [.. program.FromTarget.SelectMany(block => block.Steps)];
        if (start.Length != 1 || start[0] is not SeedOutputs seed || !seed.Seed.IsAtTarget())
        {
            return program;
        }

        Block[] traces = [.. program.Backward.TakeWhile(block => block.Steps.All(step => step is Capture))];
        if (program.Backward.ElementAtOrDefault(traces.Length) is not { } method || !IsOfVector(method))
        {
            return program;
        }

        Block[] accounts = [.. program.Backward.Skip(traces.Length + 1).TakeWhile(block => block.Steps.All(step => step is LedgerAccount))];
        Block[] moved = [.. traces, method, .. accounts];
        Block[] left = [.. program.Backward.Skip(moved.Length)];
        HashSet<Tensor> needed = [.. left.SelectMany(block => block.Tensors)];
        if (needed.Contains(seed.To))
        {
            return program;
        }

        HashSet<Tensor> local = [.. method.Steps.SelectMany(step => step.Writes).Append(seed.To).Except(needed)];
        Column column = new(seed.To, local, program.NamesOf(method.Layer));
        Block[] ofTarget =
        [
            Block.Inline(method.Layer, "", new SeedTarget(seed.Output, seed.Arrangement, seed.Seed, column.Target)),
            .. traces.Select(block => block.On(column.Map)).Select(Captured),
            column.Of(method),
            .. accounts.Select(block => block.EachSum(column.Of).On(column.Map)),
        ];
        return program with { FromTarget = ofTarget, FromObjective = [.. program.FromObjective, .. moved], Backward = left };
    }

    private static Block Captured(Block block) =>
        block with { Steps = [.. block.Steps.Select(step => (Capture)step with { Kind = CaptureKind.TargetRelevance })] };

    private static bool IsOfVector(Block block) =>
        block.Steps.Any(step => step is Product)
        && block.Steps.All(step => step is Product { Form: Dense } or Pointwise { IsOfTensorsOnly: true } or Fill);

    /// <summary>What becomes of a layer's steps where of its outputs there is only the target, in the first lane.</summary>
    /// <param name="relevance">Of all outputs.</param>
    /// <param name="local">Tensors that nothing else needs.</param>
    private sealed class Column(Tensor relevance, HashSet<Tensor> local, TensorNames names)
    {
        private static readonly Extent FirstLane = new(1, 1, Simd.Lanes);

        private readonly Dictionary<Tensor, Tensor> elements = [];
        private readonly Dictionary<Tensor, Tensor> copies = [];

        /// <summary>The target's relevance.</summary>
        public Tensor Target => Element(relevance);

        public Block Of(Block block) => block with
        {
            Method = block.Method + "OfTarget",
            Steps = [.. block.Steps.SelectMany(Of)],
            Names = block.Names.ToDictionary(name => name.Key == relevance ? Target : name.Key, name => name.Value),
        };

        /// <summary>What stands in for a tensor: its element of the target, or a tensor of its own for what only these steps need.</summary>
        public Tensor Map(Tensor tensor) =>
            elements.TryGetValue(tensor, out Tensor? element) ? element
            : local.Contains(tensor) ? NewOnce(copies, tensor, tensor.Extent)
            : tensor;

        private IEnumerable<Step> Of(Step step)
        {
            switch (step)
            {
                case Product product:
                    Element(product.Transposed ? product.Tensor : product.To);
                    return [(product with { TargetOnly = true }).On(Map)];
                case Pointwise pointwise when pointwise.Reads.Any(elements.ContainsKey):
                    Step[] picked = [.. pointwise.Reads.Distinct().Where(tensor => !elements.ContainsKey(tensor)).Select(Pick)];
                    Element(pointwise.To);
                    return [.. picked, pointwise.On(Map)];
                default:
                    return [step.On(Map)];
            }
        }

        private PickTarget Pick(Tensor tensor) => new(tensor, new Arrangement(Shape.Of(tensor.Lanes), 0, tensor.Pitch), Element(tensor));

        private Tensor Element(Tensor tensor) => NewOnce(elements, tensor, FirstLane);

        private Tensor NewOnce(Dictionary<Tensor, Tensor> made, Tensor tensor, Extent extent)
        {
            if (!made.TryGetValue(tensor, out Tensor? own))
            {
                own = names.New((tensor.Stored ? "d" : tensor.Symbol) + "Target", extent);
                made.Add(tensor, own);
            }

            return own;
        }
    }
}
