using System.IO.Compression;

namespace LrpGen;

/// <summary>A NumPy archive: a zip file with an entry <c>name.npy</c> for each array, stored or deflated.</summary>
internal sealed class NpzFile : TensorFile
{
    private const string Extension = ".npy";

    /// <summary>Deflate spends at least two bits on at most 258 bytes: what claims to be longer is not.</summary>
    private const int MaxCompression = 258 * 8 / 2;

    private readonly ZipArchive archive;

    public NpzFile(Stream stream, string description, bool leaveOpen)
        : base(description)
    {
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen);
            _ = archive.Entries;
        }
        catch (InvalidDataException exception)
        {
            throw Damaged($"it is not a whole zip archive: {exception.Message.TrimEnd('.')}");
        }

        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (!entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
            {
                throw Damaged($"its entry '{entry.FullName}' is not an {Extension} array. {OtherCheckpoints}");
            }

            string name = entry.FullName[..^Extension.Length];
            if (!Tensors.TryAdd(name, ReadHeader(entry, name, stream.Length)))
            {
                throw Damaged(name, "it is listed twice");
            }
        }
    }

    public override void Dispose() => archive.Dispose();

    private protected override void ReadElements(string name, StoredTensor tensor, Span<float> destination)
    {
        ZipArchiveEntry listed = archive.GetEntry(name + Extension)!;
        using ChecksummedStream entry = new(listed.Open());
        entry.ReadExactly(new byte[tensor.Offset]);
        if (tensor.IsColumnMajor)
        {
            float[] columnMajor = new float[destination.Length];
            tensor.Type.Read(entry, columnMajor);
            ToRowMajor(columnMajor, tensor.Shape, destination);
        }
        else
        {
            tensor.Type.Read(entry, destination);
        }

        if (entry.Checksum != listed.Crc32)
        {
            throw new InvalidDataException($"their CRC-32 is {entry.Checksum:x8}, but the archive lists {listed.Crc32:x8}");
        }
    }

    private StoredTensor ReadHeader(ZipArchiveEntry entry, string name, long fileLength)
    {
        if (entry.CompressedLength > fileLength || entry.Length > entry.CompressedLength * MaxCompression)
        {
            throw Damaged(name, $"it cannot be {entry.Length} bytes, compressed to {entry.CompressedLength}, in a file of {fileLength}");
        }

        NpyHeader header;
        try
        {
            using Stream data = entry.Open();
            header = NpyHeader.Read(data);
        }
        catch (Exception exception) when (exception is FormatException or EndOfStreamException or InvalidDataException)
        {
            throw Damaged(name, exception.Message.TrimEnd('.'));
        }

        long bytes = entry.Length - header.Length;
        if (!TensorShape.TryCount(header.Shape, header.Type.Size, out long count) || count * header.Type.Size != bytes)
        {
            throw Damaged(name, $"its {bytes} bytes do not fit shape {TensorShape.Format(header.Shape)} of {header.Type.Name}");
        }

        return new StoredTensor(header.Shape, count, header.Type, header.Length, header.IsColumnMajor);
    }

    private static void ToRowMajor(ReadOnlySpan<float> source, IReadOnlyList<long> shape, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            long rest = i;
            long index = 0;
            long size = destination.Length;
            for (int d = shape.Count - 1; d >= 0; d--)
            {
                // The dimensions before d are those that vary faster in column-major order.
                size /= shape[d];
                index += rest % shape[d] * size;
                rest /= shape[d];
            }

            destination[i] = source[(int)index];
        }
    }
}
