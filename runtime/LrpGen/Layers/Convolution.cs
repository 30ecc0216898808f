namespace LrpGen;

/// <summary>Convolution over (C, L). As PyTorch's <c>nn.Conv1d</c>; the input channels are inferred.</summary>
/// <param name="outChannels">Number of output channels.</param>
/// <param name="kernelSize">Number of taps.</param>
public sealed class Conv1dAttribute(object outChannels, object kernelSize) : WeightedLayerAttribute
{
    /// <summary>Number of output channels.</summary>
    public object OutChannels { get; } = outChannels;

    /// <summary>Number of taps.</summary>
    public object KernelSize { get; } = kernelSize;

    /// <summary>Distance of neighbouring windows.</summary>
    public object Stride { get; set; } = 1;

    /// <summary>Zeros added on both sides.</summary>
    public object Padding { get; set; } = 0;

    /// <summary>Distance of neighbouring taps.</summary>
    public object Dilation { get; set; } = 1;

    /// <summary>Number of groups of channels that do not see one another; divides input and output channels.</summary>
    public object Groups { get; set; } = 1;

    /// <summary>Whether the layer has a bias; it has by default.</summary>
    public bool Bias { get; set; } = true;
}

/// <summary>Convolution over (C, H, W). As PyTorch's <c>nn.Conv2d</c>; the input channels are inferred.</summary>
/// <param name="outChannels">Number of output channels.</param>
/// <param name="kernelHeight">Rows of the kernel.</param>
/// <param name="kernelWidth">Columns of the kernel.</param>
public sealed class Conv2dAttribute(object outChannels, object kernelHeight, object kernelWidth) : WeightedLayerAttribute
{
    /// <summary>A convolution with a square kernel.</summary>
    /// <param name="outChannels">Number of output channels.</param>
    /// <param name="kernelSize">Rows and columns of the kernel.</param>
    public Conv2dAttribute(object outChannels, object kernelSize)
        : this(outChannels, kernelSize, kernelSize)
    {
    }

    /// <summary>Number of output channels.</summary>
    public object OutChannels { get; } = outChannels;

    /// <summary>Rows of the kernel.</summary>
    public object KernelHeight { get; } = kernelHeight;

    /// <summary>Columns of the kernel.</summary>
    public object KernelWidth { get; } = kernelWidth;

    /// <summary>Distance of neighbouring windows, both ways.</summary>
    public object Stride { get; set; } = 1;

    /// <summary>Distance of neighbouring windows down the rows; by default <see cref="Stride"/>.</summary>
    public object? StrideH { get; set; }

    /// <summary>Distance of neighbouring windows along a row; by default <see cref="Stride"/>.</summary>
    public object? StrideW { get; set; }

    /// <summary>Zeros added on all four sides.</summary>
    public object Padding { get; set; } = 0;

    /// <summary>Rows of zeros added above and below; by default <see cref="Padding"/>.</summary>
    public object? PaddingH { get; set; }

    /// <summary>Columns of zeros added left and right; by default <see cref="Padding"/>.</summary>
    public object? PaddingW { get; set; }

    /// <summary>Distance of neighbouring taps, both ways.</summary>
    public object Dilation { get; set; } = 1;

    /// <summary>Distance of neighbouring taps down the rows; by default <see cref="Dilation"/>.</summary>
    public object? DilationH { get; set; }

    /// <summary>Distance of neighbouring taps along a row; by default <see cref="Dilation"/>.</summary>
    public object? DilationW { get; set; }

    /// <summary>Number of groups of channels that do not see one another; divides input and output channels.</summary>
    public object Groups { get; set; } = 1;

    /// <summary>Whether the layer has a bias; it has by default.</summary>
    public bool Bias { get; set; } = true;
}
