using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>
/// A tile of sums that stays in registers, pixels × vectors of output channels: each weight vector read serves all pixels, each input all
/// channels. The sums are called <c>z21</c>, for pixel 2 and vector 1.
/// </summary>
/// <param name="input">Symbol of the input.</param>
/// <param name="output">Symbol of the output.</param>
internal sealed class RegisterTile(CodeWriter writer, string input, string output, int pixels, int vectors)
{
    /// <summary>Sums that stay in registers: 12 leave 4 of AVX2's 16 for weights and input.</summary>
    public const int Accumulators = 12;

    /// <summary>Number of the blocks of output channels, of two vectors each; the last has only one if there is an odd number of them.</summary>
    public static string Blocks(int channels) => MayEndInVector(channels) ? $"({channels} + TSimd.Count) / width" : $"{channels} / width";

    /// <summary>Writes what is done with block <c>block</c>, for the number of its vectors.</summary>
    public static void InBlock(CodeWriter writer, int channels, Action<int> body)
    {
        if (!MayEndInVector(channels))
        {
            body(2);
            return;
        }

        // Comparisons of constants spare the JIT the tiles that can't be.
        string canFill = channels < 2 * Simd.Alignment ? $"{channels} >= 2 * TSimd.Count && " : "";
        using (writer.Block($"if ({canFill}block < {channels} / width)"))
        {
            body(2);
        }

        using (writer.Block($"else if ({channels} % (2 * TSimd.Count) != 0)"))
        {
            body(1);
        }
    }

    private static bool MayEndInVector(int channels) => channels % (2 * Simd.Alignment) != 0;

    /// <summary>Floats from the weights of an input to those of the next.</summary>
    public static string Width(int vectors) => vectors == 2 ? "width" : "TSimd.Count";

    /// <summary>Floats before a vector.</summary>
    public static Offset VectorAt(int vector) => Offset.Variable("TSimd.Count") * vector;

    /// <summary>Something for every sum, its pixel and its vector.</summary>
    public void Each(Action<string, int, int> action)
    {
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            for (int vector = 0; vector < vectors; vector++)
            {
                action($"{output}{pixel}{vector}", pixel, vector);
            }
        }
    }

    /// <summary>Adds the products of one input channel of each pixel.</summary>
    /// <param name="i">The channel's distance from <c>tap</c>.</param>
    /// <param name="weight">Its weights' distance from <c>weights</c>.</param>
    /// <param name="pitch">From a pixel's input to that of the next.</param>
    /// <param name="broadcast">Whether the input is one number for all channels, rather than one for each.</param>
    public void MultiplyAdd(Offset i, Offset weight, long pitch, bool broadcast = true)
    {
        for (int vector = 0; vector < vectors; vector++)
        {
            writer.Line($"TVector w{vector} = TSimd.Load({Reference.To("weights", weight + VectorAt(vector))});");
        }

        for (int pixel = 0; pixel < pixels; pixel++)
        {
            writer.Line($"TVector {input}{pixel} = TSimd.{(broadcast ? "Broadcast" : "Load")}({Reference.To("tap", i + (pixel * pitch))});");
            for (int vector = 0; vector < vectors; vector++)
            {
                string sum = $"{output}{pixel}{vector}";
                writer.Line($"{sum} = TSimd.MultiplyAdd({input}{pixel}, w{vector}, {sum});");
            }
        }
    }
}
