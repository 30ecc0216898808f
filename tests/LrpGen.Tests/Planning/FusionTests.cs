using LrpGen.Generator.Basics;
using LrpGen.Generator.Model;
using LrpGen.Generator.Planning;
using LrpGen.Generator.Rules;
using LrpGen.Tests.Parsing;

namespace LrpGen.Tests.Planning;

public class FusionTests
{
    private const string Convolutions = "[Network(8, 24)] [Conv1d(8, 3)] [ReLU] [Conv1d(8, 3)]";
    private const string Linears = "[Network(30)] [Linear(40)] [ReLU] [Linear(30)] [ReLU] [Linear(30)]";

    private static readonly Contraction Form = Windowed.OfRows(24, 8, 8);
    private static readonly Arrangement Arrangement = new(Shape.Of(24, 8), 1, 16);
    private static readonly Tensor A = New("a");
    private static readonly Tensor Sum = New("z");
    private static readonly Tensor Result = New("s");
    private static readonly Parameter Parameter = new([], new LaneWeights(16), []);
    private static readonly WeightSet Weights = WeightSet.Of(Parameter, WeightPart.W, 0, Packing.Convolution, Form, 16);
    private static readonly Product Product = new(Form, false, A, new Stored(Weights), null, false, Sum);
    private static readonly Pointwise Quotient = new(new Quotient(new Read(A), new Read(Sum), 1e-6), Result);

    /// <summary>The steps of the way back through a layer: + is a product that is added to another, → one with what becomes of its sums.</summary>
    [Theory]
    [InlineData(Convolutions, "[ZPlus]", 2, "Product→Quotient, Pad, Transposed→Times")]
    [InlineData(Convolutions, "[Epsilon]", 2, "Quotient, Pad, Transposed→Times")]
    [InlineData(Convolutions, "[Gamma(0.25)]", 2, "Product→Where, Product→Where, Pad, Transposed, Pad, +Transposed, Times")]
    [InlineData(Convolutions, "[Gamma(0.25)]", 0, "PositivePart, Product, NegativePart, +Product, Quotient, Pad, Transposed, Transposed→Sum")]
    [InlineData(Linears, "[Epsilon]", 2, "Quotient, Transposed→Times")]
    [InlineData(Linears, "[Epsilon]", 0, "Quotient, Transposed→Times")]
    [InlineData(Linears, "[ZPlus]", 2, "Product, Quotient, Transposed→Times")]
    [InlineData("[Network(4)] [Linear(4)] [ReLU] [Linear(3)]", "[Epsilon]", 0, "Quotient, Transposed→Times")] // unrolled
    [InlineData("[Network(8, 9)] [Conv1d(2, 1)] [ReLU] [Conv1d(2, 1)]", "[ZPlus]", 2, "Product, Quotient, Transposed, Times")] // unrolled
    [InlineData("[Network(1, 40)] [Conv1d(32, 3)] [ReLU] [Conv1d(8, 3)]", "[Epsilon]", 0, "Quotient, Pad, Transposed, Times")] // narrow
    [InlineData("[Network(8, 24)] [Conv1d(8, 3)]", "[Derivative]", 0, "Pad, Transposed")]
    public void WhatBecomesOfASumIsPartOfItsProduct(string layers, string rules, int layer, string expected)
    {
        Plan plan = Planner.Plan(
            Declaration.Parse($"{layers} [Explain<Own>]", $"{rules} struct Own : IComposite;"), UnrollBudget.Default, CancellationToken.None);
        IEnumerable<Step> steps = plan.Explanations[0].Backward.Where(block => block.Layer == layer).SelectMany(block => block.Steps);
        Assert.Equal(expected, string.Join(", ", steps.Where(step => step is not TraceStep).Select(Describe)));
    }

    [Fact]
    public void TheSumItselfIsGone()
    {
        Product fused = (Product)Assert.Single(Fuse(Product, Quotient));
        Assert.Equal((Result, Sum), (fused.To, fused.Sum));
        Assert.Equal(Quotient.Value, fused.Then);
        Assert.Equal([A], fused.Operands);
        Assert.Equal([Result], fused.Writes);
        Assert.DoesNotContain(Sum, fused.Reads);
    }

    [Fact]
    public void ASumThatOthersReadStays()
    {
        AssertNotFused(Product, Quotient, new Pointwise(new Read(Sum), New("other")));
        AssertNotFused(Product, Quotient, new Capture(0, CaptureKind.Activation, Sum));
        AssertNotFused(Product, Quotient, new Pointwise(new Read(A) + new Read(Sum), A));
    }

    [Fact]
    public void ASumThatIsAddedToAnotherStays() => AssertNotFused(Product with { Accumulate = true }, Quotient);

    [Fact]
    public void OnlyTheStepBehindAProductIsTakenIn() => AssertNotFused(Product, new Fill([1], Arrangement, A), Quotient);

    [Fact]
    public void AProductTakesInOneStep() =>
        Assert.Equal(2, Fuse(Product, Quotient, new Pointwise(new Read(A) * new Read(Result), New("R"))).Count);

    /// <summary>A weight is of a channel, which a sum in a register doesn't know.</summary>
    [Fact]
    public void ExpressionsWithWeightsStay() =>
        AssertNotFused(
            Product,
            new Pointwise(new Read(Sum) * new ReadWeight(WeightSet.Of(Parameter, WeightPart.W, 0, Packing.Channels, null, 16)), Result));

    [Fact]
    public void SumsOfOtherBlocksStay()
    {
        Program program = new("", null, new UniqueNames("_"), [], [], [], [Block.Inline(0, "", Product), Block.Inline(0, "", Quotient)]);
        Assert.Equal([Product, Quotient], Fusion.Fuse(program, 0).Backward.SelectMany(block => block.Steps));
    }

    private static Tensor New(string name) => new(name, name, Extent.Of(Arrangement));

    private static void AssertNotFused(params Step[] steps) => Assert.Equal(steps, Fuse(steps));

    private static IReadOnlyList<Step> Fuse(params Step[] steps) =>
        Assert.Single(Fusion.Fuse(new Program("", null, new UniqueNames("_"), [], [], [], [Block.Inline(0, "", steps)]), 0).Backward).Steps;

    private static string Describe(Step step) => step switch
    {
        Product product => (product.Accumulate ? "+" : "")
            + (product.Transposed ? "Transposed" : "Product")
            + (product.Then is { } then ? $"→{then.GetType().Name}" : ""),
        Pointwise pointwise => pointwise.Value.GetType().Name,
        _ => step.GetType().Name,
    };
}
