using LrpGen.Generator.Declarations;

namespace LrpGen.Generator.Parsing;

/// <summary>What becomes of an axis whose length every call chooses, from layer to layer. It never lies in the lanes.</summary>
internal static class VariableLength
{
    /// <summary>The shape of a layer's output with its variable axis, if it has one; null after a fault.</summary>
    public static Shape? OutputOf(LayerDeclaration layer, ParsedLayer parsed)
    {
        if (layer.Inputs.FirstOrDefault(input => input.Variable is not null) is not { Variable: { } axis } varying)
        {
            return parsed.Output;
        }

        if (layer.Inputs.Any(input => !FollowsOrRepeats(input, axis, axis.Axis - varying.Rank)))
        {
            layer.InputsDiffer("inputs that are equally long in every call");
            return null;
        }

        Variation variation = parsed.Operation.Vary(varying, axis);
        if (!variation.IsPossible || parsed.Operation.LanesToRead(varying, -1) == axis.Axis || !IsOfRows(parsed.Output, variation.Output))
        {
            layer.Fault(Descriptors.LengthIsUnknown, null, layer.Kind, axis.Axis, varying);
            return null;
        }

        return parsed.Output with { Variable = variation.Output };
    }

    /// <summary>Whether an input has the same axis, or one element for all positions.</summary>
    /// <param name="fromEnd">The axis, counted from the end.</param>
    private static bool FollowsOrRepeats(Shape input, VariableAxis axis, int fromEnd) => input.Variable is { } own
        ? own.Axis - input.Rank == fromEnd && own.Count == axis.Count
        : input.Rank < -fromEnd || input[fromEnd] == 1;

    // Rows of one position are one after another, whatever else is in them, and positions are the outermost.
    private static bool IsOfRows(Shape output, VariableAxis? axis) =>
        axis is null || (output.Rank >= 2 && (axis.Value.Axis == 0 || (axis.Value.Axis == 1 && output.Rank == 2)));
}
