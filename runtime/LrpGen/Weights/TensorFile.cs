using System.Diagnostics.CodeAnalysis;

namespace LrpGen;

/// <summary>
/// A file of named tensors: safetensors, or a NumPy archive (<c>.npz</c>). Elements of type float16, bfloat16 (safetensors only),
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

    private protected Dictionary<string, StoredTensor> Tensors { get; } = [];

    /// <summary>Opens a file; its content says of which kind it is.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="InvalidDataException">The file is of neither kind, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TensorFile Open(string path)
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
