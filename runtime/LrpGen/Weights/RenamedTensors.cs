using System.Diagnostics.CodeAnalysis;

namespace LrpGen;

/// <summary>The tensors of another source under other names, or without some of them.</summary>
/// <example>
/// BERT as it was first published has a prefix and old names, and a head that nobody needs:
/// <code>
/// using TensorFile file = TensorFile.Open("model.safetensors");
/// RenamedTensors tensors = new(file, name => name.StartsWith("cls.")
///     ? null
///     : name.Replace("bert.", "").Replace("gamma", "weight").Replace("beta", "bias"));
/// </code>
/// </example>
public sealed class RenamedTensors : ITensorSource
{
    private readonly ITensorSource source;
    private readonly Dictionary<string, string> originals = [];

    /// <summary>Renames all tensors.</summary>
    /// <param name="source">Has the tensors. It must stay open as long as they are read.</param>
    /// <param name="rename">From a name in the source to the new one; null leaves the tensor out.</param>
    /// <exception cref="ArgumentException">Two tensors would have the same name.</exception>
    public RenamedTensors(ITensorSource source, Func<string, string?> rename)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(rename);
        this.source = source;
        foreach (string original in source.Names)
        {
            if (rename(original) is { } name && !originals.TryAdd(name, original))
            {
                throw new ArgumentException($"Tensors '{originals[name]}' and '{original}' of {source.Description} would both be called '{name}'.", nameof(rename));
            }
        }
    }

    /// <inheritdoc/>
    public string Description => source.Description;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => originals.Keys;

    /// <inheritdoc/>
    public bool TryGetShape(string name, [NotNullWhen(true)] out IReadOnlyList<long>? shape)
    {
        shape = null;
        return originals.TryGetValue(name, out string? original) && source.TryGetShape(original, out shape);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such tensor, or it has another number of elements.</exception>
    public void Read(string name, Span<float> destination)
    {
        if (!originals.TryGetValue(name, out string? original))
        {
            throw new ArgumentException($"{Description} has no tensor '{name}', under its new name.", nameof(name));
        }

        source.Read(original, destination);
    }
}
