using System.Text;

namespace LrpGen.Architectures.Tests;

/// <summary>Numbers between −1 and 1 that follow from a name: the same bits as those of <c>make_data.py</c>.</summary>
internal static class Uniform
{
    /// <summary>The SplitMix64 sequence (Steele et al. 2014) whose seed is the FNV-1a hash of the name.</summary>
    public static double[] Sequence(string name, int count)
    {
        ulong state = Hash(name);
        double[] values = new double[count];
        for (int index = 0; index < count; index++)
        {
            state += 0x9E3779B97F4A7C15;
            ulong z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            values[index] = (((z >> 40) + 0.5) / (1 << 23)) - 1;
        }

        return values;
    }

    private static ulong Hash(string name) =>
        Encoding.UTF8.GetBytes(name).Aggregate(0xCBF29CE484222325, (hash, letter) => (hash ^ letter) * 0x100000001B3);
}
