using LrpGen.Generator.Model;
using LrpGen.Generator.Planning;
using LrpGen.Tests.Parsing;

namespace LrpGen.Tests.Planning;

/// <summary>Where the step that computes its input does a ReLU's work.</summary>
public class RectificationTests
{
    private const string Layers = "[Network(4)] [Linear(4)] [ReLU] [Linear(4)] [Linear(4, From = \"1\")] [Add(\"2\", \"3\")] [ReLU] [Linear(3)]";

    /// <summary>Every ReLU that the layer before it can do, with that layer.</summary>
    [Theory]
    [InlineData("[Network(4)] [Linear(4)] [ReLU] [Linear(3)] [ReLU]", "1 by 0", "3 by 2")]
    [InlineData("[Network(1, 8)] [Conv1d(4, 3)] [ReLU]", "1 by 0")]
    [InlineData("[Network(1, 8)] [Conv1d(4, 3)] [BatchNorm1d] [Identity] [ReLU]", "3 by 0")]
    [InlineData("[Network(4)] [Linear(4)] [Dropout] [ReLU]", "2 by 0")]
    [InlineData("[Network(4)] [Linear(4)] [Linear(4)] [Add(\"0\", \"1\")] [ReLU]", "3 by 2")]
    [InlineData("[Network(4)] [Linear(4)] [ReLU] [Linear(4, From = \"0\")] [Add(\"1\", \"2\")]")] // z has two readers
    [InlineData("[Network(4)] [Linear(4)] [ReLU] [ReLU(From = \"0\")] [Add(\"1\", \"2\")]")]
    [InlineData("[Network(4)] [Linear(4)] [Identity] [ReLU] [Add(\"1\", \"2\")]")] // what does nothing has
    [InlineData("[Network(4)] [Linear(4)] [Identity] [ReLU] [Add(\"0\", \"2\")]")]
    [InlineData("[Network(4)] [ReLU]")]
    [InlineData("[Network(4)] [Identity] [ReLU]")]
    [InlineData("[Network(1, 8)] [MaxPool1d(2)] [ReLU]")]
    [InlineData("[Network(1, 8)] [Conv1d(4, 3)] [MaxPool1d(2)] [ReLU]")]
    [InlineData("[Network(1, 8)] [MaxPool1d(2)] [BatchNorm1d] [ReLU]")] // batch norm on its own
    [InlineData("[Network(1, 8)] [Conv1d(4, 3)] [Flatten] [ReLU]")]
    [InlineData("[Network(4)] [Linear(4)] [ReLU6] [Linear(4)] [LeakyReLU] [Linear(4)] [GELU]")]
    public void SumsThatOnlyAReLUReadsAreRectified(string network, params string[] expected)
    {
        Network parsed = Declaration.Parse($"{network} [Explain<Own>]", "[ZPlus] struct Own : IComposite;");
        Program program = Planner.Plan(parsed, 0, CancellationToken.None).Forward;
        Program plain = Planner.Plan(parsed, 0, CancellationToken.None, Optimizations.Rectification).Forward;
        List<int> done = [.. Activations(plain).Except(Activations(program))];
        Assert.Equal(done.Count, Rectified(program).Count());
        Assert.Equal(expected, done.Zip(Rectified(program), (relu, source) => $"{relu} by {source}"));
    }

    [Fact]
    public void APredictionNeedsNoNegativeSums() => Assert.Equal([0, 4], Rectified(PlanOf("[Epsilon]").Forward));

    /// <summary>Nor does an explanation, unless relevance comes to where the sum is negative and a denominator needs it there.</summary>
    [Theory]
    [InlineData("[Epsilon]", 0, 4)]
    [InlineData("[Gamma(0.25)]", 0, 4)]
    [InlineData("[ZPlus]", 0, 4)]
    [InlineData("[Derivative]", 0, 4)]
    [InlineData("[Flat(Layer = \"6\")] [ZPlus]", 0)] // the sum's own, under Norm
    [InlineData("[Flat(Layer = \"6\")] [ZPlus] [Derivative(On = LayerKinds.Add)]", 0, 4)]
    [InlineData("[Flat(Layer = \"3\")] [Epsilon]", 4)]
    [InlineData("[Flat(Layer = \"3\")] [Gamma(0.25)]", 4)]
    [InlineData("[Flat(Layer = \"3\")] [ZPlus]", 0, 4)]
    [InlineData("[Flat(Layer = \"3\")] [WSquare]", 0)]
    [InlineData("[Epsilon] [Derivative(On = LayerKinds.Activation)]")]
    [InlineData("[ZBox(-1, 1, First = true)] [Epsilon]", 0, 4)]
    public void AnExplanationMayNeedThem(string rules, params int[] expected)
    {
        Program program = Assert.Single(PlanOf(rules).Explanations);
        Assert.Equal(expected, Rectified(program));
        Assert.Equal(
            new[] { 0, 4 }.Except(expected).Select(layer => layer + 1), Steps(program).OfType<Activate>().Select(step => IndexOf(program, step)));
        Assert.Equal(expected.Select(layer => layer + 1), Steps(program).OfType<RectifyTraced>().Select(step => IndexOf(program, step)));
    }

    private static Plan PlanOf(string rules) => Planner.Plan(
        Declaration.Parse($"{Layers} [Explain<Own>]", $"{rules} struct Own : IComposite;"), UnrollBudget.Default, CancellationToken.None);

    private static IEnumerable<int> Rectified(Program program) => program.Forward.Where(block => block.Rectifies).Select(block => block.Layer);

    private static IEnumerable<Step> Steps(Program program) => program.Forward.SelectMany(block => block.Steps);

    /// <summary>The layers that are ReLUs of their own.</summary>
    private static IEnumerable<int> Activations(Program program) =>
        program.Forward.Where(block => block.Steps.Any(step => step is Activate { Function.Name: "ReLU" })).Select(block => block.Layer);

    private static int IndexOf(Program program, Step step) => program.Forward.Single(block => block.Steps.Contains(step)).Layer;
}
