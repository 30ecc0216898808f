namespace LrpGen.Onnx.Import;

/// <summary>Computes with constants as ONNX does: shapes are aligned at their ends, and axes of size 1 repeated.</summary>
internal static class Broadcasting
{
    /// <summary>A function of the elements of constants.</summary>
    /// <exception cref="UnsupportedException">Shapes do not fit, or there are too many numbers.</exception>
    public static Constant Apply(Call call, IReadOnlyList<Constant> inputs, Func<double[], double> function, bool isInteger)
    {
        int[] shape = inputs.Select(input => input.Shape).Aggregate(Array.Empty<int>(), (first, second) => Together(call, first, second));
        int[][] indices = [.. inputs.Select(input => Indices(call, input.Shape, shape))];
        double[] operands = new double[inputs.Count];
        double[] values = new double[indices.Length == 0 ? 0 : indices[0].Length];
        for (int i = 0; i < values.Length; i++)
        {
            for (int k = 0; k < operands.Length; k++)
            {
                operands[k] = inputs[k][indices[k][i]];
            }

            values[i] = function(operands);
        }

        return Constant.Of(shape, values, isInteger);
    }

    /// <summary>The shape of what two shapes give.</summary>
    /// <exception cref="UnsupportedException">They do not fit.</exception>
    public static int[] Together(Call call, IReadOnlyList<int> first, IReadOnlyList<int> second)
    {
        int rank = Math.Max(first.Count, second.Count);
        int[] one = [.. Enumerable.Repeat(1, rank - first.Count), .. first];
        int[] other = [.. Enumerable.Repeat(1, rank - second.Count), .. second];
        return one.Zip(other).All(sizes => sizes.First == sizes.Second || sizes.First == 1 || sizes.Second == 1)
            ? [.. one.Zip(other, (size, given) => size == 1 ? given : size)]
            : throw call.Node.Unsupported($"its inputs are of shapes ({string.Join(", ", first)}) and ({string.Join(", ", second)})");
    }

    /// <summary>For each element of the larger shape, its index in the smaller one.</summary>
    /// <exception cref="UnsupportedException">They are too many.</exception>
    public static int[] Indices(Call call, IReadOnlyList<int> from, IReadOnlyList<int> to)
    {
        if (to.Any(size => size < 0))
        {
            throw call.Node.Unsupported($"a tensor of ({string.Join(", ", to)})");
        }

        Int128 count = to.Aggregate((Int128)1, (product, size) => product * size);
        call.Layers.CountComputed(call.Node, (long)Int128.Min(count, long.MaxValue));
        int[] indices = count == 0 ? [] : [0];
        int stride = 1;
        for (int axis = to.Count - 1; axis >= 0 && count > 0; axis--)
        {
            int own = axis - to.Count + from.Count;
            int step = own >= 0 && from[own] > 1 ? stride : 0;
            indices = [.. Enumerable.Range(0, to[axis]).SelectMany(position => indices.Select(index => (position * step) + index))];
            stride *= own >= 0 ? from[own] : 1;
        }

        return indices;
    }
}
