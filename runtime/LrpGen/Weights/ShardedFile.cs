using System.Text.Json;

namespace LrpGen;

/// <summary>
/// A checkpoint in several files, as Hugging Face's hub has large ones: an index <c>{"weight_map": {"name": "file", …}}</c> in JSON says in which
/// file of its own folder each tensor is.
/// </summary>
internal sealed class ShardedFile : TensorFile
{
    /// <summary>How such an index is called in a checkpoint's folder.</summary>
    public const string IndexName = "model.safetensors.index.json";

    /// <summary>Bytes of an index that is read into memory; one of 10,000 tensors has 1 MB.</summary>
    private const int MaxIndexBytes = 100_000_000;

    /// <summary>Problems that the message lists; the others are counted.</summary>
    private const int MaxListed = 100;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly Dictionary<string, TensorFile> shards = [];
    private readonly Dictionary<string, TensorFile> shardOf = [];

    /// <param name="stream">The index, which is read and left open.</param>
    /// <param name="path">Its path.</param>
    public ShardedFile(Stream stream, string path)
        : base(path)
    {
        try
        {
            Open(ReadIndex(stream), Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override void Dispose()
    {
        foreach (TensorFile shard in shards.Values)
        {
            shard.Dispose();
        }
    }

    // What is wrong is said with the name of the shard, behind that of the index.
    private protected override void ReadElements(string name, StoredTensor tensor, Span<float> destination) => shardOf[name].Read(name, destination);

    /// <summary>The name of each tensor's file.</summary>
    private List<KeyValuePair<string, string>> ReadIndex(Stream stream)
    {
        if (stream.Length > MaxIndexBytes)
        {
            throw Damaged($"the index has {stream.Length} bytes; at most {MaxIndexBytes} are allowed");
        }

        try
        {
            using JsonDocument index = JsonDocument.Parse(stream, Strict);
            return [.. index.RootElement.GetProperty("weight_map").EnumerateObject()
                .Select(entry => KeyValuePair.Create(entry.Name, entry.Value.GetString() ?? ""))];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw Damaged(
                "it is not an index of a checkpoint in several files, {\"weight_map\": {\"tensor\": \"file\", …}}: " + exception.Message.TrimEnd('.'));
        }
    }

    private void Open(List<KeyValuePair<string, string>> index, string folder)
    {
        List<string> problems = [];
        foreach (IGrouping<string, string> tensors in index.GroupBy(entry => entry.Value, entry => entry.Key).OrderBy(tensors => tensors.Key, StringComparer.Ordinal))
        {
            string file = tensors.Key;
            if (WhyNot(file, folder) is { } problem)
            {
                problems.Add($"file '{file}' {problem}; it should hold {tensors.Count()} of the tensors");
                continue;
            }

            TensorFile shard;
            try
            {
                shard = OpenSingle(Path.Combine(folder, file));
            }
            catch (InvalidDataException exception)
            {
                problems.Add(exception.Message.TrimEnd('.'));
                continue;
            }

            shards.Add(file, shard);
            foreach (string tensor in tensors)
            {
                if (shard.Tensors.TryGetValue(tensor, out StoredTensor? stored))
                {
                    Tensors.Add(tensor, stored);
                    shardOf.Add(tensor, shard);
                }
                else
                {
                    problems.Add($"file '{file}' has no tensor '{tensor}'");
                }
            }
        }

        if (problems.Count > 0)
        {
            string rest = problems.Count > MaxListed ? $"\n  and {problems.Count - MaxListed} more" : "";
            throw Damaged($"the checkpoint is not complete:{string.Concat(problems.Take(MaxListed).Select(problem => $"\n  {problem}"))}{rest}");
        }
    }

    /// <summary>What is wrong with the name of a file, or else with the file; null if it can be opened.</summary>
    private static string? WhyNot(string file, string folder) =>
        file is "" or "." or ".." || file.AsSpan().ContainsAny("/\\:\0") ? "is not allowed: it must be the name of a file in the folder of the index"
        : File.Exists(Path.Combine(folder, file)) ? null
        : "is not there";
}
