using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>The rows of tokens, whose ids the interpreter reads as numbers.</summary>
internal sealed record Embedding(int Count, int Features) : LayerSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.WithWeights)
    {
        Cases = [],
        IsExported = false,
        Shapes = [new("Tokens = 8", "Embedding(9, 2)", "(≤ 8, 2)")],
        Faults =
        [
            new(
                "LRP0053",
                "Embedding cannot read (3): the tokens of a network with Tokens = … are the input of one [Embedding], the first layer",
                "[Network(3)] [[|Embedding(9, 2)|]]"),
            new(
                "LRP0053",
                "Embedding cannot read token ids: the tokens of a network with Tokens = … are the input of one [Embedding], the first layer",
                """[Network(Tokens = 8)] [Embedding(9, 2)] [[|Embedding(9, 2, From = "input")|]]"""),
        ],
        Random = _ => [],
    };

    public override LayerKinds Kind => LayerKinds.None;

    protected override IEnumerable<string> Arguments => [Text(Count), Text(Features)];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => Shape.Of(inputs[0][0], Features);

    public override IEnumerable<(string Part, Shape Shape)> WeightsOf(Shape input) => [("weight", Shape.Of(Count, Features))];

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights) =>
        new Layer(OutputOf([inputs[0].Shape]), weights[NameOf("weight")]);

    private sealed class Layer(Shape output, double[] table) : ReferenceLayer(output, LayerKinds.None)
    {
        private readonly int features = output[1];

        // Ids may have noise, which all numbers on their way have.
        public override double[] Forward(IReadOnlyList<double[]> a) =>
            [.. a[0].SelectMany(id => table.Skip((int)Math.Round(id) * features).Take(features))];

        /// <summary>A token has the sum over its features.</summary>
        public override WayBack Backward(BoundRule rule, IReadOnlyList<double[]> a, double[] z, double[] r) =>
            Change(r, r.Chunk(features).Select(row => row.Sum()).ToArray());
    }
}
