namespace LrpGen.Execution;

/// <summary>
/// Independent deviates of the standard normal distribution that are a function of a seed: Box and Muller's transform of the uniform deviates
/// of SplitMix64 (Steele et al. 2014).
/// </summary>
internal static class NormalDeviates
{
    /// <summary>2⁶⁴ over the golden ratio, the increment of SplitMix64.</summary>
    private const ulong Increment = 0x9E3779B97F4A7C15;

    /// <param name="seed">Determines all sequences.</param>
    /// <param name="sequence">Number of a sequence; different ones are independent.</param>
    /// <param name="deviates">Receives the beginning of the sequence.</param>
    public static void Fill(int seed, int sequence, Span<float> deviates)
    {
        ulong state = Mix(((ulong)(uint)seed << 32) | (uint)sequence);
        for (int i = 0; i < deviates.Length; i += 2)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(ref state)));
            (double sin, double cos) = Math.SinCos(2 * Math.PI * Uniform(ref state));
            deviates[i] = (float)(radius * cos);
            if (i + 1 < deviates.Length)
            {
                deviates[i + 1] = (float)(radius * sin);
            }
        }
    }

    /// <summary>In [0, 1), of 53 bits.</summary>
    private static double Uniform(ref ulong state)
    {
        state = unchecked(state + Increment);
        return (Mix(state) >> 11) * (1.0 / (1L << 53));
    }

    private static ulong Mix(ulong bits)
    {
        bits = unchecked((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9);
        bits = unchecked((bits ^ (bits >> 27)) * 0x94D049BB133111EB);
        return bits ^ (bits >> 31);
    }
}
