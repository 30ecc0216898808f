namespace LrpGen.Benchmarks.Peers;

/// <summary>What calls allocate on the heap.</summary>
internal static class Allocations
{
    private const int Calls = 4;

    /// <summary>Bytes that a call allocates, on all threads: the least of several, because the runtime's own threads may allocate, too.</summary>
    public static long Of(Action call) => Enumerable.Range(0, Calls).Min(_ =>
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        call();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    });
}
