using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>eˣ over its sum across the channels of an image or a vector, or along a signal, which is the last axis; its gradient is y (g − Σ y g), for whatever rule does not pass.</summary>
internal sealed class SoftmaxLayer(Shape output) : ReferenceLayer(output, LayerKinds.OtherActivation)
{
    public override double[] Forward(double[] a)
    {
        double[] e = [.. a.Select(Math.Exp)];
        double[] sum = Sum(e);
        return [.. e.Select((value, i) => value / sum[GroupOf(i)])];
    }

    public override double[] Backward(BoundRule rule, double[] a, double[] z, double[] r)
    {
        double[] sum = Sum([.. z.Zip(r, (y, g) => y * g)]);
        return rule.Rule.Name switch
        {
            "Pass" => r,
            "FromZero" => ActivationLayer.FromZero(rule, ValueAtZero, z, r),
            _ => [.. z.Select((y, i) => y * (r[i] - sum[GroupOf(i)]))],
        };
    }

    public override Absorbed Absorb(BoundRule rule, double[] a, double[] z, double[] r) => rule.Rule.Name == "FromZero"
        ? ActivationLayer.AbsorbFromZero(rule, ValueAtZero, z, r)
        : LostIn(Backward(rule, a, z, r), r);

    private double ValueAtZero => 1.0 / (Output.Rank == 2 ? Output.Width : Output.Channels);

    /// <summary>The sum of all values in each group that is normalised together.</summary>
    private double[] Sum(double[] values)
    {
        double[] sums = new double[Output.Size];
        for (int i = 0; i < values.Length; i++)
        {
            sums[GroupOf(i)] += values[i];
        }

        return sums;
    }

    private int GroupOf(int element) => Output.Rank == 2 ? element / Output.Width : element % Output.Pixels;
}
