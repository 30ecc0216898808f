using CsCheck;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Properties;

/// <summary>
/// What is computed of two values of rows: attention between their projections, of the values themselves, to a memory, and as products of matrices.
/// </summary>
/// <param name="bias">Whether a projection has one.</param>
internal sealed class RandomProducts(Gen<bool> bias)
{
    private const int WidestHead = 9;

    private static readonly Gen<double?> Scale = Gen.OneOf<double?>(null, 0.5, -1.25);

    /// <summary>The network with a product of two of its values (T, E), which are one value more often than not.</summary>
    public Gen<NetworkSpec> Extend(NetworkSpec network, (string Name, Shape Shape)[] values) =>
        from first in Gen.Frequency((2, Gen.Const(values[^1])), (1, Gen.OneOf(values)))
        from second in Gen.Frequency((2, Gen.Const(first)), (1, Gen.OneOf(values)))
        from extended in Gen.OneOf(
            Projected(network, first.Name, second.Name),
            OfValues(network, first, [.. values.Where(value => value.Shape[0] == first.Shape[0])]),
            OfHeads(network, first, second.Name),
            OfMatrices(network, first, [.. values.Where(value => value.Shape == first.Shape)]),
            ToMemory(network, first, second))
        select extended;

    /// <summary>Attention between linear layers; heads may share keys and values, and rows may know their places.</summary>
    private Gen<NetworkSpec> Projected(NetworkSpec network, string first, string second) =>
        from shared in Gen.Int[1, 3]
        from heads in Gen.Frequency((2, Gen.Const(shared)), (1, Gen.Int[2, 3].Select(queries => queries * shared)))
        from half in Gen.Int[1, WidestHead / 2]
        from columns in Gen.Int[1, WidestHead]
        from turns in Gen.Frequency((2, Gen.Const(Array.Empty<double>())), (1, RotaryEmbedding.AnyBase.Array[1]))
        from scale in Scale
        from causal in Gen.Bool
        from hasBias in bias
        let inner = turns.Length > 0 ? 2 * half : half
        let queries = Turned(network, first, heads, inner, turns, hasBias)
        let keys = Turned(queries, second, shared, inner, turns, hasBias)
        let projected = keys.Then(new Linear(shared * columns) { Bias = hasBias, Inputs = [second] })
        select projected.Then(new ScaledDotProductAttention(heads)
        {
            KeyValueHeads = shared == heads ? null : shared,
            Scale = scale,
            Causal = causal,
            Inputs = [queries.Last, keys.Last, projected.Last],
        });

    private static NetworkSpec Turned(NetworkSpec network, string value, int heads, int inner, double[] turns, bool hasBias) => network.Then(
    [
        new Linear(heads * inner) { Bias = hasBias, Inputs = [value] },
        .. turns.Select(length => new RotaryEmbedding(heads) { Base = length }),
    ]);

    /// <summary>Attention of a value to itself, and perhaps to the columns of another.</summary>
    private static Gen<NetworkSpec> OfValues(NetworkSpec network, (string Name, Shape Shape) first, (string Name, Shape Shape)[] others) =>
        from other in Gen.OneOf(others)
        from heads in RandomInput.DivisorOf(first.Shape[1]).Where(heads => other.Shape[1] % heads == 0)
        from scale in Scale
        from causal in Gen.Bool
        select network.Then(new ScaledDotProductAttention(heads) { Scale = scale, Causal = causal, Inputs = [first.Name, first.Name, other.Name] });

    /// <summary>Scores of heads, a softmax perhaps, and what they choose of the second value.</summary>
    private Gen<NetworkSpec> OfHeads(NetworkSpec network, (string Name, Shape Shape) first, string second) =>
        from heads in RandomInput.DivisorOf(first.Shape[1])
        from columns in Gen.Int[1, WidestHead]
        from between in Gen.OneOf<LayerSpec[]>([], [new Softmax(-1)], [new Softmax(-1), new Dropout()], [new Tanh()])
        from hasBias in bias
        let keys = network.Then(new Linear(first.Shape[1]) { Bias = hasBias, Inputs = [second] })
        let scores = keys.Then([new MatMul(TransposeB: true, heads) { Inputs = [first.Name, keys.Last] }, .. between])
        let values = scores.Then(new Linear(heads * columns) { Bias = hasBias, Inputs = [second] })
        from chooses in Gen.Frequency((3, Gen.Const(true)), (1, Gen.Const(false)))
        select chooses ? values.Then(new MatMul(Heads: heads) { Inputs = [scores.Last, values.Last] }) : scores;

    /// <summary>A value times another of its shape, or itself, one of them transposed.</summary>
    private static Gen<NetworkSpec> OfMatrices(NetworkSpec network, (string Name, Shape Shape) first, (string Name, Shape Shape)[] others) =>
        from other in Gen.OneOf(others)
        from moves in Gen.Bool
        let transposed = moves ? network.Then(new Transpose { Inputs = [other.Name] }) : network
        select transposed.Then(new MatMul(TransposeB: !moves) { Inputs = [first.Name, moves ? transposed.Last : other.Name] });

    private Gen<NetworkSpec> ToMemory(NetworkSpec network, (string Name, Shape Shape) first, (string Name, Shape Shape) second) =>
        from heads in RandomInput.DivisorOf(first.Shape[1])
        from causal in Gen.Bool
        from hasBias in bias
        let memory = second.Shape[1] == first.Shape[1] ? network : network.Then(new Linear(first.Shape[1]) { Bias = hasBias, Inputs = [second.Name] })
        select memory.Then(new MultiheadAttention(heads)
        {
            Causal = causal,
            Bias = hasBias,
            Inputs = [first.Name, memory == network ? second.Name : memory.Last],
        });
}
