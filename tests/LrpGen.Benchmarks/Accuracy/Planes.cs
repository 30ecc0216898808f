using System.Numerics.Tensors;

namespace LrpGen.Benchmarks.Accuracy;

/// <summary>
/// A 3×3 convolution with stride 1 and padding 1 in float64, and its transpose. Every channel is a plane with a border of zeros, so that a tap
/// is the multiply-add of one whole plane, shifted, to another.
/// </summary>
/// <param name="Inputs">Input channels.</param>
/// <param name="Outputs">Output channels.</param>
/// <param name="Height">Of an input and of an output.</param>
/// <param name="Width">Of an input and of an output.</param>
internal sealed record Planes(int Inputs, int Outputs, int Height, int Width) : IProduct
{
    private const int Taps = 9;

    private int Pitch => Width + 2;

    /// <summary>From the first value that a tap reads or writes to the last, with the border between rows.</summary>
    private int Span => ((Height - 1) * Pitch) + Width;

    public double[] Product(double[] a, Func<int, double> weight) => Sum(a, Inputs, Outputs, (output, input, tap) =>
        (weight((((output * Inputs) + input) * Taps) + tap), OffsetOf(tap)));

    public double[] TransposedProduct(double[] s, Func<int, double> weight) => Sum(s, Outputs, Inputs, (input, output, tap) =>
        (weight((((output * Inputs) + input) * Taps) + tap), OffsetOf(Taps - 1 - tap)));

    /// <summary>Sums over channels and taps. The tap opposite to another is that of the transpose.</summary>
    private double[] Sum(double[] values, int from, int to, Func<int, int, int, (double Weight, int Offset)> tapOf)
    {
        double[][] padded = [.. Enumerable.Range(0, from).Select(channel => Pad(values, channel))];
        double[] sums = new double[to * Height * Width];
        Parallel.For(0, to, channel =>
        {
            double[] plane = new double[Span];
            for (int other = 0; other < from; other++)
            {
                for (int tap = 0; tap < Taps; tap++)
                {
                    (double weight, int offset) = tapOf(channel, other, tap);
                    TensorPrimitives.MultiplyAdd(padded[other].AsSpan(offset, Span), weight, plane, plane);
                }
            }

            for (int y = 0; y < Height; y++)
            {
                plane.AsSpan(y * Pitch, Width).CopyTo(sums.AsSpan(((channel * Height) + y) * Width));
            }
        });
        return sums;
    }

    private double[] Pad(double[] values, int channel)
    {
        double[] plane = new double[(Height + 2) * Pitch];
        for (int y = 0; y < Height; y++)
        {
            values.AsSpan(((channel * Height) + y) * Width, Width).CopyTo(plane.AsSpan(((y + 1) * Pitch) + 1));
        }

        return plane;
    }

    private int OffsetOf(int tap)
    {
        (int y, int x) = Math.DivRem(tap, 3);
        return (y * Pitch) + x;
    }
}
