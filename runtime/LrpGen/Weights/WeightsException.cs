namespace LrpGen;

/// <summary>A tensor that a network expects, or that its weights hold, or both but in different shapes.</summary>
/// <param name="Name">Name of the tensor.</param>
/// <param name="Expected">The shape that the network expects; null if it expects no such tensor.</param>
/// <param name="Found">The shape that the weights have; null if they have no such tensor.</param>
public sealed record TensorMismatch(string Name, IReadOnlyList<long>? Expected, IReadOnlyList<long>? Found);

/// <summary>Weights do not fit a network. The message lists all that is missing, unexpected and misshapen.</summary>
public sealed class WeightsException : Exception
{
    /// <summary>Tensors of a kind that the message lists: more than any network has, but not all names of a file made to flood a log.</summary>
    private const int MaxListed = 2000;

    /// <param name="network">Name of the network.</param>
    /// <param name="source">Where the weights come from.</param>
    /// <param name="missing">See <see cref="Missing"/>.</param>
    /// <param name="unexpected">See <see cref="Unexpected"/>.</param>
    /// <param name="misshapen">See <see cref="Misshapen"/>.</param>
    internal WeightsException(
        string network,
        string source,
        IReadOnlyList<TensorMismatch> missing,
        IReadOnlyList<TensorMismatch> unexpected,
        IReadOnlyList<TensorMismatch> misshapen)
        : base(
            $"The weights in {source} do not fit the network {network}."
            + List("Missing", missing) + List("Unexpected", unexpected) + List("Misshapen", misshapen) + PrefixHint(missing, unexpected))
    {
        Missing = missing;
        Unexpected = unexpected;
        Misshapen = misshapen;
    }

    /// <summary>Tensors that the network expects and the weights lack, in the network's order.</summary>
    public IReadOnlyList<TensorMismatch> Missing { get; }

    /// <summary>Tensors that the weights hold and the network does not expect, sorted by name.</summary>
    public IReadOnlyList<TensorMismatch> Unexpected { get; }

    /// <summary>Tensors whose shape is not the one that the network expects, in the network's order.</summary>
    public IReadOnlyList<TensorMismatch> Misshapen { get; }

    private static string List(string title, IReadOnlyList<TensorMismatch> mismatches)
    {
        if (mismatches.Count == 0)
        {
            return "";
        }

        IEnumerable<string> lines = mismatches.Take(MaxListed).Select(mismatch => $"\n  {mismatch.Name}: {ShapesOf(mismatch)}");
        string rest = mismatches.Count > MaxListed ? $"\n  and {mismatches.Count - MaxListed} more" : "";
        return $"\n{title} ({mismatches.Count}):{string.Concat(lines)}{rest}";
    }

    private static string ShapesOf(TensorMismatch mismatch) => (mismatch.Expected, mismatch.Found) switch
    {
        ({ } expected, { } found) => $"expected {TensorShape.Format(expected)}, found {TensorShape.Format(found)}",
        (var expected, var found) => TensorShape.Format(expected ?? found ?? []),
    };

    /// <summary>Says so if most of what is missing is there with, or without, a prefix such as <c>module.</c></summary>
    private static string PrefixHint(IReadOnlyList<TensorMismatch> missing, IReadOnlyList<TensorMismatch> unexpected)
    {
        IEnumerable<string> hints =
            from expected in missing.Take(MaxListed)
            from found in unexpected.Take(MaxListed)
            let added = PrefixOf(found.Name, expected.Name)
            let removed = PrefixOf(expected.Name, found.Name)
            where added is not null || removed is not null
            select added is not null
                ? $"are there with '{added}' before their names: remove this prefix"
                : $"are there without the '{removed}' that their names begin with: add this prefix";

        return hints.CountBy(hint => hint)
            .Where(hint => 2 * hint.Value > missing.Count)
            .Select(hint => $"\n{hint.Value} of the missing tensors {hint.Key}.")
            .FirstOrDefault("");
    }

    private static string? PrefixOf(string name, string suffix) =>
        name.EndsWith($".{suffix}", StringComparison.Ordinal) ? name[..^suffix.Length] : null;
}
