namespace LrpGen.Generator.Planning;

/// <summary>Phases, one after another, that differ only in where they start, each by the same steps from the one before.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Length">How many there are.</param>
/// <param name="Start">Step of <see cref="Phase.Start"/>.</param>
/// <param name="InputStart">Step of <see cref="Phase.InputStart"/>.</param>
/// <param name="KernelStart">Step of <see cref="Phase.KernelStart"/>.</param>
internal sealed record PhaseRun(Phase First, int Length, int Start, int InputStart, int KernelStart)
{
    /// <summary>Phases that are worth a loop, which fewer of them do without.</summary>
    private const int Shortest = 4;

    /// <summary>The phases as runs.</summary>
    public static IEnumerable<PhaseRun> Of(IReadOnlyList<Phase> phases)
    {
        for (int first = 0; first < phases.Count;)
        {
            PhaseRun run = Longest(phases, first);
            run = run.Length < Shortest ? new PhaseRun(phases[first], 1, 0, 0, 0) : run;
            yield return run;
            first += run.Length;
        }
    }

    private static PhaseRun Longest(IReadOnlyList<Phase> phases, int index)
    {
        Phase first = phases[index];
        if (index + 1 == phases.Count)
        {
            return new PhaseRun(first, 1, 0, 0, 0);
        }

        Phase second = phases[index + 1];
        PhaseRun run = new(
            first, 1, second.Start - first.Start, second.InputStart - first.InputStart, second.KernelStart - first.KernelStart);
        while (index + run.Length < phases.Count && phases[index + run.Length] == run.At(run.Length))
        {
            run = run with { Length = run.Length + 1 };
        }

        return run;
    }

    private Phase At(int index) => First with
    {
        Start = First.Start + (index * Start),
        InputStart = First.InputStart + (index * InputStart),
        KernelStart = First.KernelStart + (index * KernelStart),
    };
}
