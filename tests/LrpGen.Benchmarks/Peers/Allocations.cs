namespace LrpGen.Benchmarks.Peers;

/// <summary>What calls allocate on the heap.</summary>
internal static class Allocations
{
    private const int Calls = 4;

    /// <summary>Bytes that a call allocates, on all threads.</summary>
    public static long Of(Action call)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int count = 0; count < Calls; count++)
        {
            call();
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / Calls;
    }
}
