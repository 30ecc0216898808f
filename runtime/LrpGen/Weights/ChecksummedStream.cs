namespace LrpGen;

/// <summary>Reads another stream, and sums up what was read as zip archives do: CRC-32, whose polynomial is 0x04C11DB7.</summary>
/// <param name="stream">Is disposed with this.</param>
internal sealed class ChecksummedStream(Stream stream) : Stream
{
    /// <summary>The polynomial with its bits in reverse, as the sum is computed.</summary>
    private const uint Reversed = 0xEDB88320;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Remainder)];

    private uint state = uint.MaxValue;

    /// <summary>CRC-32 of all that was read.</summary>
    public uint Checksum => ~state;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = stream.Read(buffer);
        foreach (byte value in buffer[..count])
        {
            state = Table[(byte)(state ^ value)] ^ (state >> 8);
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        stream.Dispose();
        base.Dispose(disposing);
    }

    private static uint Remainder(int value)
    {
        uint rest = (uint)value;
        for (int bit = 0; bit < 8; bit++)
        {
            rest = (rest & 1) == 0 ? rest >> 1 : (rest >> 1) ^ Reversed;
        }

        return rest;
    }
}
