namespace LrpGen.Tests.Engine;

/// <summary>What positions, class tokens and the softmax of attention absorb, worked out by hand.</summary>
public sealed class LedgerColumnTests
{
    /// <summary>x = (3, 1), p = (1, −2), w = (1, 2): R = (4, −2), of which p / (x + p) is 1/4 and 2.</summary>
    [Fact]
    public void PositionsAbsorbTheirShare()
    {
        LedgerRow row = RowOf("[PositionEmbedding(Name = \"p\")]", [3, 1], ("p", [1, 2], [1, -2]), ("head.weight", [1, 2], [1, 2]));
        AssertRow(row, output: 2, input: 5, positions: -3);
    }

    /// <summary>c = (5, 7), x = (1, 2), all weights 1: R is the value itself.</summary>
    [Fact]
    public void ClassTokenAbsorbsItsRow()
    {
        LedgerRow row = RowOf("[ClassToken(Name = \"c\")]", [1, 2], ("c", [2], [5, 7]), ("head.weight", [1, 4], [1, 1, 1, 1]));
        AssertRow(row, output: 15, input: 3, classToken: 12);
    }

    /// <summary>Rows x of one feature, the first of which is explained: W_j = x_j / 2, G_j = P_j (W_j − Σ P W), lost is Σ P W − Σ x_0 x_j G_j.</summary>
    [Fact]
    public void SoftmaxOfAttentionLosesItsConstant()
    {
        double[] x = [0.5, -1, 2];
        double[] e = [.. x.Select(value => Math.Exp(x[0] * value))];
        double[] p = [.. e.Select(value => value / e.Sum())];
        double half = p.Zip(x, (weight, value) => weight * value / 2).Sum();
        double handedOn = p.Zip(x, (weight, value) => x[0] * value * weight * ((value / 2) - half)).Sum();

        LedgerRow row = RowOf(
            "[ScaledDotProductAttention(\"input\", \"input\", \"input\")]", [.. x.Select(value => (float)value)], ("head.weight", [1, 3], [1, 0, 0]));
        AssertRow(row, output: 2 * half, input: half + handedOn, softmax: half - handedOn);
    }

    private static void AssertRow(
        LedgerRow row, double output, double input, double positions = 0, double classToken = 0, double softmax = 0)
    {
        const double Stabilizer = 1e-5;
        Assert.Equal(output, row.Output, Stabilizer);
        Assert.Equal(input, row.Input, Stabilizer);
        Assert.Equal(positions, row.Positions, Stabilizer);
        Assert.Equal(classToken, row.ClassToken, Stabilizer);
        Assert.Equal(softmax, row.Softmax, Stabilizer);
        Assert.Equal(0, row.Bias);
        Assert.Equal(0, row.Dropped, Stabilizer);
    }

    private static LedgerRow RowOf(string layer, float[] input, params (string Name, long[] Shape, float[] Values)[] weights)
    {
        int features = layer.Contains("Attention", StringComparison.Ordinal) ? 1 : input.Length;
        System.Reflection.Assembly assembly = Compiler.Load(
            "0",
            $"using LrpGen; namespace Declared; [Network({input.Length / features}, {features})] {layer} [Flatten] "
            + "[Linear(1, Bias = false, Name = \"head\")] [Explain<AttnLRP>] public partial class Net;");
        TensorDictionary tensors = new();
        Array.ForEach(weights, weight => tensors.Add(weight.Name, weight.Shape, weight.Values));
        return NetworkLibrary.Load(assembly, "Net", tensors).Trace("AttnLRP", input, 0).Ledger!.Rows[0];
    }
}
