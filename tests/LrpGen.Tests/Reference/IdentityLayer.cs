using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>A layer that changes no value: Flatten, Dropout, Identity, a batch norm that was folded.</summary>
internal sealed class IdentityLayer(Shape output) : ReferenceLayer(output, LayerKinds.None)
{
    public override double[] Forward(double[] a) => a;

    public override double[] Backward(BoundRule rule, double[] a, double[] z, double[] r) => r;
}
