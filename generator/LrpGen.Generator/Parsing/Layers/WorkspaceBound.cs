using LrpGen.Generator.Declarations;

namespace LrpGen.Generator.Parsing;

/// <summary>
/// More values than a call ever has in its buffer: for every layer its output, and the relevances of its output and inputs; and what a
/// rule computes with, at one layer at a time.
/// </summary>
/// <param name="input">Shape of the network's input.</param>
internal sealed class WorkspaceBound(Shape input)
{
    /// <summary>
    /// Tensors as large as a layer's padded inputs and output that a rule computes with. Of the known rules γ and αβ take most, 6: two parts
    /// of a, their padded copies and two products; two denominators, two quotients and their padded copies. The rest is for rules of users
    /// and for gaps between tensors.
    /// </summary>
    private const int Scratch = 16;

    private double kept = Size(input);
    private double largest;

    /// <summary>The bound for the layers so far.</summary>
    public double Values => kept + (Scratch * largest);

    /// <summary>Adds a layer with the shapes of its inputs.</summary>
    public void Add(ParsedLayer layer, IReadOnlyList<Shape> inputs)
    {
        double written = Size(layer.Output);
        // Inputs that are joined may be repeated to the size of the output.
        double read = inputs.Count > 1 ? Math.Max(inputs.Sum(Size), inputs.Count * written) : inputs.Sum(Size);
        double padded = layer.PaddedPixels * (Limits.Pitch(inputs[0][0]) + Limits.Pitch(layer.Output[0]));
        kept += (2 * written) + read + layer.Operation.ValuesKept;
        largest = Math.Max(largest, Math.Max(written + read, padded));
    }

    // Whichever axis lies in the lanes.
    private static double Size(Shape shape) =>
        shape.Sizes.Max(lanes => Limits.Product([Limits.Pitch(lanes), .. shape.Sizes.Select(size => (long)size)]) / lanes);
}
