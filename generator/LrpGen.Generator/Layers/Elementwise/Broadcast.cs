using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>Inputs of several shapes as if they had one: axes of size 1, and those that a shape lacks in front, are repeated.</summary>
internal static class Broadcast
{
    /// <summary>The common shape; null if there is none.</summary>
    public static Shape? ShapeOf(IReadOnlyList<Shape> inputs)
    {
        int rank = inputs.Max(input => input.Rank);
        int[] sizes = new int[rank];
        for (int axis = 1; axis <= rank; axis++)
        {
            int size = inputs.Where(input => input.Rank >= axis).Max(input => input[-axis]);
            sizes[rank - axis] = size;
            if (inputs.Any(input => input.Rank >= axis && input[-axis] != size && input[-axis] != 1))
            {
                return null;
            }
        }

        return Shape.Of(sizes);
    }

    /// <summary>An input in the shape of the output.</summary>
    public static Tensor Forward(List<Step> steps, PlanContext context, int index, Tensor input, TensorNames names)
    {
        if (context.Read(index).Shape == context.Written.Shape)
        {
            return input;
        }

        Tensor repeated = names.New("a", context.Output);
        if (repeated.Pitch > repeated.Lanes)
        {
            steps.Add(new Clear(repeated.Lanes, repeated));
        }

        steps.Add(new Move(input, NestOf(context, index), Adds: false, repeated));
        return repeated;
    }

    /// <summary>Relevance of the repeated input as that of the input itself: the sum of what each repetition has.</summary>
    public static Tensor Backward(List<Step> steps, LayerBackward plan, int index, Tensor repeated)
    {
        if (plan.Context.Read(index).Shape == plan.Context.Written.Shape)
        {
            return repeated;
        }

        Tensor sum = plan.NewRelevance(index);
        steps.Add(new Clear(0, sum));
        steps.Add(new Move(repeated, NestOf(plan.Context, index).Reversed, Adds: true, sum));
        return sum;
    }

    private static Nest NestOf(PlanContext context, int index)
    {
        Arrangement read = context.Read(index);
        Arrangement written = context.Written;
        int lacking = written.Shape.Rank - read.Shape.Rank;
        return Nest.Of(0, 0, written.Shape.Sizes.Select((size, axis) =>
            new NestAxis(
                size,
                axis < lacking || read.Shape[axis - lacking] == 1 ? 0 : read.Stride(axis - lacking),
                written.Stride(axis),
                written.CountAlong(axis))));
    }
}
