using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>
/// Upsampling as a product with the weights of nearest or linear interpolation along rows and columns, as PyTorch's without aligned corners,
/// and its transposed. Pixels of the result are shared out among the members of a team.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Upsampling
{
    /// <summary>z_j = Σ_i a_i w_ij.</summary>
    /// <param name="part">The pixels of <paramref name="z"/>.</param>
    /// <param name="a">height · width · pitch values, channels last.</param>
    /// <param name="height">Rows of the smaller image.</param>
    /// <param name="width">Columns of the smaller image.</param>
    /// <param name="pitch">Lanes of a pixel, a multiple of 8.</param>
    /// <param name="rowScale">Rows of the larger image for each of the smaller.</param>
    /// <param name="columnScale">Columns likewise.</param>
    /// <param name="linear">Whether values between positions are interpolated, rather than the nearest's.</param>
    /// <param name="power">Of the weights: 0 takes each for 1.</param>
    /// <param name="factor">What all weights are multiplied by then.</param>
    /// <param name="accumulate">Whether the sums are added to what the result holds.</param>
    /// <param name="z">The result.</param>
    public static void Product(
        Part part,
        ReadOnlySpan<float> a,
        int height,
        int width,
        int pitch,
        int rowScale,
        int columnScale,
        bool linear,
        int power,
        float factor,
        bool accumulate,
        Span<float> z)
    {
        Axis rows = new(height, rowScale, linear, power);
        Axis columns = new(width, columnScale, linear, power);
        (int first, int end) = part.Of(rows.Outputs * columns.Outputs);
        for (int pixel = first; pixel < end; pixel++)
        {
            int row = pixel / columns.Outputs;
            int column = pixel % columns.Outputs;
            Span<float> sum = Sum(z, pixel, pitch, accumulate);
            (int top, int bottom) = rows.InputsOf(row);
            (int left, int right) = columns.InputsOf(column);
            for (int y = top; y < bottom; y++)
            {
                for (int x = left; x < right; x++)
                {
                    Add(a.Slice((y * width + x) * pitch, pitch), rows.Weight(y, row) * columns.Weight(x, column) * factor, sum);
                }
            }
        }
    }

    /// <summary>c_i = Σ_j w_ij s_j.</summary>
    /// <param name="part">The pixels of <paramref name="c"/>.</param>
    /// <param name="s">Values of the larger image, channels last.</param>
    /// <param name="height">Rows of the smaller image.</param>
    /// <param name="width">Columns of the smaller image.</param>
    /// <param name="pitch">Lanes of a pixel, a multiple of 8.</param>
    /// <param name="rowScale">Rows of the larger image for each of the smaller.</param>
    /// <param name="columnScale">Columns likewise.</param>
    /// <param name="linear">Whether values between positions are interpolated, rather than the nearest's.</param>
    /// <param name="power">Of the weights: 0 takes each for 1.</param>
    /// <param name="factor">What all weights are multiplied by then.</param>
    /// <param name="accumulate">Whether the sums are added to what the result holds.</param>
    /// <param name="c">The result.</param>
    public static void TransposedProduct(
        Part part,
        ReadOnlySpan<float> s,
        int height,
        int width,
        int pitch,
        int rowScale,
        int columnScale,
        bool linear,
        int power,
        float factor,
        bool accumulate,
        Span<float> c)
    {
        Axis rows = new(height, rowScale, linear, power);
        Axis columns = new(width, columnScale, linear, power);
        (int first, int end) = part.Of(height * width);
        for (int pixel = first; pixel < end; pixel++)
        {
            int row = pixel / width;
            int column = pixel % width;
            Span<float> sum = Sum(c, pixel, pitch, accumulate);
            (int top, int bottom) = rows.OutputsOf(row);
            (int left, int right) = columns.OutputsOf(column);
            for (int y = top; y < bottom; y++)
            {
                float weight = rows.Weight(row, y) * factor;
                for (int x = left; x < right; x++)
                {
                    Add(s.Slice((y * columns.Outputs + x) * pitch, pitch), weight * columns.Weight(column, x), sum);
                }
            }
        }
    }

    private static Span<float> Sum(Span<float> tensor, int pixel, int pitch, bool accumulate)
    {
        Span<float> sum = tensor.Slice(pixel * pitch, pitch);
        if (!accumulate)
        {
            sum.Clear();
        }

        return sum;
    }

    // Written out, because a call of TensorPrimitives takes longer than the lanes of most images do.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ReadOnlySpan<float> values, float weight, Span<float> sum)
    {
        ref readonly float from = ref MemoryMarshal.GetReference(values);
        ref float to = ref MemoryMarshal.GetReference(sum);
        Vector256<float> weights = Vector256.Create(weight);
        for (nuint lane = 0; lane < (nuint)sum.Length; lane += (nuint)Vector256<float>.Count)
        {
            Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(in from, lane), weights, Vector256.LoadUnsafe(ref to, lane)).StoreUnsafe(ref to, lane);
        }
    }

    /// <summary>
    /// Interpolation along one axis. Output j lies at position (j + ½) / scale − ½ of the input, or at an end of it if that is beyond; positions
    /// are counted in parts of which an input is 2 · scale away from the next, so that all are integers.
    /// </summary>
    private readonly struct Axis(int inputs, int scale, bool linear, int power)
    {
        public int Outputs => inputs * scale;

        /// <summary>The inputs that have a weight for an output: the first, and the one behind the last.</summary>
        public (int First, int End) InputsOf(int output)
        {
            if (!linear)
            {
                return (output / scale, output / scale + 1);
            }

            int position = Position(output);
            int first = position / (2 * scale);
            return (first, position % (2 * scale) == 0 ? first + 1 : first + 2);
        }

        /// <summary>The outputs for which an input has a weight, likewise.</summary>
        public (int First, int End) OutputsOf(int input) => linear
            ? (input == 0 ? 0 : scale * (input - 1) + (scale + 1) / 2, input == inputs - 1 ? Outputs : scale * (input + 1) + scale / 2)
            : (scale * input, scale * (input + 1));

        /// <summary>The weight of an input for an output, which has one.</summary>
        public float Weight(int input, int output)
        {
            if (!linear || power == 0)
            {
                return 1;
            }

            float weight = 1 - Math.Abs(Position(output) - 2 * scale * input) / (2f * scale);
            return power == 1 ? weight : weight * weight;
        }

        private int Position(int output) => Math.Clamp(2 * output + 1 - scale, 0, 2 * scale * (inputs - 1));
    }
}
