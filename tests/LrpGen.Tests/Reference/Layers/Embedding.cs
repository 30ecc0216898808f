using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>The rows of tokens. What it computes is not here, where networks read values and not ids: see TokenTests.</summary>
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
        throw new NotSupportedException("The interpreter reads values, and no token ids.");
}
