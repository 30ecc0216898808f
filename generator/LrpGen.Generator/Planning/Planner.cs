namespace LrpGen.Generator.Planning;

/// <summary>From a declared network to all that its generated code does.</summary>
internal static class Planner
{
    public static Plan Plan(Network network, int unrollBudget, CancellationToken cancellation)
    {
        NetworkFacts facts = new(network);
        StoredTensors stored = new();
        ForwardPass forward = new(facts, traced: false, needsNegativeSums: _ => false);
        Program prediction = new("Forward", null, [.. forward.Blocks, Block.Inline(-1, "", new StoreOutput(forward.Last))], [], [], []);
        List<Program> explanations = [];
        foreach (Explanation explanation in network.Explanations)
        {
            cancellation.ThrowIfCancellationRequested();
            explanations.Add(explanation.Procedure is { OnlyPredicts: true }
                ? new Program("", explanation, [], [], [], [])
                : Fusion.Fuse(BackwardPass.Plan(facts, explanation, stored), network, unrollBudget));
        }

        return new Plan(facts, unrollBudget, prediction, explanations, stored.Blocks, stored.All);
    }
}
