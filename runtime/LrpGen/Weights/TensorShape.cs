namespace LrpGen;

/// <summary>Shapes of tensors.</summary>
internal static class TensorShape
{
    /// <summary>As PyTorch prints it: <c>(16, 1, 5, 5)</c>.</summary>
    public static string Format(IEnumerable<long> shape) => $"({string.Join(", ", shape)})";

    /// <summary>Number of elements.</summary>
    /// <exception cref="OverflowException">They are more than an array can hold.</exception>
    public static int Count(IEnumerable<long> shape) => shape.Aggregate(1, (count, dimension) => checked(count * (int)dimension));

    /// <summary>Number of elements, where every dimension is at least 0.</summary>
    /// <returns>Whether the elements, of <paramref name="elementSize"/> bytes each, can be counted in bytes at all.</returns>
    public static bool TryCount(IEnumerable<long> shape, int elementSize, out long count)
    {
        count = 0;
        UInt128 product = 1;
        foreach (long dimension in shape)
        {
            product *= (ulong)dimension;
            if (product * (uint)elementSize > long.MaxValue)
            {
                return false;
            }
        }

        count = (long)product;
        return true;
    }
}
