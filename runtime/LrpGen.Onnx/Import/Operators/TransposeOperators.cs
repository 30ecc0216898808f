namespace LrpGen.Onnx.Import;

/// <summary>Transposition, which only changes the axes as the graph sees them.</summary>
internal static class TransposeOperators
{
    public static Value Transpose(Call call)
    {
        Value input = call.Input(0);
        if (input is Constant constant)
        {
            return Transpose(constant, Permutation(call, constant.Shape.Count));
        }

        if (input is Padded padded)
        {
            return new Padded(padded.Node, Transpose(call, padded.Source), padded.Padding);
        }

        return Transpose(call, call.Layer(0));
    }

    private static LayerOutput Transpose(Call call, LayerOutput source)
    {
        int[] permutation = Permutation(call, source.Axes.Count + 1);
        return permutation[0] == 0
            ? new LayerOutput(source.Layer, source.Shape, [.. permutation.Skip(1).Select(axis => source.Axes[axis - 1])], source.Order)
            : throw call.Node.Unsupported("it moves the batch");
    }

    private static int[] Permutation(Call call, int rank)
    {
        int[] permutation = call.Node.Integers("perm") ?? [.. Enumerable.Range(0, rank).Reverse()];
        return permutation.Order().SequenceEqual(Enumerable.Range(0, rank))
            ? permutation
            : throw call.Node.Unsupported($"({string.Join(", ", permutation)}) is no order of {rank} axes");
    }

    private static Constant Transpose(Constant source, int[] permutation)
    {
        int[] order = Order(source.Shape, permutation);
        return new Constant(
            source.Name,
            [.. permutation.Select(axis => source.Shape[axis])],
            source.Floats is { } floats ? Array.ConvertAll(order, index => floats[index]) : null,
            source.Integers is { } integers ? Array.ConvertAll(order, index => integers[index]) : null);
    }

    /// <summary>For each element of the transposed tensor, its index in the tensor of that shape.</summary>
    public static int[] Order(IReadOnlyList<int> shape, IReadOnlyList<int> axes)
    {
        if (shape.Contains(0))
        {
            return [];
        }

        int[] order = [0];
        foreach (int axis in axes)
        {
            int stride = shape.Skip(axis + 1).Aggregate(1, (product, size) => product * size);
            order = [.. order.SelectMany(index => Enumerable.Range(0, shape[axis]).Select(i => index + (i * stride)))];
        }

        return order;
    }
}
