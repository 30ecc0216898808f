namespace LrpGen.Tests.Engine;

/// <summary>Tensors that are small enough, though some product of their sizes and pitches is beyond an integer.</summary>
public sealed class LargeTensorTests
{
    private const int Inputs = 64;
    private const int Lanes = 65_536;

    /// <summary>
    /// w_ji = 1 where i is j mod 64: the second row again and again, and the gradient of an output is 1 at the input that it is. Lanes times pitch
    /// is 2³².
    /// </summary>
    [Fact]
    public void ARowOfManyLanesIsSelected()
    {
        TensorDictionary weights = new();
        float[] w = [.. Enumerable.Range(0, Lanes * Inputs).Select(k => k / Inputs % Inputs == k % Inputs ? 1f : 0)];
        weights.Add("0.weight", [Lanes, Inputs], w);
        weights.Add("0.bias", [Lanes], new float[Lanes]);
        INetwork network = NetworkLibrary.Load(
            Compiler.Load(
                "0",
                $"""
                using LrpGen;
                namespace {Declaration.Namespace};
                [Network(2, {Inputs})] [Linear({Lanes})] [Select(1)] [Explain<Gradient>]
                public sealed partial class Net;
                """),
            "Net",
            weights);
        float[] input = [.. Enumerable.Range(0, 2 * Inputs).Select(i => i - 70f)];
        float[] output = new float[Lanes];
        network.Forward(input, output);
        Assert.Equal(Enumerable.Range(0, Lanes).Select(j => input[Inputs + (j % Inputs)]), output);

        float[] gradient = new float[input.Length];
        network.Explain("Gradient", input, Lanes - 3, gradient);
        Assert.Equal(Enumerable.Range(0, 2 * Inputs).Select(i => i == (2 * Inputs) - 3 ? 1f : 0), gradient);
    }
}
