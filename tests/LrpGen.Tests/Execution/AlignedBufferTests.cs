using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

public class AlignedBufferTests
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

    private static long AddressOf(Span<float> span) => (long)Unsafe.ByteOffset(
        ref Unsafe.NullRef<float>(), ref MemoryMarshal.GetReference(span));
}
