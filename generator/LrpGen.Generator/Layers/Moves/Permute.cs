using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>Axes in another order: axis k of the output is axis Dims[k] of the input.</summary>
internal sealed record Permute(EquatableArray<int> Dims) : MovingLayer
{
    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        const string name = "dims";
        EquatableArray<int> given = layer.Arguments.Array<int>(name);
        int rank = layer.Input.Rank;
        EquatableArray<int> dims = given.Select(dim => dim < 0 ? dim + rank : dim).ToEquatableArray();
        if (layer.Arguments.Valid && !dims.OrderBy(dim => dim).SequenceEqual(Enumerable.Range(0, rank)))
        {
            layer.Fault(Descriptors.AxesDoNotFit, name, "The axes", layer.Kind, "name each axis once", $"({string.Join(", ", given)})", layer.Input);
        }

        return layer.Arguments.Valid ? Parsed(layer, dims) : null;
    }

    /// <summary>The last two axes exchanged.</summary>
    public static ParsedLayer? ParseTranspose(LayerDeclaration layer)
    {
        int rank = layer.Input.Rank;
        return rank >= 2
            ? Parsed(layer, [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2])
            : layer.DoesNotFit("two axes or more");
    }

    public override bool OnlyRearranges => true;

    public override Variation Vary(Shape input, VariableAxis axis) => Variation.Of(Dims.ToList().IndexOf(axis.Axis), axis.Count);

    public override int LanesWritten(Shape input, int lanes) => Dims.ToList().IndexOf(lanes);

    public override bool KeepsLanes(Shape input, int lanes)
    {
        List<int> rows = [.. Dims.Where(dim => dim != lanes && input[dim] > 1)];
        return rows.SequenceEqual(rows.OrderBy(dim => dim));
    }

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments =>
        [("dims", Dims.Select(dim => (double)dim).ToEquatableArray())];

    public override void Forward(LayerForward plan)
    {
        if (IsFree(plan.Context))
        {
            plan.Pass();
        }
        else
        {
            base.Forward(plan);
        }
    }

    public override void Backward(LayerBackward plan)
    {
        if (IsFree(plan.Context))
        {
            plan.Give(plan.Relevance);
        }
        else
        {
            base.Backward(plan);
        }
    }

    public override bool PassesRelevance(PlanContext context, Rule? rule) => IsFree(context);

    protected override IEnumerable<Nest> NestsOf(PlanContext context, int input)
    {
        Arrangement read = context.Read();
        Arrangement written = context.Written;
        return [Nest.Of(0, 0, Dims.Select((dim, axis) => Along(read, dim, written, axis)))];
    }

    private static ParsedLayer Parsed(LayerDeclaration layer, EquatableArray<int> dims) =>
        new(new Permute(dims), new Shape(dims.Select(dim => layer.Input[dim]).ToEquatableArray()));

    private bool IsFree(PlanContext context) => KeepsLanes(context.Layer.Input, context.Read().LaneAxis);
}
