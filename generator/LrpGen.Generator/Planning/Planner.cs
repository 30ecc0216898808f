namespace LrpGen.Generator.Planning;

/// <summary>From a declared network to all that its generated code does.</summary>
internal static class Planner
{
    public static Plan Plan(Network network, int unrollBudget, CancellationToken cancellation)
    {
        NetworkFacts facts = new(network);
        StoredTensors stored = new();
        ForwardPass forward = new(facts, traced: false);
        Program prediction = new("Forward", null, [.. forward.Blocks, Block.Inline(-1, "", new StoreOutput(forward.Last))], [], [], []);
        List<Program> explanations = [];
        foreach (Explanation explanation in network.Explanations)
        {
            cancellation.ThrowIfCancellationRequested();
            explanations.Add(explanation.Procedure is { OnlyPredicts: true }
                ? new Program("", explanation, [], [], [], [])
                : Fusion.Fuse(BackwardPass.Plan(facts, explanation, stored), IsLoopedConvolution));
        }

        return new Plan(facts, unrollBudget, prediction, explanations, stored.Blocks, stored.All);

        bool IsLoopedConvolution(Product product) =>
            network.Layers[product.Layer] is { Operation: Convolution } layer
            && product.Weights.Packing != Packing.NarrowConvolution
            && !Unrolling.IsUnrolled(layer, unrollBudget);
    }
}
