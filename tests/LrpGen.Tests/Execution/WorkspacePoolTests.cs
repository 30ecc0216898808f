using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

public class WorkspacePoolTests
{
    [Fact]
    public void BuffersAreAlignedAndZeroed()
    {
        for (int length = 0; length < 100; length++)
        {
            AlignedBuffer buffer = new(length);
            Assert.Equal(length, buffer.Span.Length);
            Assert.Equal(new float[length], buffer.Span);
            GC.Collect(0);
            Assert.Equal(0, AddressOf(buffer.Span) % 64);
        }
    }

    [Fact]
    public void AReturnedWorkspaceIsRentedAgainWithoutAllocation()
    {
        WorkspacePool pool = new(1000);
        AlignedBuffer first = pool.Rent();
        AlignedBuffer second = pool.Rent();
        Assert.NotSame(first, second);
        pool.Return(second);

        long before = GC.GetAllocatedBytesForCurrentThread();
        AlignedBuffer again = pool.Rent();
        pool.Return(again);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Same(second, again);
    }

    [Fact]
    public async Task NoTwoThreadsHoldOneWorkspace()
    {
        WorkspacePool pool = new(64);
        await Task.WhenAll(Enumerable.Range(1, 2 * Environment.ProcessorCount + 4).Select(user => Task.Run(() =>
        {
            for (int call = 0; call < 20_000; call++)
            {
                AlignedBuffer workspace = pool.Rent();
                workspace.Span.Fill(user);
                Thread.SpinWait(10);
                Assert.False(workspace.Span.ContainsAnyExcept(user));
                pool.Return(workspace);
            }
        })));
    }

    private static long AddressOf(Span<float> span) => (long)Unsafe.ByteOffset(
        ref Unsafe.NullRef<float>(), ref MemoryMarshal.GetReference(span));
}
