using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>What is computed of several outputs, element by element; axes of size 1, and those that a shape lacks in front, are repeated.</summary>
internal abstract record BroadcastSpec : LayerSpec
{
    protected override bool Joins => true;

    public override Shape OutputOf(IReadOnlyList<Shape> inputs)
    {
        int rank = inputs.Max(input => input.Rank);
        return Shape.Of([.. Enumerable.Range(1, rank).Select(k => inputs.Where(input => input.Rank >= k).Max(input => input[-k])).Reverse()]);
    }

    // The planner reads all inputs as the first one.
    public override int? ChannelAxis(Shape input, int? ofInput) => null;

    /// <summary>The element of an input that an element of the output is computed of.</summary>
    protected static int ElementOf(Shape input, Shape output, int element) => Enumerable.Range(1, input.Rank)
        .Sum(k => input[-k] == 1 ? 0 : output.Position(-k, element) * input.Stride(-k));
}

internal sealed record Add : BroadcastSpec
{
    public override LayerKinds Kind => LayerKinds.Add;

    // Of equal shapes, an axis lies as it does in the first.
    public override int? ChannelAxis(Shape input, int? ofInput) => ofInput;

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        Shape output = OutputOf([.. inputs.Select(input => input.Shape)]);
        return new LinearLayer(output, Kind, visit =>
        {
            int first = 0;
            foreach (Shape input in inputs.Select(input => input.Shape))
            {
                for (int j = 0; j < output.Size; j++)
                {
                    visit(first + ElementOf(input, output, j), j, 1);
                }

                first += input.Size;
            }
        });
    }
}

/// <summary>The product of two outputs.</summary>
internal sealed record Multiply : BroadcastSpec
{
    public override LayerKinds Kind => LayerKinds.Multiply;

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights) =>
        new ProductLayer(OutputOf([.. inputs.Select(input => input.Shape)]), inputs);

    /// <summary>Gated: the factor that is no gate takes all, and either takes half if both are or none is. Halves: either takes half.</summary>
    private sealed class ProductLayer(Shape output, IReadOnlyList<Source> inputs) : ReferenceLayer(output, LayerKinds.Multiply)
    {
        public override double[] Forward(IReadOnlyList<double[]> a) =>
            [.. Enumerable.Range(0, Output.Size).Select(j => Factor(a, 0, j) * Factor(a, 1, j))];

        public override WayBack Backward(BoundRule rule, IReadOnlyList<double[]> a, double[] z, double[] r)
        {
            bool gated = rule.Rule.Name == "Gated" && inputs[0].IsGate != inputs[1].IsGate;
            double[][] relevances = [.. inputs.Select((input, factor) =>
            {
                double[] relevance = new double[input.Shape.Size];
                for (int j = 0; j < r.Length; j++)
                {
                    relevance[ElementOf(input.Shape, Output, j)] += rule.Rule.Name switch
                    {
                        "Gated" or "Halves" => gated ? input.IsGate ? 0 : r[j] : r[j] / 2,
                        _ => r[j] * Factor(a, 1 - factor, j),
                    };
                }

                return relevance;
            })];
            return rule.Rule.Name is "Gated" or "Halves"
                ? new(relevances, new Absorbed { Magnitude = 2 * r.Sum(Math.Abs) })
                : Change(r, relevances);
        }

        private double Factor(IReadOnlyList<double[]> a, int factor, int j) => a[factor][ElementOf(inputs[factor].Shape, Output, j)];
    }
}
