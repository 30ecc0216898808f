using System.ComponentModel;
using System.Numerics.Tensors;

namespace LrpGen.Execution;

/// <summary>Weights [out][in / groups][kH][kW] and biases [out] of a layer, the parts of them that rules use, and the orders in which generated code reads them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LayerWeights
{
    private const int Lanes = 8;

    /// <summary>Output channels for which the weights of a convolution lie side by side.</summary>
    private const int Block = 2 * Lanes;

    private readonly float[] weight;
    private readonly float[] bias;
    private readonly int outputs;
    private readonly int inputs;
    private readonly int height;
    private readonly int width;

    /// <summary>Weights in PyTorch's order.</summary>
    /// <param name="weight">[out][in / groups][kH][kW].</param>
    /// <param name="bias">[out]; zeros for a layer without.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="inputsPerGroup">Number of inputs that each output sees.</param>
    /// <param name="kernelHeight">kH.</param>
    /// <param name="kernelWidth">kW.</param>
    public LayerWeights(float[] weight, float[] bias, int outputs, int inputsPerGroup, int kernelHeight, int kernelWidth)
    {
        this.weight = weight;
        this.bias = bias;
        this.outputs = outputs;
        inputs = inputsPerGroup;
        height = kernelHeight;
        width = kernelWidth;
    }

    /// <summary>A layer that multiplies every channel by 1.</summary>
    /// <param name="channels">Number of channels.</param>
    public static LayerWeights Identity(int channels)
    {
        float[] ones = new float[channels];
        ones.AsSpan().Fill(1);
        return new LayerWeights(ones, new float[channels], channels, 1, 1, 1);
    }

    /// <summary>This layer and a batch norm after it as one: w·c and (b − μ)·c + β, with c = γ / √(σ² + eps).</summary>
    /// <param name="gamma">γ, one per output.</param>
    /// <param name="beta">β.</param>
    /// <param name="mean">μ.</param>
    /// <param name="variance">σ².</param>
    /// <param name="eps">Added to the variance.</param>
    public LayerWeights FoldBatchNorm(float[] gamma, float[] beta, float[] mean, float[] variance, double eps)
    {
        float[] foldedWeight = new float[weight.Length];
        float[] foldedBias = new float[outputs];
        int perOutput = weight.Length / outputs;
        for (int j = 0; j < outputs; j++)
        {
            double c = gamma[j] / Math.Sqrt(variance[j] + eps);
            for (int i = j * perOutput; i < (j + 1) * perOutput; i++)
            {
                foldedWeight[i] = (float)(weight[i] * c);
            }

            foldedBias[j] = (float)(((double)bias[j] - mean[j]) * c + beta[j]);
        }

        return new LayerWeights(foldedWeight, foldedBias, outputs, inputs, height, width);
    }

    /// <summary>w⁺, b⁺.</summary>
    public LayerWeights Positive() => Select((values, part) => TensorPrimitives.Max(values, 0f, part));

    /// <summary>w⁻, b⁻.</summary>
    public LayerWeights Negative() => Select((values, part) => TensorPrimitives.Min(values, 0f, part));

    /// <summary>w², b².</summary>
    public LayerWeights Squared() => Select((values, part) => TensorPrimitives.Multiply(values, values, part));

    /// <summary>1 for every weight and bias.</summary>
    public LayerWeights Ones() => Select((_, part) => part.Fill(1));

    /// <summary>w + γw⁺, b + γb⁺.</summary>
    /// <param name="gamma">γ.</param>
    public LayerWeights FavourPositive(double gamma) => Select((values, part) =>
    {
        TensorPrimitives.Max(values, 0f, part);
        TensorPrimitives.MultiplyAdd(part, (float)gamma, values, part);
    });

    /// <summary>w + γw⁻, b + γb⁻.</summary>
    /// <param name="gamma">γ.</param>
    public LayerWeights FavourNegative(double gamma) => Select((values, part) =>
    {
        TensorPrimitives.Min(values, 0f, part);
        TensorPrimitives.MultiplyAdd(part, (float)gamma, values, part);
    });

    /// <summary>Biases, and zeros up to the pitch.</summary>
    /// <param name="pitch">Pitch of the layer's output.</param>
    public AlignedBuffer PackBias(int pitch)
    {
        AlignedBuffer packed = new(pitch);
        bias.CopyTo(packed.Span);
        return packed;
    }

    /// <summary>[in][out], with zeros up to the pitch.</summary>
    /// <param name="pitch">Pitch of the layer's output.</param>
    public AlignedBuffer PackLinear(int pitch)
    {
        AlignedBuffer packed = new(checked(inputs * pitch));
        Span<float> to = packed.Span;
        for (int j = 0; j < outputs; j++)
        {
            for (int i = 0; i < inputs; i++)
            {
                to[i * pitch + j] = weight[j * inputs + i];
            }
        }

        return packed;
    }

    /// <summary>[group][block of outputs][kH][kW][in][outputs of the block].</summary>
    /// <param name="groups">Groups of channels.</param>
    public AlignedBuffer PackConvolution(int groups) =>
        Pack(groups, outputs / groups, inputs, (group, output, input) => (group * (outputs / groups) + output) * inputs + input);

    /// <summary>[group][block of inputs][kH][kW][out][inputs of the block].</summary>
    /// <param name="groups">Groups of channels.</param>
    public AlignedBuffer PackTransposedConvolution(int groups) =>
        Pack(groups, inputs, outputs / groups, (group, input, output) => (group * (outputs / groups) + output) * inputs + input);

    /// <summary>[kH][kW][channel], with zeros up to the pitch.</summary>
    /// <param name="pitch">Distance of taps.</param>
    public AlignedBuffer PackChannels(int pitch)
    {
        int taps = height * width;
        AlignedBuffer packed = new(taps * pitch);
        Span<float> to = packed.Span;
        for (int channel = 0; channel < outputs; channel++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                to[tap * pitch + channel] = weight[channel * taps + tap];
            }
        }

        return packed;
    }

    // A group's product gives `to` channels, each summed over `from`; kernelOf is the index of the kernel between two of them.
    private AlignedBuffer Pack(int groups, int to, int from, Func<int, int, int, int> kernelOf)
    {
        int taps = height * width;
        int padded = (to + Lanes - 1) / Lanes * Lanes;
        AlignedBuffer packed = new(checked(groups * padded * taps * from));
        Span<float> span = packed.Span;
        for (int group = 0; group < groups; group++)
        {
            for (int j = 0; j < to; j++)
            {
                int firstOfBlock = j / Block * Block;
                int blockWidth = Math.Min(Block, padded - firstOfBlock);
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

    private LayerWeights Select(PartOf part)
    {
        float[] weights = new float[weight.Length];
        float[] biases = new float[bias.Length];
        part(weight, weights);
        part(bias, biases);
        return new LayerWeights(weights, biases, outputs, inputs, height, width);
    }

    private delegate void PartOf(ReadOnlySpan<float> values, Span<float> part);
}
