using CsCheck;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Properties;

/// <summary>
/// Random branches from one value that are joined again: residual, dense and inception blocks, one within another. A branch may be empty,
/// and so a value may be joined with itself.
/// </summary>
/// <param name="layer">A layer that keeps the shape.</param>
/// <param name="largestOutput">Size of the largest output.</param>
internal sealed class RandomForks(Func<Shape, Gen<LayerSpec>> layer, int largestOutput)
{
    private const int Depth = 2;

    /// <summary>A network with a fork behind one of its values.</summary>
    public Gen<NetworkSpec> Extend(NetworkSpec network, string value, Shape shape) =>
        Fork(network, new(value, shape), Depth, keepsChannels: false).Select(joined => joined.Network);

    private Gen<(NetworkSpec Network, Value End)> Fork(NetworkSpec network, Value start, int depth, bool keepsChannels) =>
        from branches in Gen.Frequency((3, Gen.Const(2)), (1, Gen.Int[3, 4]))
        from sums in keepsChannels || start.Shape.Size * branches > largestOutput ? Gen.Const(true) : Gen.Bool
        from forked in Branches(network, start, branches, depth, sums)
        select Append(forked.Network, (sums ? (LayerSpec)new Add() : new Concat()) with { Inputs = forked.Ends });

    /// <summary>Branches one after another, and the names of their ends.</summary>
    private Gen<(NetworkSpec Network, string[] Ends)> Branches(NetworkSpec network, Value start, int count, int depth, bool keepsChannels) =>
        count == 0
            ? Gen.Const((network, Array.Empty<string>()))
            : from length in Gen.Int[0, 2]
              from branch in Branch(network, start, length, depth, keepsChannels)
              from others in Branches(branch.Network, start, count - 1, depth, keepsChannels)
              select (others.Network, (string[])[branch.End.Name, .. others.Ends]);

    private Gen<(NetworkSpec Network, Value End)> Branch(NetworkSpec network, Value start, int length, int depth, bool keepsChannels) =>
        length == 0
            ? Gen.Const((network, start))
            : from extended in Gen.Frequency(
                  (6, layer(start.Shape).Select(next => Append(network, next with { Inputs = [start.Name] }))),
                  (depth == 0 ? 0 : 1, Gen.Bool.SelectMany(_ => Fork(network, start, depth - 1, keepsChannels))))
              from end in Branch(extended.Network, extended.End, length - 1, depth, keepsChannels)
              select end;

    private static (NetworkSpec Network, Value End) Append(NetworkSpec network, LayerSpec layer)
    {
        NetworkSpec extended = network.Then(layer);
        return (extended, new(extended.Last, extended.Outputs()[^1]));
    }

    /// <summary>What a layer may read.</summary>
    private readonly record struct Value(string Name, Shape Shape);
}
