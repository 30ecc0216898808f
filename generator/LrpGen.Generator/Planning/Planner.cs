namespace LrpGen.Generator.Planning;

/// <summary>From a declared network to all that its generated code does: the textbook's programs, and what makes them faster.</summary>
internal static class Planner
{
    /// <param name="unrollBudget">Multiply-adds up to which a product is unrolled.</param>
    /// <param name="without">Optimisations to do without; results are the same but for rounding.</param>
    public static Plan Plan(Network network, int unrollBudget, CancellationToken cancellation, Optimizations without = Optimizations.None)
    {
        NetworkFacts facts = new(network, without);
        StoredTensors stored = new();
        Program prediction = Optimize(Prediction(facts), facts, unrollBudget, _ => false);
        List<Program> explanations = [];
        foreach (Explanation explanation in network.Explanations)
        {
            cancellation.ThrowIfCancellationRequested();
            ExplanationFacts known = new(facts, explanation);
            explanations.Add(explanation.Procedure is { OnlyPredicts: true }
                ? new Program("", explanation, [], [], [], [])
                : Optimize(BackwardPass.Plan(known, stored), facts, unrollBudget, layer => known.NeedsNegativeSums(network.Layers[layer])));
        }

        return new Plan(facts, unrollBudget, prediction, explanations, stored.Blocks, stored.All);
    }

    private static Program Prediction(NetworkFacts facts)
    {
        ForwardPass forward = new(facts);
        Arrangement output = facts.Arrangements[facts.Network.Layers.Count - 1];
        return new Program("Forward", null, [.. forward.Blocks, Block.Inline(-1, "", new StoreOutput(forward.Last, output))], [], [], []);
    }

    private static Program Optimize(Program program, NetworkFacts facts, int unrollBudget, Func<int, bool> needsNegativeSums)
    {
        program = facts.Has(Optimizations.Rectification)
            ? Rectification.Rectify(program, needsNegativeSums, program.IsTraced)
            : program;
        program = facts.Has(Optimizations.Fusion) && program.Explanation is not null ? Fusion.Fuse(program, unrollBudget) : program;
        return program with
        {
            Placement = Placement.Of(program.Blocks, facts.Has(Optimizations.SharedLoops), facts.Has(Optimizations.SharedMemory)),
        };
    }
}
