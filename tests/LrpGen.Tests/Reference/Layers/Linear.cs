using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>z_j = Σ_i a_i w_ij + b_j, for every row along the last axis.</summary>
internal sealed record Linear(int Outputs) : WeightedSpec(Outputs)
{
    public override LayerKinds Kind => LayerKinds.Linear;

    protected override IEnumerable<string> Arguments => [Text(Outputs), .. Named(nameof(Bias), Bias, true)];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0].With(-1, Outputs);

    public override int? ChannelAxis(Shape input, int? ofInput) => input.Rank - 1;

    public override IEnumerable<(string Part, Shape Shape)> WeightsOf(Shape input) => WithBias(Shape.Of(Outputs, input[-1]));

    public override (int Input, int Output) ChannelsOf(int weight, int inputs) => (weight % inputs, weight / inputs);

    public override bool TakesInBehind(Shape input) => input.Rank == 1;

    public override bool TakesInBefore(Shape input) => input.Rank == 1;

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        int features = inputs[0].Shape[-1];
        int rows = inputs[0].Shape.Size / features;
        double[] weight = weights[NameOf("weight")];
        double[] bias = BiasOf(weights, 1);
        return new LinearLayer(OutputOf([inputs[0].Shape]), Kind, Connections(), [.. Enumerable.Repeat(bias, rows).SelectMany(b => b)]);

        IEnumerable<Connections> Connections()
        {
            for (int j = 0; j < Outputs; j++)
            {
                for (int i = 0; i < features; i++)
                {
                    yield return new(i, j, weight[(j * features) + i]) { Count = rows, StepI = features, StepJ = Outputs };
                }
            }
        }
    }
}
