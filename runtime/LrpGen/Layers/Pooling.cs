namespace LrpGen;

/// <summary>What pools over (C, L) have in common.</summary>
/// <param name="kernelSize">Length of a window.</param>
public abstract class Pool1dAttribute(object kernelSize) : LayerAttribute
{
    /// <summary>Length of a window.</summary>
    public object KernelSize { get; } = kernelSize;

    /// <summary>Distance of neighbouring windows; by default their length.</summary>
    public object Stride { get; set; } = kernelSize;

    /// <summary>Positions added on both sides; at most half a window.</summary>
    public object Padding { get; set; } = 0;

    /// <summary>Whether a last window that reaches over the end counts.</summary>
    public bool CeilMode { get; set; }
}

/// <summary>What pools over (C, H, W) have in common.</summary>
/// <param name="kernelHeight">Rows of a window.</param>
/// <param name="kernelWidth">Columns of a window.</param>
public abstract class Pool2dAttribute(object kernelHeight, object kernelWidth) : LayerAttribute
{
    /// <summary>Rows of a window.</summary>
    public object KernelHeight { get; } = kernelHeight;

    /// <summary>Columns of a window.</summary>
    public object KernelWidth { get; } = kernelWidth;

    /// <summary>Distance of neighbouring windows, both ways; by default their size.</summary>
    public object? Stride { get; set; }

    /// <summary>Distance of neighbouring windows down the rows; by default <see cref="Stride"/>.</summary>
    public object? StrideH { get; set; }

    /// <summary>Distance of neighbouring windows along a row; by default <see cref="Stride"/>.</summary>
    public object? StrideW { get; set; }

    /// <summary>Positions added on all four sides; at most half a window.</summary>
    public object Padding { get; set; } = 0;

    /// <summary>Rows added above and below; by default <see cref="Padding"/>.</summary>
    public object? PaddingH { get; set; }

    /// <summary>Columns added left and right; by default <see cref="Padding"/>.</summary>
    public object? PaddingW { get; set; }

    /// <summary>Whether last windows that reach over the end count.</summary>
    public bool CeilMode { get; set; }
}

/// <summary>Largest value of each window over (C, L). As PyTorch's <c>nn.MaxPool1d</c>; padding never wins.</summary>
/// <param name="kernelSize">Length of a window.</param>
public sealed class MaxPool1dAttribute(object kernelSize) : Pool1dAttribute(kernelSize);

/// <summary>Largest value of each window over (C, H, W). As PyTorch's <c>nn.MaxPool2d</c>; padding never wins.</summary>
/// <param name="kernelHeight">Rows of a window.</param>
/// <param name="kernelWidth">Columns of a window.</param>
public sealed class MaxPool2dAttribute(object kernelHeight, object kernelWidth) : Pool2dAttribute(kernelHeight, kernelWidth)
{
    /// <summary>A pool with square windows.</summary>
    /// <param name="kernelSize">Rows and columns of a window.</param>
    public MaxPool2dAttribute(object kernelSize)
        : this(kernelSize, kernelSize)
    {
    }
}

/// <summary>Mean of each window over (C, L). As PyTorch's <c>nn.AvgPool1d</c>; padding is 0.</summary>
/// <param name="kernelSize">Length of a window.</param>
public sealed class AvgPool1dAttribute(object kernelSize) : Pool1dAttribute(kernelSize)
{
    /// <summary>Whether added zeros count in the mean; they do by default.</summary>
    public bool CountIncludePad { get; set; } = true;
}

/// <summary>Mean of each window over (C, H, W). As PyTorch's <c>nn.AvgPool2d</c>; padding is 0.</summary>
/// <param name="kernelHeight">Rows of a window.</param>
/// <param name="kernelWidth">Columns of a window.</param>
public sealed class AvgPool2dAttribute(object kernelHeight, object kernelWidth) : Pool2dAttribute(kernelHeight, kernelWidth)
{
    /// <summary>A pool with square windows.</summary>
    /// <param name="kernelSize">Rows and columns of a window.</param>
    public AvgPool2dAttribute(object kernelSize)
        : this(kernelSize, kernelSize)
    {
    }

    /// <summary>Whether added zeros count in the mean; they do by default.</summary>
    public bool CountIncludePad { get; set; } = true;
}

/// <summary>Means of windows over (C, L) that give a fixed number of outputs. As PyTorch's <c>nn.AdaptiveAvgPool1d</c>.</summary>
/// <param name="outputSize">Length of the output.</param>
public sealed class AdaptiveAvgPool1dAttribute(object outputSize) : LayerAttribute
{
    /// <summary>Length of the output.</summary>
    public object OutputSize { get; } = outputSize;
}

/// <summary>Means of windows over (C, H, W) that give a fixed size. As PyTorch's <c>nn.AdaptiveAvgPool2d</c>.</summary>
/// <param name="outputHeight">Rows of the output.</param>
/// <param name="outputWidth">Columns of the output.</param>
public sealed class AdaptiveAvgPool2dAttribute(object outputHeight, object outputWidth) : LayerAttribute
{
    /// <summary>A pool with a square output.</summary>
    /// <param name="outputSize">Rows and columns of the output.</param>
    public AdaptiveAvgPool2dAttribute(object outputSize)
        : this(outputSize, outputSize)
    {
    }

    /// <summary>Rows of the output.</summary>
    public object OutputHeight { get; } = outputHeight;

    /// <summary>Columns of the output.</summary>
    public object OutputWidth { get; } = outputWidth;
}

/// <summary>Largest values of windows over (C, L) that give a fixed number of outputs. As PyTorch's <c>nn.AdaptiveMaxPool1d</c>.</summary>
/// <param name="outputSize">Length of the output.</param>
public sealed class AdaptiveMaxPool1dAttribute(object outputSize) : LayerAttribute
{
    /// <summary>Length of the output.</summary>
    public object OutputSize { get; } = outputSize;
}

/// <summary>Largest values of windows over (C, H, W) that give a fixed size. As PyTorch's <c>nn.AdaptiveMaxPool2d</c>.</summary>
/// <param name="outputHeight">Rows of the output.</param>
/// <param name="outputWidth">Columns of the output.</param>
public sealed class AdaptiveMaxPool2dAttribute(object outputHeight, object outputWidth) : LayerAttribute
{
    /// <summary>A pool with a square output.</summary>
    /// <param name="outputSize">Rows and columns of the output.</param>
    public AdaptiveMaxPool2dAttribute(object outputSize)
        : this(outputSize, outputSize)
    {
    }

    /// <summary>Rows of the output.</summary>
    public object OutputHeight { get; } = outputHeight;

    /// <summary>Columns of the output.</summary>
    public object OutputWidth { get; } = outputWidth;
}
