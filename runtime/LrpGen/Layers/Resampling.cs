namespace LrpGen;

/// <summary>How <see cref="UpsampleAttribute"/> computes what is between the input's positions.</summary>
public enum UpsampleMode
{
    /// <summary>The nearest position's value.</summary>
    Nearest,

    /// <summary>Between two rows and two columns in proportion to the distance; over (C, L) PyTorch calls it linear.</summary>
    Bilinear,
}

/// <summary>A larger image (C, H, W) or signal (C, L). As PyTorch's <c>nn.Upsample</c> with <c>align_corners=False</c>.</summary>
/// <param name="scale">Positions of the output for each of the input, both ways.</param>
public sealed class UpsampleAttribute(object scale) : LayerAttribute
{
    /// <summary>Positions of the output for each of the input, both ways.</summary>
    public object Scale { get; } = scale;

    /// <summary>How values between positions are computed; by default they are the nearest position's.</summary>
    public UpsampleMode Mode { get; set; }
}

/// <summary>Channels become positions: (C · factor², H, W) to (C, H · factor, W · factor). As PyTorch's <c>nn.PixelShuffle</c>.</summary>
/// <param name="factor">Positions of the output for each of the input, both ways; its square divides the channels.</param>
public sealed class PixelShuffleAttribute(object factor) : LayerAttribute
{
    /// <summary>Positions of the output for each of the input, both ways.</summary>
    public object Factor { get; } = factor;
}

/// <summary>The first channels of all groups, then the second ones, and so on; (C, L) or (C, H, W). As PyTorch's <c>nn.ChannelShuffle</c>.</summary>
/// <param name="groups">Number of groups; divides the channels.</param>
public sealed class ChannelShuffleAttribute(object groups) : LayerAttribute
{
    /// <summary>Number of groups.</summary>
    public object Groups { get; } = groups;
}

/// <summary>What layers have in common that surround an image (C, H, W).</summary>
/// <param name="left">Columns on the left.</param>
/// <param name="right">Columns on the right.</param>
/// <param name="top">Rows above.</param>
/// <param name="bottom">Rows below.</param>
public abstract class Pad2dAttribute(object left, object right, object top, object bottom) : LayerAttribute
{
    /// <summary>Columns on the left.</summary>
    public object Left { get; } = left;

    /// <summary>Columns on the right.</summary>
    public object Right { get; } = right;

    /// <summary>Rows above.</summary>
    public object Top { get; } = top;

    /// <summary>Rows below.</summary>
    public object Bottom { get; } = bottom;
}

/// <summary>Zeros around an image (C, H, W). As PyTorch's <c>nn.ZeroPad2d</c>.</summary>
/// <param name="left">Columns on the left.</param>
/// <param name="right">Columns on the right.</param>
/// <param name="top">Rows above.</param>
/// <param name="bottom">Rows below.</param>
public sealed class ZeroPad2dAttribute(object left, object right, object top, object bottom) : Pad2dAttribute(left, right, top, bottom)
{
    /// <summary>As many on all four sides.</summary>
    /// <param name="padding">Rows or columns on each side.</param>
    public ZeroPad2dAttribute(object padding)
        : this(padding, padding, padding, padding)
    {
    }
}

/// <summary>The image (C, H, W) mirrored at its first and last rows and columns. As PyTorch's <c>nn.ReflectionPad2d</c>.</summary>
/// <param name="left">Columns on the left; less than the image has, as all others.</param>
/// <param name="right">Columns on the right.</param>
/// <param name="top">Rows above.</param>
/// <param name="bottom">Rows below.</param>
public sealed class ReflectionPad2dAttribute(object left, object right, object top, object bottom) : Pad2dAttribute(left, right, top, bottom)
{
    /// <summary>As many on all four sides.</summary>
    /// <param name="padding">Rows or columns on each side.</param>
    public ReflectionPad2dAttribute(object padding)
        : this(padding, padding, padding, padding)
    {
    }
}
