using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>
/// The memory in which a network's calls run. Each call rents a workspace and returns it; as many are kept as there are processors,
/// so that calls allocate nothing once warm. Safe for use from many threads; no locks.
/// </summary>
/// <param name="length">Number of floats of a workspace.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WorkspacePool(int length)
{
    private readonly AlignedBuffer?[] free = new AlignedBuffer?[Math.Max(4, Environment.ProcessorCount)];

    /// <summary>A workspace that nobody else uses, with whatever its last user left in it.</summary>
    public AlignedBuffer Rent()
    {
        foreach (ref AlignedBuffer? slot in free.AsSpan())
        {
            if (slot is not null && Interlocked.Exchange(ref slot, null) is AlignedBuffer workspace)
            {
                return workspace;
            }
        }

        return new AlignedBuffer(length);
    }

    /// <summary>Gives a workspace back; dropped if enough are free.</summary>
    /// <param name="workspace">From <see cref="Rent"/>, and no longer used.</param>
    public void Return(AlignedBuffer workspace)
    {
        foreach (ref AlignedBuffer? slot in free.AsSpan())
        {
            if (slot is null && Interlocked.CompareExchange(ref slot, workspace, null) is null)
            {
                return;
            }
        }
    }
}
