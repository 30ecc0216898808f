using System.Diagnostics.CodeAnalysis;

namespace LrpGen;

/// <summary>
/// A file of named tensors: safetensors, alone or as several files with an index, or a NumPy archive (<c>.npz</c>). Elements of type float16, bfloat16 (safetensors only),
/// float32 and float64 can be read; others are only listed.
/// </summary>
/// <remarks>
/// Files are not trusted: their whole structure is checked when they are opened, before anything is allocated for a tensor, and no object
/// is ever deserialised. Not safe for use from several threads at a time.
/// </remarks>
public abstract class TensorFile : ITensorSource, IDisposable
{
    private protected const string OtherCheckpoints = "Other checkpoints, such as PyTorch's .pt, have to be saved as safetensors or .npz";

    private protected TensorFile(string description) => Description = description;

    /// <summary>The path, for messages.</summary>
    public string Description { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => Tensors.Keys;

    internal Dictionary<string, StoredTensor> Tensors { get; } = [];

    /// <summary>Opens a file; its content says of which kind it is.</summary>
    /// <param name="path">
    /// Path of the file; of a checkpoint in several files its <c>model.safetensors.index.json</c>; or of a folder that has one of these or a
    /// <c>model.safetensors</c>, as Hugging Face's hub names them.
    /// </param>
    /// <exception cref="InvalidDataException">The file is of no such kind, or damaged, or one of several files is, or is not there.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TensorFile Open(string path)
    {
        const string Single = "model.safetensors";
        if (Directory.Exists(path))
        {
            string single = Path.Combine(path, Single);
            string index = Path.Combine(path, ShardedFile.IndexName);
            path = File.Exists(single) ? single
                : File.Exists(index) ? index
                : throw new FileNotFoundException($"The folder {path} has neither a {Single} nor a {ShardedFile.IndexName}.");
        }

        using FileStream stream = File.OpenRead(path);
        return IsIndex(stream) ? new ShardedFile(stream, path) : OpenSingle(path);
    }

    /// <summary>Opens a stream; its content says of which kind it is.</summary>
    /// <param name="stream">
    /// Read from its position to its end, and left open. It must stay open until all is read, unless it cannot seek or is not at its start:
    /// then it is read into memory at once, up to 2 GB.
    /// </param>
    /// <exception cref="InvalidDataException">The stream is of neither kind, or damaged.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static TensorFile Open(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        const string Description = "the stream";
        if (stream.CanSeek && stream.Position == 0)
        {
            return Open(stream, Description, leaveOpen: true);
        }

        MemoryStream memory = new();
        stream.CopyTo(memory);
        memory.Position = 0;
        return Open(memory, Description, leaveOpen: false);
    }

    /// <inheritdoc/>
    public bool TryGetShape(string name, [NotNullWhen(true)] out IReadOnlyList<long>? shape)
    {
        shape = Tensors.GetValueOrDefault(name)?.Shape;
        return shape is not null;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such tensor, or it has another number of elements.</exception>
    /// <exception cref="InvalidDataException">Its elements are of a type that cannot be read, or they are damaged.</exception>
    public void Read(string name, Span<float> destination)
    {
        if (!Tensors.TryGetValue(name, out StoredTensor? tensor) || tensor.Count != destination.Length)
        {
            throw new ArgumentException($"{Description} has no tensor '{name}' of {destination.Length} elements.", nameof(name));
        }

        if (tensor.Type.Format == ElementFormat.Other)
        {
            throw Damaged(name, $"its elements are of type {tensor.Type.Name}; expected floating-point numbers of 16, 32 or 64 bits");
        }

        try
        {
            ReadElements(name, tensor, destination);
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException)
        {
            throw Damaged(name, $"its {tensor.Count} elements cannot be read: {exception.Message.TrimEnd('.')}");
        }
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    private protected abstract void ReadElements(string name, StoredTensor tensor, Span<float> destination);

    private protected InvalidDataException Damaged(string problem) => new($"{Description}: {problem}.");

    private protected InvalidDataException Damaged(string tensor, string problem) => Damaged($"tensor '{tensor}': {problem}");

    /// <summary>Opens a file that has the tensors itself.</summary>
    private protected static TensorFile OpenSingle(string path)
    {
        FileStream stream = File.OpenRead(path);
        try
        {
            return Open(stream, path, leaveOpen: false);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether it is JSON. The eighth byte is 0 in a safetensors file, where it is the last of a length.</summary>
    private static bool IsIndex(Stream stream)
    {
        Span<byte> start = stackalloc byte[sizeof(ulong)];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        return start is [(byte)'{', .., not 0];
    }

    private static TensorFile Open(Stream stream, string description, bool leaveOpen)
    {
        Span<byte> start = stackalloc byte[SafetensorsFile.LengthBytes + 1];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = 0;

        return start switch
        {
            [_, _, _, _, _, _, _, _, (byte)'{'] => new SafetensorsFile(stream, description, leaveOpen),
            [(byte)'P', (byte)'K', ..] => new NpzFile(stream, description, leaveOpen),
            _ => throw new InvalidDataException($"{description}: it is neither a safetensors nor an .npz file. {OtherCheckpoints}."),
        };
    }
}
