using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>The weights of a linear or convolutional layer in PyTorch's order; a linear layer is a convolution of one pixel.</summary>
/// <param name="weight">w, [output][input of its group][kernel row][kernel column].</param>
/// <param name="bias">b, one for each output; zeros if the layer has none.</param>
/// <param name="outputs">Number of output channels.</param>
/// <param name="inputsPerGroup">Number of input channels that an output sees.</param>
/// <param name="kernelHeight">Rows of the kernel.</param>
/// <param name="kernelWidth">Columns of the kernel.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LayerWeights(float[] weight, float[] bias, int outputs, int inputsPerGroup, int kernelHeight, int kernelWidth)
{
    /// <summary>w, [output][input of its group][kernel row][kernel column].</summary>
    public ReadOnlySpan<float> Weight => weight;

    /// <summary>b, one for each output.</summary>
    public ReadOnlySpan<float> Bias => bias;

    /// <summary>Number of output channels.</summary>
    public int Outputs => outputs;

    /// <summary>Number of input channels that an output sees.</summary>
    public int InputsPerGroup => inputsPerGroup;

    /// <summary>Rows of the kernel.</summary>
    public int KernelHeight => kernelHeight;

    /// <summary>Columns of the kernel.</summary>
    public int KernelWidth => kernelWidth;

    /// <summary>The one layer that does what this one and then a batch norm do: w c, (b − mean) c + β, with c = γ / √(variance + eps).</summary>
    /// <param name="gamma">γ, one for each output.</param>
    /// <param name="beta">β, one for each output.</param>
    /// <param name="mean">Running mean, one for each output.</param>
    /// <param name="variance">Running variance, one for each output.</param>
    /// <param name="eps">As of the batch norm.</param>
    /// <exception cref="InvalidDataException">A result is not finite, as where variance + eps is not above 0.</exception>
    public LayerWeights FoldBatchNorm(float[] gamma, float[] beta, float[] mean, float[] variance, double eps)
    {
        float[] foldedWeight = new float[weight.Length];
        float[] foldedBias = new float[bias.Length];
        int weightsPerOutput = weight.Length / outputs;
        for (int j = 0; j < outputs; j++)
        {
            double c = gamma[j] / Math.Sqrt(variance[j] + eps);
            foldedBias[j] = (float)(((double)bias[j] - mean[j]) * c + beta[j]);
            for (int i = j * weightsPerOutput; i < (j + 1) * weightsPerOutput; i++)
            {
                foldedWeight[i] = (float)(weight[i] * c);
            }
        }

        if (Guard.IndexOfNonFinite(foldedWeight) >= 0 || Guard.IndexOfNonFinite(foldedBias) >= 0)
        {
            throw new InvalidDataException("A batch norm cannot be folded: γ / √(variance + eps) is not finite, or the folded weights are not.");
        }

        return new LayerWeights(foldedWeight, foldedBias, outputs, inputsPerGroup, kernelHeight, kernelWidth);
    }
}
