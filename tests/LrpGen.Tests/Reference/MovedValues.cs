using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>Every output is the value of one input, or 0; relevance goes back to where the value came from, and that of a 0 is dropped.</summary>
/// <param name="inputs">Shapes of the inputs.</param>
/// <param name="sources">For every output the input and its element; null for 0.</param>
internal sealed class MovedValues(Shape output, IReadOnlyList<Shape> inputs, IReadOnlyList<(int Input, int Element)?> sources)
    : ReferenceLayer(output, LayerKinds.None)
{
    public override double[] Forward(IReadOnlyList<double[]> a) => [.. sources.Select(source => source is var (input, i) ? a[input][i] : 0)];

    public override WayBack Backward(BoundRule rule, IReadOnlyList<double[]> a, double[] z, double[] r)
    {
        double[][] relevances = [.. inputs.Select(shape => new double[shape.Size])];
        double dropped = 0;
        for (int j = 0; j < r.Length; j++)
        {
            if (sources[j] is var (input, i))
            {
                relevances[input][i] += r[j];
            }
            else
            {
                dropped += r[j];
            }
        }

        return new(relevances, new Absorbed { Dropped = dropped, Magnitude = r.Sum(Math.Abs) });
    }
}
