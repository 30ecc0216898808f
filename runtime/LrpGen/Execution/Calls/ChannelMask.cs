using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>Lets relevance flow on in chosen channels only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ChannelMask
{
    /// <summary>The relevance in the chosen channels, and 0 in all others.</summary>
    /// <param name="relevance">Blocks, in each of which the channels lie one after another.</param>
    /// <param name="block">Floats from a block to the next.</param>
    /// <param name="step">Floats of a channel.</param>
    /// <param name="channels">The chosen channels; if there are none, all.</param>
    /// <param name="masked">Receives as much.</param>
    public static void Apply(ReadOnlySpan<float> relevance, int block, int step, ReadOnlySpan<int> channels, Span<float> masked)
    {
        if (channels.IsEmpty)
        {
            relevance.CopyTo(masked);
            return;
        }

        masked.Clear();
        for (int first = 0; first < relevance.Length; first += block)
        {
            foreach (int channel in channels)
            {
                int start = first + (channel * step);
                relevance.Slice(start, step).CopyTo(masked[start..]);
            }
        }
    }
}
