using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>eˣ over its sum across the channels; its gradient is y (g − Σ y g), for whatever rule does not pass.</summary>
internal sealed class SoftmaxLayer(Shape output) : ReferenceLayer(output, LayerKinds.OtherActivation)
{
    public override double[] Forward(double[] a)
    {
        double[] e = [.. a.Select(Math.Exp)];
        double[] sum = SumOverChannels(e);
        return [.. e.Select((value, i) => value / sum[i % Output.Pixels])];
    }

    public override double[] Backward(BoundRule rule, double[] a, double[] z, double[] r)
    {
        double[] sum = SumOverChannels([.. z.Zip(r, (y, g) => y * g)]);
        return rule.Rule.Name == "Pass" ? r : [.. z.Select((y, i) => y * (r[i] - sum[i % Output.Pixels]))];
    }

    public override Absorbed Absorb(BoundRule rule, double[] a, double[] z, double[] r) => LostIn(Backward(rule, a, z, r), r);

    private double[] SumOverChannels(double[] values) => [.. Enumerable.Range(0, Output.Pixels).Select(pixel =>
        Enumerable.Range(0, Output.Channels).Sum(channel => values[(channel * Output.Pixels) + pixel]))];
}
