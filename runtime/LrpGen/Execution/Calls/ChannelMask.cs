using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>Lets relevance flow on in chosen channels only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ChannelMask
{
    /// <summary>The relevance in the chosen channels, and 0 in all others.</summary>
    /// <param name="relevance">Rows of channels.</param>
    /// <param name="pitch">Floats from a row to the next.</param>
    /// <param name="channels">The chosen channels; if there are none, all.</param>
    /// <param name="masked">Likewise.</param>
    public static void Apply(ReadOnlySpan<float> relevance, int pitch, ReadOnlySpan<int> channels, Span<float> masked)
    {
        if (channels.IsEmpty)
        {
            relevance.CopyTo(masked);
            return;
        }

        masked.Clear();
        for (int row = 0; row <= relevance.Length - pitch; row += pitch)
        {
            foreach (int channel in channels)
            {
                masked[row + channel] = relevance[row + channel];
            }
        }
    }
}
