namespace LrpGen.Generator.Planning;

/// <summary>What a mask means for the memory of its layer's output: blocks, in each of which what calls choose lies one after another.</summary>
/// <param name="Kind">What they choose, in the plural.</param>
/// <param name="Count">How many there are; of an axis whose length calls choose, the most.</param>
/// <param name="Positions">The length of that axis; null if it is always the same.</param>
/// <param name="Block">Floats of a block.</param>
/// <param name="Step">Floats of what is chosen.</param>
/// <param name="StepVaries">Whether the last grows with the tensor.</param>
internal sealed record MaskedAxis(string Kind, int Count, Count? Positions, int Block, int Step, bool StepVaries)
{
    public bool BlockVaries => StepVaries || Positions is not null;

    public static MaskedAxis Of(NetworkFacts facts, Mask mask)
    {
        Arrangement arrangement = facts.Arrangements[mask.Layer];
        int axis = mask.Axis ?? arrangement.LaneAxis;
        int count = arrangement.Shape[axis];
        VariableAxis? variable = arrangement.Shape.Variable;
        if (axis != arrangement.LaneAxis)
        {
            int stride = arrangement.Stride(axis);
            bool isLonger = variable?.Axis > axis && variable.Value.Axis != arrangement.LaneAxis;
            return new("positions", count, variable?.Axis == axis ? variable.Value.Count : null, stride * count, stride, isLonger);
        }

        return facts.Network.Layers[mask.Layer].Operation.OwnHeads is int heads && mask.Axis is null
            ? new("heads", heads, null, arrangement.Pitch, count / heads, StepVaries: false)
            : new(mask.Axis is null ? "channels" : "positions", count, null, arrangement.Pitch, 1, StepVaries: false);
    }
}
