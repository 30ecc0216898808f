using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>
/// Between PyTorch's order (C, H, W) and the order inside a network: channels last, where element (c, p) of a tensor lies at
/// p · pitch + c. The pitch is at least the number of channels; the lanes beyond the channels are padding, here written as 0.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Layout
{
    /// <summary>From (C, H, W) to channels last.</summary>
    /// <param name="source">channels · pixels values.</param>
    /// <param name="channels">C.</param>
    /// <param name="pixels">H · W.</param>
    /// <param name="pitch">Lanes of a pixel in <paramref name="destination"/>.</param>
    /// <param name="destination">pixels · pitch values.</param>
    public static void ToChannelsLast(ReadOnlySpan<float> source, int channels, int pixels, int pitch, Span<float> destination)
    {
        if (pixels == 1)
        {
            source.CopyTo(destination);
            destination[channels..].Clear();
            return;
        }

        for (int p = 0; p < pixels; p++)
        {
            Span<float> pixel = destination.Slice(p * pitch, pitch);
            for (int c = 0; c < channels; c++)
            {
                pixel[c] = source[c * pixels + p];
            }

            pixel[channels..].Clear();
        }
    }

    /// <summary>From channels last to (C, H, W).</summary>
    /// <param name="source">pixels · pitch values.</param>
    /// <param name="channels">C.</param>
    /// <param name="pixels">H · W.</param>
    /// <param name="pitch">Lanes of a pixel in <paramref name="source"/>.</param>
    /// <param name="destination">channels · pixels values.</param>
    public static void ToChannelsFirst(ReadOnlySpan<float> source, int channels, int pixels, int pitch, Span<float> destination)
    {
        if (pixels == 1)
        {
            source[..channels].CopyTo(destination);
            return;
        }

        for (int c = 0; c < channels; c++)
        {
            Span<float> plane = destination.Slice(c * pixels, pixels);
            for (int p = 0; p < plane.Length; p++)
            {
                plane[p] = source[p * pitch + c];
            }
        }
    }

    /// <summary>Surrounds an image with zeros, or crops it where a margin is negative.</summary>
    /// <param name="part">The rows of <paramref name="destination"/> to write.</param>
    /// <param name="source">height · width · pitch values, channels last.</param>
    /// <param name="height">Rows of <paramref name="source"/>.</param>
    /// <param name="width">Columns of <paramref name="source"/>.</param>
    /// <param name="pitch">Lanes of a pixel.</param>
    /// <param name="top">Rows to add above.</param>
    /// <param name="left">Columns to add on the left.</param>
    /// <param name="bottom">Rows to add below.</param>
    /// <param name="right">Columns to add on the right.</param>
    /// <param name="destination">(top + height + bottom) · (left + width + right) · pitch values, all of which are written.</param>
    public static void Pad(
        Part part, ReadOnlySpan<float> source, int height, int width, int pitch, int top, int left, int bottom, int right, Span<float> destination)
    {
        int rowLength = (left + width + right) * pitch;
        int firstColumn = Math.Max(-left, 0);
        int columns = Math.Min(width, width + right) - firstColumn;

        (int firstRow, int end) = part.Of(top + height + bottom);
        for (int y = firstRow - top; y < end - top; y++)
        {
            Span<float> row = destination.Slice((y + top) * rowLength, rowLength);
            row.Clear();
            if (y >= 0 && y < height && columns > 0)
            {
                source.Slice((y * width + firstColumn) * pitch, columns * pitch).CopyTo(row[((firstColumn + left) * pitch)..]);
            }
        }
    }

    /// <summary>A value for every channel of every pixel.</summary>
    /// <param name="values">One per channel, or one for each run of channels: after flattening, for those of one channel before.</param>
    /// <param name="channels">C.</param>
    /// <param name="pixels">H · W.</param>
    /// <param name="pitch">Lanes of a pixel.</param>
    /// <param name="destination">pixels · pitch values.</param>
    public static void Fill(ReadOnlySpan<float> values, int channels, int pixels, int pitch, Span<float> destination)
    {
        destination.Clear();
        for (int p = 0; p < pixels; p++)
        {
            for (int c = 0; c < channels; c++)
            {
                destination[p * pitch + c] = values[(int)((long)c * values.Length / channels)];
            }
        }
    }

    /// <summary>Sets the last lanes of every pixel to 0.</summary>
    /// <param name="part">The pixels.</param>
    /// <param name="tensor">pixels · pitch values, channels last.</param>
    /// <param name="pixels">H · W.</param>
    /// <param name="pitch">Lanes of a pixel.</param>
    /// <param name="first">The first of the lanes.</param>
    public static void ClearLanes(Part part, Span<float> tensor, int pixels, int pitch, int first)
    {
        (int firstPixel, int end) = part.Of(pixels);
        for (int p = firstPixel; p < end; p++)
        {
            tensor.Slice(p * pitch + first, pitch - first).Clear();
        }
    }

    /// <summary>Makes channels of one tensor channels of a wider one; lanes behind them become 0.</summary>
    /// <param name="part">The pixels to copy.</param>
    /// <param name="source">pixels · pitch values, channels last.</param>
    /// <param name="channels">C of <paramref name="source"/>.</param>
    /// <param name="pixels">H · W.</param>
    /// <param name="pitch">Lanes of a pixel in <paramref name="source"/>.</param>
    /// <param name="first">Channel of <paramref name="destination"/> where they begin.</param>
    /// <param name="destinationPitch">Lanes of a pixel in <paramref name="destination"/>.</param>
    /// <param name="destination">pixels · destinationPitch values.</param>
    public static void JoinChannels(
        Part part, ReadOnlySpan<float> source, int channels, int pixels, int pitch, int first, int destinationPitch, Span<float> destination)
    {
        (int firstPixel, int end) = part.Of(pixels);
        for (int p = firstPixel; p < end; p++)
        {
            Span<float> pixel = destination.Slice(p * destinationPitch + first, destinationPitch - first);
            source.Slice(p * pitch, channels).CopyTo(pixel);
            pixel[channels..].Clear();
        }
    }

    /// <summary>Takes channels out of a wider tensor; lanes behind them become 0.</summary>
    /// <param name="part">The pixels to copy.</param>
    /// <param name="source">pixels · sourcePitch values, channels last.</param>
    /// <param name="sourcePitch">Lanes of a pixel in <paramref name="source"/>.</param>
    /// <param name="first">Channel of <paramref name="source"/> where they begin.</param>
    /// <param name="channels">C of <paramref name="destination"/>.</param>
    /// <param name="pixels">H · W.</param>
    /// <param name="pitch">Lanes of a pixel in <paramref name="destination"/>.</param>
    /// <param name="destination">pixels · pitch values.</param>
    public static void SplitChannels(
        Part part, ReadOnlySpan<float> source, int sourcePitch, int first, int channels, int pixels, int pitch, Span<float> destination)
    {
        (int firstPixel, int end) = part.Of(pixels);
        for (int p = firstPixel; p < end; p++)
        {
            Span<float> pixel = destination.Slice(p * pitch, pitch);
            source.Slice(p * sourcePitch + first, channels).CopyTo(pixel);
            pixel[channels..].Clear();
        }
    }
}
