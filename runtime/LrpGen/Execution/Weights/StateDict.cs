using System.ComponentModel;
using System.IO.Enumeration;

namespace LrpGen.Execution;

/// <summary>The tensors that a network expects, found in a source and checked.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StateDict
{
    /// <summary>PyTorch's batch norm counts its batches in training; prediction has no use for it.</summary>
    private const string BatchCounter = ".num_batches_tracked";

    /// <summary>Floats of a network from which on it counts what reading leaves behind: 256 MB.</summary>
    private const int Large = 1 << 26;

    /// <summary>Floats read of a large network that may lie about uncollected, with the parts that were taken of them: 32 MB.</summary>
    private const int MostGarbage = 1 << 23;

    private readonly ITensorSource source;
    private readonly Dictionary<string, int> lengths;

    /// <summary>Names under which the source has a tensor again.</summary>
    private readonly Dictionary<string, string[]> aliases = [];
    private long readSinceCollection;

    /// <summary>Checks names and shapes; reads nothing yet.</summary>
    /// <param name="source">Where the tensors are.</param>
    /// <param name="network">Name of the network, for messages.</param>
    /// <param name="expected">All tensors that the network expects.</param>
    /// <param name="ignored">Names of tensors that there may be besides; * stands for any text.</param>
    /// <exception cref="WeightsException">Tensors are missing, unexpected or misshapen.</exception>
    public StateDict(ITensorSource source, string network, ReadOnlySpan<TensorDescription> expected, params IReadOnlyList<string> ignored)
    {
        ArgumentNullException.ThrowIfNull(source);
        this.source = source;
        lengths = new Dictionary<string, int>(expected.Length);
        List<TensorMismatch> missing = [];
        List<TensorMismatch> misshapen = [];
        foreach (TensorDescription tensor in expected)
        {
            string name = tensor.Name;
            long[] expectedShape = [.. tensor.Shape];
            if (!source.TryGetShape(name, out IReadOnlyList<long>? found))
            {
                missing.Add(new TensorMismatch(name, expectedShape, Found: null));
            }
            else if (!found.SequenceEqual(expectedShape) && !(tensor.Broadcasts && BroadcastsTo(found, expectedShape)))
            {
                misshapen.Add(new TensorMismatch(name, expectedShape, found));
            }

            aliases.Add(name, [.. tensor.Aliases.Where(alias => source.TryGetShape(alias, out _))]);
            misshapen.AddRange(
                from alias in aliases[name]
                let shape = ShapeOf(source, alias)
                where found is not null && !shape.SequenceEqual(found)
                select new TensorMismatch(alias, [.. found!], shape));
            IReadOnlyList<long> read = tensor.Broadcasts && found is not null && BroadcastsTo(found, expectedShape) ? found : expectedShape;
            lengths.Add(name, checked((int)read.Aggregate(1L, (product, dimension) => product * dimension)));
        }

        HashSet<string> repeated = [.. aliases.Values.SelectMany(names => names)];
        TensorMismatch[] unexpected =
        [
            .. from name in source.Names
               where !lengths.ContainsKey(name) && !repeated.Contains(name) && !name.EndsWith(BatchCounter, StringComparison.Ordinal)
               where !ignored.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))
               orderby name
               select new TensorMismatch(name, Expected: null, ShapeOf(source, name)),
        ];

        if (missing.Count + unexpected.Length + misshapen.Count > 0)
        {
            throw new WeightsException(network, source.Description, missing, unexpected, misshapen);
        }
    }

    /// <summary>Reads a tensor.</summary>
    /// <param name="name">One of the expected names.</param>
    /// <returns>Its elements in row-major order, all finite.</returns>
    /// <exception cref="InvalidDataException">It has a NaN or an infinity, or its elements cannot be read.</exception>
    public float[] Read(string name)
    {
        float[] values = Allocate(lengths[name]);
        source.Read(name, values);
        int index = Guard.IndexOfNonFinite(values);
        foreach (string alias in aliases[name])
        {
            float[] again = Allocate(lengths[name]);
            source.Read(alias, again);
            if (!again.AsSpan().SequenceEqual(values))
            {
                throw new InvalidDataException(
                    $"{source.Description}: tensors '{name}' and '{alias}' must be the same, for layers of the network share them.");
            }
        }

        return index < 0
            ? values
            : throw new InvalidDataException(FormattableString.Invariant(
                $"{source.Description}: tensor '{name}': its element {index} is {values[index]}; a network's weights must be finite as float32."));
    }

    private static IReadOnlyList<long> ShapeOf(ITensorSource source, string name) =>
        source.TryGetShape(name, out IReadOnlyList<long>? shape) ? shape : [];

    /// <summary>Whether a tensor is a single number, or differs by leading axes of 1 only.</summary>
    private static bool BroadcastsTo(IReadOnlyList<long> found, IReadOnlyList<long> expected) =>
        found.All(size => size == 1) || found.SkipWhile(size => size == 1).SequenceEqual(expected.SkipWhile(size => size == 1));

    // What was read is garbage once it is packed. The collector would wait for more of it than some networks have memory.
    private float[] Allocate(int length)
    {
        if (readSinceCollection > MostGarbage && lengths.Values.Sum(count => (long)count) >= Large)
        {
            GC.Collect();
            readSinceCollection = 0;
        }

        readSinceCollection += length;
        return new float[length];
    }
}
