using Architectures;

namespace LrpGen.Architectures.Tests;

/// <summary>What torchvision says of a network, and what PyTorch computes with it in float64.</summary>
/// <param name="Parameters">Number of weights and biases.</param>
/// <param name="Shapes">Of all tensors of the <c>state_dict</c>.</param>
/// <param name="Results">Statistics of batch norms, <c>logits</c> of <see cref="Image"/>, and its <c>relevance</c>.</param>
internal sealed record Reference(long Parameters, IReadOnlyDictionary<string, long[]> Shapes, TensorFile Results) : IDisposable
{
    private const int Squares = 7;

    /// <summary>Reads the two files that <c>make_data.py</c> wrote.</summary>
    public static Reference Of(string architecture)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Data", architecture);
        string[][] lines = [.. File.ReadLines(path + ".txt").Select(line => line.Split(' '))];
        return new Reference(
            long.Parse(lines[0][1]),
            lines.Skip(1).ToDictionary(line => line[0], line => Array.ConvertAll(line[1..], long.Parse)),
            TensorFile.Open(path + ".npz"));
    }

    /// <summary>Squares of one colour with some noise, between −1 and 1.</summary>
    public static float[] Image()
    {
        const int Side = Architecture.Side;
        double[] squares = Uniform.Sequence("squares", 3 * Squares * Squares);
        double[] noise = Uniform.Sequence("noise", 3 * Side * Side);
        return [.. noise.Select((value, index) => (float)((0.7 * squares[SquareOf(index)]) + (0.3 * value)))];
    }

    /// <summary>Sums over colours and over the squares of the image.</summary>
    public static float[] SumsOfSquares(float[] relevance)
    {
        double[] sums = new double[Squares * Squares];
        for (int index = 0; index < relevance.Length; index++)
        {
            sums[SquareOf(index) % sums.Length] += relevance[index];
        }

        return Array.ConvertAll(sums, sum => (float)sum);
    }

    /// <summary>The network's outputs.</summary>
    public float[] Logits() => Read("logits", 1000);

    /// <summary>Relevance for the likeliest class by EpsilonPlusFlat, as <see cref="SumsOfSquares"/> gives it.</summary>
    public float[] Relevance() => Read("relevance", Squares * Squares);

    /// <summary>Relevance for the likeliest class by an explanation, likewise.</summary>
    public float[] Relevance(string explanation) => Read(explanation, Squares * Squares);

    public void Dispose() => Results.Dispose();

    private static int SquareOf(int index)
    {
        const int Side = Architecture.Side;
        (int row, int x) = Math.DivRem(index, Side);
        (int channel, int y) = Math.DivRem(row, Side);
        return (((channel * Squares) + (y * Squares / Side)) * Squares) + (x * Squares / Side);
    }

    private float[] Read(string name, int length)
    {
        float[] values = new float[length];
        Results.Read(name, values);
        return values;
    }
}
