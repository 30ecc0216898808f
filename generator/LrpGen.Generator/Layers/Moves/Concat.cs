using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>All inputs one after the other along an axis.</summary>
internal sealed record Concat(int Dim) : MovingLayer
{
    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        if (layer.Axis("Dim", 0) is not int dim)
        {
            return null;
        }

        if (!layer.Inputs.All(input => input.Rank == layer.Input.Rank && input.With(dim, 1).Sizes.Equals(layer.Input.With(dim, 1).Sizes)))
        {
            return layer.InputsDiffer(dim == 0 ? "inputs that differ in their channels only" : $"inputs that differ along axis {dim} only");
        }

        long size = layer.Inputs.Sum(input => (long)input[dim]);
        return layer.Writes(new Concat(dim), [.. layer.Input.Sizes.Select((present, axis) => axis == dim ? size : present)]);
    }

    public override Variation Vary(Shape input, VariableAxis axis) =>
        axis.Axis == Dim ? Variation.Impossible : Variation.Of(axis.Axis, axis.Count);

    public override int LanesWritten(Shape input, int lanes) => lanes;

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => Dim == 0 ? [] : [("dim", [Dim])];

    protected override IEnumerable<Nest> NestsOf(PlanContext context, int input)
    {
        int first = Enumerable.Range(0, input).Sum(before => context.Read(before).Shape[Dim]);
        Arrangement read = context.Read(input);
        Arrangement written = context.Written;
        return [Nest.Of(0, first * written.Stride(Dim), Enumerable.Range(0, read.Shape.Rank).Select(axis => Along(read, axis, written, axis)))];
    }
}
