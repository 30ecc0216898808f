using System.ComponentModel;
using System.Numerics.Tensors;

namespace LrpGen.Execution;

/// <summary>The weights of a linear or convolutional layer in PyTorch's order; a linear layer is a convolution of one pixel.</summary>
/// <param name="weight">w, [output][input of its group][kernel row][kernel column].</param>
/// <param name="bias">
/// b, one for each output of the layer, which are the inputs of the weight if the layer is transposed, or for each row of every lane; zeros if
/// it has none.
/// </param>
/// <param name="outputs">Number of output channels.</param>
/// <param name="inputsPerGroup">Number of input channels that an output sees.</param>
/// <param name="kernelHeight">Rows of the kernel.</param>
/// <param name="kernelWidth">Columns of the kernel.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LayerWeights(float[] weight, float[] bias, int outputs, int inputsPerGroup, int kernelHeight, int kernelWidth)
{
    /// <summary>w, [output][input of its group][kernel row][kernel column].</summary>
    public ReadOnlySpan<float> Weight => weight;

    /// <summary>b, one for each output of the layer, or for each row of every lane.</summary>
    public ReadOnlySpan<float> Bias => bias;

    /// <summary>Number of output channels.</summary>
    public int Outputs => outputs;

    /// <summary>Number of input channels that an output sees.</summary>
    public int InputsPerGroup => inputsPerGroup;

    /// <summary>Rows of the kernel.</summary>
    public int KernelHeight => kernelHeight;

    /// <summary>Columns of the kernel.</summary>
    public int KernelWidth => kernelWidth;

    /// <summary>A layer that multiplies every channel by 1.</summary>
    /// <param name="channels">Number of channels.</param>
    public static LayerWeights Identity(int channels)
    {
        float[] ones = new float[channels];
        ones.AsSpan().Fill(1);
        return new LayerWeights(ones, new float[channels], channels, 1, 1, 1);
    }

    /// <summary>A matrix with its axes exchanged.</summary>
    /// <param name="values">Row by row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    public static float[] Transposed(float[] values, int rows, int columns)
    {
        float[] transposed = new float[values.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                transposed[(column * rows) + row] = values[(row * columns) + column];
            }
        }

        return transposed;
    }

    /// <summary>A layer that multiplies every lane by a weight.</summary>
    /// <param name="weight">One for each lane, or one for each row of every lane, or one for all.</param>
    /// <param name="lanes">Number of lanes.</param>
    public static LayerWeights OfLanes(float[] weight, int lanes)
    {
        float[] all = weight.Length == 1 ? [.. Enumerable.Repeat(weight[0], lanes)] : weight;
        return OfLanes(all, new float[all.Length], lanes);
    }

    /// <summary>A layer that multiplies every lane by a weight and adds a bias.</summary>
    /// <param name="weight">One for each lane, or one for each row of every lane.</param>
    /// <param name="bias">Likewise.</param>
    /// <param name="lanes">Number of lanes.</param>
    public static LayerWeights OfLanes(float[] weight, float[] bias, int lanes) => new(weight, bias, lanes, 1, weight.Length / lanes, 1);

    /// <summary>A layer that adds a bias to every element.</summary>
    /// <param name="bias">Row by row.</param>
    /// <param name="lanes">Length of a row.</param>
    public static LayerWeights OfRows(float[] bias, int lanes) =>
        new([], Transposed(bias, bias.Length / lanes, lanes), lanes, 1, bias.Length / lanes, 1);

    /// <summary>The one layer that does what this one and then a batch norm do: w c and b c + d, with the c and d of the output.</summary>
    /// <param name="gamma">γ, one for each output.</param>
    /// <param name="beta">β, one for each output.</param>
    /// <param name="mean">Running mean, one for each output.</param>
    /// <param name="variance">Running variance, one for each output.</param>
    /// <param name="eps">As of the batch norm.</param>
    /// <exception cref="InvalidDataException">A result is not finite, as where variance + eps is not above 0.</exception>
    public LayerWeights FoldBatchNorm(float[] gamma, float[] beta, float[] mean, float[] variance, double eps)
    {
        (double[] c, double[] d) = ScaleAndShift(gamma, beta, mean, variance, eps);
        float[] foldedWeight = new float[weight.Length];
        float[] foldedBias = new float[bias.Length];
        int weightsPerOutput = weight.Length / outputs;
        for (int j = 0; j < outputs; j++)
        {
            foldedBias[j] = (float)(bias[j] * c[j] + d[j]);
            for (int i = j * weightsPerOutput; i < (j + 1) * weightsPerOutput; i++)
            {
                foldedWeight[i] = (float)(weight[i] * c[j]);
            }
        }

        return Folded(foldedWeight, foldedBias);
    }

    /// <summary>
    /// The one layer that does what a batch norm and then this one do: w c and b + Σ_i w d, with the c and d of the input's channel. Not for
    /// a convolution that pads, whose taps in the padding have no d.
    /// </summary>
    /// <param name="gamma">γ, one for each input channel.</param>
    /// <param name="beta">β, one for each input channel.</param>
    /// <param name="mean">Running mean, one for each input channel.</param>
    /// <param name="variance">Running variance, one for each input channel.</param>
    /// <param name="eps">As of the batch norm.</param>
    /// <exception cref="InvalidDataException">A result is not finite, as where variance + eps is not above 0.</exception>
    public LayerWeights FoldBatchNormBefore(float[] gamma, float[] beta, float[] mean, float[] variance, double eps)
    {
        (double[] c, double[] d) = ScaleAndShift(gamma, beta, mean, variance, eps);
        float[] foldedWeight = new float[weight.Length];
        float[] foldedBias = new float[bias.Length];
        int taps = kernelHeight * kernelWidth;
        int outputsPerGroup = outputs / (gamma.Length / inputsPerGroup);
        int index = 0;
        for (int j = 0; j < outputs; j++)
        {
            double sum = bias[j];
            int firstInput = j / outputsPerGroup * inputsPerGroup;
            for (int i = firstInput; i < firstInput + inputsPerGroup; i++)
            {
                for (int tap = 0; tap < taps; tap++, index++)
                {
                    foldedWeight[index] = (float)(weight[index] * c[i]);
                    sum += weight[index] * d[i];
                }
            }

            foldedBias[j] = (float)sum;
        }

        return Folded(foldedWeight, foldedBias);
    }

    /// <summary>
    /// The one layer that does what the transposed of the one with this weight, with this bias, and then a batch norm do: w c and b c + d, with
    /// the c and d of the weight's input.
    /// </summary>
    /// <inheritdoc cref="FoldBatchNorm"/>
    public LayerWeights FoldBatchNormIntoTransposed(float[] gamma, float[] beta, float[] mean, float[] variance, double eps)
    {
        (double[] c, double[] d) = ScaleAndShift(gamma, beta, mean, variance, eps);
        float[] foldedWeight = new float[weight.Length];
        int taps = kernelHeight * kernelWidth;
        int outputsPerGroup = outputs / (gamma.Length / inputsPerGroup);
        for (int index = 0; index < weight.Length; index++)
        {
            int input = index / taps % inputsPerGroup;
            int output = index / taps / inputsPerGroup;
            foldedWeight[index] = (float)(weight[index] * c[output / outputsPerGroup * inputsPerGroup + input]);
        }

        return Folded(foldedWeight, [.. bias.Select((b, channel) => (float)(b * c[channel] + d[channel]))]);
    }

    /// <summary>w⁺, b⁺.</summary>
    public LayerWeights Positive() => Select(w => Math.Max(w, 0));

    /// <summary>w⁻, b⁻.</summary>
    public LayerWeights Negative() => Select(w => Math.Min(w, 0));

    /// <summary>w², b².</summary>
    public LayerWeights Squared() => Select(w => w * w);

    /// <summary>1 for every weight and bias.</summary>
    public LayerWeights Ones() => Select(_ => 1);

    /// <summary>w + γw⁺, b + γb⁺.</summary>
    /// <param name="gamma">γ.</param>
    public LayerWeights FavourPositive(double gamma) => Select(w => w + (float)gamma * Math.Max(w, 0));

    /// <summary>w + γw⁻, b + γb⁻.</summary>
    /// <param name="gamma">γ.</param>
    public LayerWeights FavourNegative(double gamma) => Select(w => w + (float)gamma * Math.Min(w, 0));

    /// <summary>Biases, and zeros up to the pitch: a row, or as many as there are for every output.</summary>
    /// <param name="pitch">Pitch of the layer's output.</param>
    /// <param name="rows">Biases of an output.</param>
    public AlignedBuffer PackBias(int pitch, int rows = 1) => PackRows(bias, bias.Length / rows, pitch);

    /// <summary>[in][out], with zeros up to the pitch.</summary>
    /// <param name="pitch">Pitch of the layer's output.</param>
    public AlignedBuffer PackLinear(int pitch)
    {
        AlignedBuffer packed = new(checked(inputsPerGroup * pitch));
        Span<float> to = packed.Span;
        // Inputs go in groups of a cache line, so that each line of the weights is read once.
        for (int first = 0; first < inputsPerGroup; first += Simd.Alignment)
        {
            int end = Math.Min(first + Simd.Alignment, inputsPerGroup);
            for (int j = 0; j < outputs; j++)
            {
                for (int i = first; i < end; i++)
                {
                    to[i * pitch + j] = weight[j * inputsPerGroup + i];
                }
            }
        }

        return packed;
    }

    /// <summary>[group][block of outputs][kH][kW][in][outputs of the block].</summary>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="block">Output channels for which weights lie side by side; the last block may have fewer.</param>
    public AlignedBuffer PackConvolution(int groups, int block) => Pack(
        groups, outputs / groups, inputsPerGroup, block, (group, output, input) => (group * (outputs / groups) + output) * inputsPerGroup + input);

    /// <summary>[group][block of inputs][kH][kW][out][inputs of the block].</summary>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="block">Input channels for which weights lie side by side; the last block may have fewer.</param>
    public AlignedBuffer PackTransposedConvolution(int groups, int block) => Pack(
        groups, inputsPerGroup, outputs / groups, block, (group, input, output) => (group * (outputs / groups) + output) * inputsPerGroup + input);

    /// <summary>[kH][kW][in][out], with zeros up to a multiple of 16 outputs.</summary>
    public AlignedBuffer PackNarrowConvolution()
    {
        int taps = kernelHeight * kernelWidth;
        int padded = Simd.RoundUp(outputs);
        AlignedBuffer packed = new(checked(taps * inputsPerGroup * padded));
        for (int j = 0; j < outputs; j++)
        {
            for (int i = 0; i < inputsPerGroup; i++)
            {
                for (int tap = 0; tap < taps; tap++)
                {
                    packed.Span[(tap * inputsPerGroup + i) * padded + j] = weight[(j * inputsPerGroup + i) * taps + tap];
                }
            }
        }

        return packed;
    }

    /// <summary>[position][block of outputs][in][outputs of the block], transformed for <see cref="Winograd"/>.</summary>
    /// <param name="block">Output channels for which weights lie side by side; the last block may have fewer.</param>
    public AlignedBuffer PackWinograd(int block) =>
        PackWinograd(outputs, inputsPerGroup, block, (to, from, tap) => (to * inputsPerGroup + from) * 9 + tap);

    /// <summary>
    /// [position][block of inputs][out][inputs of the block], transformed for <see cref="Winograd"/>, of kernels turned by half a circle.
    /// </summary>
    /// <param name="block">Input channels for which weights lie side by side; the last block may have fewer.</param>
    public AlignedBuffer PackTransposedWinograd(int block) =>
        PackWinograd(inputsPerGroup, outputs, block, (to, from, tap) => (from * inputsPerGroup + to) * 9 + 8 - tap);

    /// <summary>[kH][kW][channel], or [row][lane], with zeros up to the pitch.</summary>
    /// <param name="pitch">Floats from a tap, or a row, to the next.</param>
    public AlignedBuffer PackChannels(int pitch) => PackRows(weight, outputs, pitch);

    /// <summary>[output][input], with zeros up to the pitch: a row for every output.</summary>
    /// <param name="pitch">Floats from a row to the next.</param>
    public AlignedBuffer PackTable(int pitch)
    {
        AlignedBuffer packed = new(checked(outputs * pitch));
        for (int row = 0; row < outputs; row++)
        {
            weight.AsSpan(row * inputsPerGroup, inputsPerGroup).CopyTo(packed.Span[(row * pitch)..]);
        }

        return packed;
    }

    // From [lane][row] to [row][lane].
    private static AlignedBuffer PackRows(float[] values, int lanes, int pitch)
    {
        int rows = values.Length / lanes;
        AlignedBuffer packed = new(checked(rows * pitch));
        Span<float> to = packed.Span;
        for (int lane = 0; lane < lanes; lane++)
        {
            for (int row = 0; row < rows; row++)
            {
                to[row * pitch + lane] = values[lane * rows + row];
            }
        }

        return packed;
    }

    // A group's product gives `to` channels, each summed over `from`; kernelOf is the index of the kernel between two of them.
    private AlignedBuffer Pack(int groups, int to, int from, int block, Func<int, int, int, int> kernelOf)
    {
        int taps = kernelHeight * kernelWidth;
        int padded = Simd.RoundUp(to);
        AlignedBuffer packed = new(checked(groups * padded * taps * from));
        Span<float> span = packed.Span;
        for (int group = 0; group < groups; group++)
        {
            for (int j = 0; j < to; j++)
            {
                int firstOfBlock = j / block * block;
                int blockWidth = Math.Min(block, padded - firstOfBlock);
                int start = (group * padded + firstOfBlock) * taps * from + j - firstOfBlock;
                for (int i = 0; i < from; i++)
                {
                    int kernel = kernelOf(group, j, i) * taps;
                    for (int tap = 0; tap < taps; tap++)
                    {
                        span[start + (tap * from + i) * blockWidth] = weight[kernel + tap];
                    }
                }
            }
        }

        return packed;
    }

    // `to` channels, each summed over `from`; weightOf is the index of a tap between two of them.
    private AlignedBuffer PackWinograd(int to, int from, int block, Func<int, int, int, int> weightOf)
    {
        const int Taps = 9;
        const int Positions = 36;
        int padded = Simd.RoundUp(to);
        AlignedBuffer packed = new(checked(Positions * from * padded));
        double[] kernels = new double[Taps * to];
        double[] transformed = new double[Positions * to];
        for (int i = 0; i < from; i++)
        {
            for (int tap = 0; tap < Taps; tap++)
            {
                for (int j = 0; j < to; j++)
                {
                    kernels[tap * to + j] = weight[weightOf(j, i, tap)];
                }
            }

            Winograd.TransformKernels(kernels, to, transformed);
            for (int position = 0; position < Positions; position++)
            {
                for (int first = 0; first < to; first += block)
                {
                    int width = Math.Min(block, padded - first);
                    int count = Math.Min(block, to - first);
                    TensorPrimitives.ConvertTruncating<double, float>(
                        transformed.AsSpan(position * to + first, count), packed.Span.Slice((position * padded + first) * from + i * width, count));
                }
            }
        }

        return packed;
    }

    /// <summary>A batch norm as a c + d for each channel: c = γ / √(variance + eps), d = β − mean c.</summary>
    private static (double[] C, double[] D) ScaleAndShift(float[] gamma, float[] beta, float[] mean, float[] variance, double eps)
    {
        double[] c = [.. gamma.Zip(variance, (γ, v) => γ / Math.Sqrt(v + eps))];
        return (c, [.. c.Select((scale, channel) => beta[channel] - mean[channel] * scale)]);
    }

    private LayerWeights Folded(float[] foldedWeight, float[] foldedBias) =>
        Guard.IndexOfNonFinite(foldedWeight) < 0 && Guard.IndexOfNonFinite(foldedBias) < 0
            ? new LayerWeights(foldedWeight, foldedBias, outputs, inputsPerGroup, kernelHeight, kernelWidth)
            : throw new InvalidDataException(
                "A batch norm cannot be folded: γ / √(variance + eps) is not finite, or the folded weights are not.");

    // Plain loops, because the JIT takes longer for vectorised methods than they save on any but the largest layers.
    private LayerWeights Select(Converter<float, float> part) =>
        new(Array.ConvertAll(weight, part), Array.ConvertAll(bias, part), outputs, inputsPerGroup, kernelHeight, kernelWidth);
}
