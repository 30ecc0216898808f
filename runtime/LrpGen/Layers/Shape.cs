namespace LrpGen;

/// <summary>Makes one axis of all axes from one on, in their order. As PyTorch's <c>nn.Flatten</c>.</summary>
public sealed class FlattenAttribute : LayerAttribute
{
    /// <summary>The first of the axes, without the batch; by default all become one. Negative ones count from the end.</summary>
    public int StartDim { get; set; }
}

/// <summary>The same values, in the same order, with other sizes. As PyTorch's <c>torch.reshape</c>.</summary>
/// <param name="sizes">The sizes without the batch; one may be −1, for what is left.</param>
public sealed class ReshapeAttribute(params object[] sizes) : LayerAttribute
{
    /// <summary>The sizes.</summary>
    public IReadOnlyList<object> Sizes { get; } = sizes;
}

/// <summary>Axes in another order. As PyTorch's <c>torch.permute</c>.</summary>
/// <param name="dims">For each axis of the output that of the input, without the batch. Negative ones count from the end.</param>
public sealed class PermuteAttribute(params int[] dims) : LayerAttribute
{
    /// <summary>For each axis of the output that of the input.</summary>
    public IReadOnlyList<int> Dims { get; } = dims;
}

/// <summary>The last two axes exchanged: (T, E) to (E, T). As PyTorch's <c>x.transpose(-2, -1)</c>.</summary>
public sealed class TransposeAttribute : LayerAttribute;

/// <summary>One position along an axis, which is gone then. As PyTorch's <c>torch.select</c>.</summary>
/// <param name="index">The position; negative ones count from the end.</param>
public sealed class SelectAttribute(object index) : LayerAttribute
{
    /// <summary>The position.</summary>
    public object Index { get; } = index;

    /// <summary>The axis, without the batch. Negative ones count from the end.</summary>
    public int Dim { get; set; }
}

/// <summary>Some positions along an axis, one after the other. As PyTorch's <c>torch.narrow</c>.</summary>
/// <param name="start">The first; negative ones count from the end.</param>
/// <param name="length">How many.</param>
public sealed class NarrowAttribute(object start, object length) : LayerAttribute
{
    /// <summary>The first position.</summary>
    public object Start { get; } = start;

    /// <summary>How many positions.</summary>
    public object Length { get; } = length;

    /// <summary>The axis, without the batch. Negative ones count from the end.</summary>
    public int Dim { get; set; }
}

/// <summary>The mean along one axis of two or more, which is gone then. As PyTorch's <c>torch.mean</c>.</summary>
public sealed class MeanAttribute : LayerAttribute
{
    /// <summary>The axis, without the batch. Negative ones count from the end.</summary>
    public int Dim { get; set; }
}

/// <summary>The largest value along one axis of two or more, which is gone then. As PyTorch's <c>torch.amax</c>.</summary>
public sealed class MaxAttribute : LayerAttribute
{
    /// <summary>The axis, without the batch. Negative ones count from the end.</summary>
    public int Dim { get; set; }
}

/// <summary>Does nothing in prediction. As PyTorch's <c>nn.Dropout</c> in evaluation.</summary>
/// <param name="p">Probability that training used; without effect here.</param>
public sealed class DropoutAttribute(double p = 0.5) : LayerAttribute
{
    /// <summary>Probability that training used.</summary>
    public double P { get; } = p;
}

/// <summary>Does nothing. As PyTorch's <c>nn.Identity</c>.</summary>
public sealed class IdentityAttribute : LayerAttribute;
