namespace LrpGen.Benchmarks.Networks;

/// <summary>Random numbers that are the same in every run.</summary>
internal static class Uniform
{
    /// <summary>Fills a span with numbers from low to high.</summary>
    public static void Fill(Span<float> destination, int seed, float low, float high)
    {
        Random random = new(seed);
        for (int index = 0; index < destination.Length; index++)
        {
            destination[index] = low + ((high - low) * random.NextSingle());
        }
    }
}
