using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>The same values, in the same order, with other sizes.</summary>
internal sealed record Reshape(Shape To) : PlannedOperation
{
    public static ParsedLayer? ParseFlatten(LayerDeclaration layer)
    {
        if (layer.Axis("StartDim", 0) is not int start)
        {
            return null;
        }

        Shape to = Shape.Of([.. layer.Input.Sizes.Take(start), layer.Input.Product(start, layer.Input.Rank)]);
        return new ParsedLayer(new Reshape(to), to);
    }

    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        const string name = "sizes";
        IReadOnlyList<int> given = layer.Arguments.Integers(name);
        List<int> sizes = [.. given];
        if (!layer.Arguments.Valid)
        {
            return null;
        }

        int open = sizes.IndexOf(-1);
        long known = sizes.Where(size => size > 0).Aggregate(1L, (product, size) => Math.Min(product * size, Limits.Size));
        if (open >= 0 && layer.Input.Size % known == 0)
        {
            sizes[open] = (int)(layer.Input.Size / known);
        }

        if (sizes.Count == 0 || sizes.Any(size => size < 1) || Limits.Product([.. sizes.Select(size => (long)size)]) != layer.Input.Size)
        {
            string list = $"({string.Join(", ", given)})";
            layer.Fault(Descriptors.AxesDoNotFit, name, "The sizes", layer.Kind, $"hold {layer.Input.Size} values", list, layer.Input);
            return null;
        }

        Shape to = Shape.Of([.. sizes]);
        return new ParsedLayer(new Reshape(to), to);
    }

    public override LayerKinds RuleKind => LayerKinds.None;

    public override Sign SignOf(Sign input) => input;

    public override bool IsSelection => true;

    public override bool OnlyRearranges => true;

    public override bool KeepsBoundsOfChannels => true;

    public override Variation Vary(Shape input, VariableAxis axis) =>
        axis.Axis == 0 && To[0] == input[0] ? Variation.Of(0, axis.Count) : Variation.Impossible;

    public override int LanesToRead(Shape input, int present) => present;

    public override int LanesWritten(Shape input, int lanes) => SameRows(input, lanes) ?? To.Rank - 1;

    public override bool KeepsLanes(Shape input, int lanes) => SameRows(input, lanes) is not null;

    public override IEnumerable<string> Details => [];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments =>
        [("shape", To.Sizes.Select(size => (double)size).ToEquatableArray())];

    public override void Forward(LayerForward plan)
    {
        if (IsFree(plan.Context))
        {
            plan.Pass();
        }
        else
        {
            plan.Inline(to => new Rearrange(plan.Input(), plan.Context.Read(), to, plan.Context.Written));
        }
    }

    public override void Backward(LayerBackward plan)
    {
        if (IsFree(plan.Context))
        {
            plan.Give(plan.Relevance);
            return;
        }

        Tensor result = plan.NewRelevance();
        plan.Inline(new Rearrange(plan.Relevance, plan.Context.Written, result, plan.Context.Read()));
        plan.Give(result);
    }

    public override bool PassesRelevance(PlanContext context, Rule? rule) => IsFree(context);

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => ofOutput;

    private bool IsFree(PlanContext context) => KeepsLanes(context.Layer.Input, context.Read().LaneAxis);

    /// <summary>The axis of the output that lies in the lanes if memory stays as it is; null if it cannot.</summary>
    private int? SameRows(Shape input, int lanes)
    {
        int before = input.Product(0, lanes);
        for (int axis = 0; axis < To.Rank && lanes >= 0; axis++)
        {
            if (To[axis] == input[lanes] && To.Product(0, axis) == before)
            {
                return axis;
            }
        }

        return null;
    }
}
