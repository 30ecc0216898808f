using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>Lets relevance flow on in chosen channels only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ChannelMask
{
    /// <summary>The relevance in the chosen channels, and 0 in all others.</summary>
    /// <param name="relevance">pixels · pitch values, channels last, see <see cref="Layout"/>.</param>
    /// <param name="pixels">H · W.</param>
    /// <param name="pitch">Lanes of a pixel.</param>
    /// <param name="channels">The chosen channels; if there are none, all.</param>
    /// <param name="masked">pixels · pitch values.</param>
    public static void Apply(ReadOnlySpan<float> relevance, int pixels, int pitch, ReadOnlySpan<int> channels, Span<float> masked)
    {
        if (channels.IsEmpty)
        {
            relevance.CopyTo(masked);
            return;
        }

        masked.Clear();
        for (int p = 0; p < pixels; p++)
        {
            foreach (int channel in channels)
            {
                masked[p * pitch + channel] = relevance[p * pitch + channel];
            }
        }
    }
}
