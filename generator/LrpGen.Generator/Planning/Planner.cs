namespace LrpGen.Generator.Planning;

/// <summary>From a declared network to all that its generated code does: the textbook's programs, and what makes them faster.</summary>
internal static class Planner
{
    /// <summary>The passes that make a program faster, in their order. It is right without any of them.</summary>
    private static readonly (Optimizations Optimization, Func<Program, Known, Program> Run)[] Passes =
    [
        (Optimizations.TargetColumn, (program, _) => TargetColumn.Start(program)),
        (Optimizations.Tiles, (program, known) => Tiles.Lay(program, known.Facts)),
        (Optimizations.Rectification, (program, known) => Rectification.Rectify(program, known.NeedsNegativeSums, program.IsTraced)),
        (Optimizations.Fusion, (program, known) => Fusion.Fuse(program, known.UnrollBudget)),
        (Optimizations.SharedLoops, (program, _) => LoopSharing.Share(program)),
    ];

    /// <param name="unrollBudget">Multiply-adds up to which a product is unrolled.</param>
    /// <param name="without">Optimisations to do without; results are the same but for rounding.</param>
    public static Plan Plan(Network network, int unrollBudget, CancellationToken cancellation, Optimizations without = Optimizations.None)
    {
        NetworkFacts facts = new(network, without);
        StoredTensors stored = new();
        Program prediction = Optimize(Prediction(facts), new(facts, null, unrollBudget));
        List<Program> explanations = [];
        foreach (Explanation explanation in network.Explanations)
        {
            cancellation.ThrowIfCancellationRequested();
            ExplanationFacts known = new(facts, explanation);
            explanations.Add(explanation.Procedure is { OnlyPredicts: true }
                ? new Program("", explanation, new UniqueNames("_"), [], [], [], [])
                : Optimize(BackwardPass.Plan(known, stored), new(facts, known, unrollBudget)));
        }

        return new Plan(facts, unrollBudget, prediction, explanations, stored.Blocks, stored.All);
    }

    private static Program Prediction(NetworkFacts facts)
    {
        ForwardPass forward = new(facts);
        Arrangement output = facts.Arrangements[facts.Network.Layers.Count - 1];
        Block store = Block.Inline(-1, "", new StoreOutput(forward.Last, output));
        return new Program("Forward", null, forward.Names, [.. forward.Blocks, store], [], [], []);
    }

    private static Program Optimize(Program program, Known known)
    {
        foreach ((Optimizations optimization, Func<Program, Known, Program> run) in Passes)
        {
            program = known.Facts.Has(optimization) ? run(program, known) : program;
        }

        return program with { Placement = Placement.Of(program.Blocks, known.Facts.Has(Optimizations.SharedMemory)) };
    }

    /// <summary>What passes know besides the program.</summary>
    /// <param name="Explanation">Null for a prediction.</param>
    private sealed record Known(NetworkFacts Facts, ExplanationFacts? Explanation, int UnrollBudget)
    {
        public bool NeedsNegativeSums(int layer) => Explanation?.NeedsNegativeSums(Facts.Network.Layers[layer]) == true;
    }
}
