using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>What layers have in common that compute an element from the same element of their inputs.</summary>
internal abstract record ElementwiseLayer : PlannedOperation
{
    public override bool IsSelection => false;

    public override Variation Vary(Shape input, VariableAxis axis) => Variation.Of(axis.Axis, axis.Count);

    public override int LanesToRead(Shape input, int present) => present;

    public override int LanesWritten(Shape input, int lanes) => lanes;

    public override bool KeepsLanes(Shape input, int lanes) => true;

    public abstract override SomeRows? RowsRead(int input, SomeRows? written);

    public override IEnumerable<string> Details => [];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => [];
}
