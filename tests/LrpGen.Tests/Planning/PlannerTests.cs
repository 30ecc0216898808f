using LrpGen.Generator.Emission;
using LrpGen.Generator.Model;
using LrpGen.Generator.Planning;
using LrpGen.Tests.Parsing;

namespace LrpGen.Tests.Planning;

public class PlannerTests
{
    /// <summary>The denominators of ε are the forward pass's z.</summary>
    [Fact]
    public void EpsilonComputesNoProductAgain()
    {
        Plan plan = PlanOf("[Network(1, 8)] [Conv1d(2, 3)] [ReLU] [Flatten] [Linear(4)] [ReLU] [Linear(3)] [Explain<Own>]", "[Epsilon]");
        Assert.Empty(plan.Load);
        Assert.All(Products(AfterForward(Assert.Single(plan.Explanations))), product => Assert.True(product.Transposed));
    }

    /// <summary>z⁺ has one term behind a ReLU, and two where the input may be negative.</summary>
    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 1)]
    public void TermsOfNegativeInputsVanishBehindReLU(int layer, int terms)
    {
        Plan plan = PlanOf("[Network(4)] [Linear(4)] [ReLU] [Linear(4)] [ReLU] [Linear(3)] [Explain<Own>]", "[ZPlus]");
        List<Product> products = [.. Products(plan.Explanations[0].Backward).Where(product => ReadsWeightsOf(plan, layer, product))];
        Assert.Equal(terms, products.Count(product => product.Transposed));
        Assert.Equal(terms, products.Count(product => !product.Transposed));
    }

    [Theory]
    [InlineData("[Flat]")]
    [InlineData("[WSquare]")]
    [InlineData("[ZBox(-1, 1, First = true)] [WSquare]")]
    public void ConstantDenominatorsAreComputedOnceAtLoad(string rules)
    {
        const string Layers = "[Network(1, 8)] [Conv1d(2, 3)] [ReLU] [Flatten] [Linear(3)]";
        Plan one = PlanOf($"{Layers} [Explain<Own>]", rules);
        Plan two = PlanOf($"{Layers} [Explain<Own>] [Explain<Own>(Name = \"Again\")]", rules);

        Assert.Equal([0, 3], one.Load.Where(block => Products([block]).Any()).Select(block => block.Layer).Order());
        Assert.Equal(one.Stored.Select(tensor => tensor.Name), two.Stored.Select(tensor => tensor.Name));
        Assert.Equal(one.Load.Count, two.Load.Count);
        Assert.All(two.Explanations, program => Assert.All(Products(AfterForward(program)), product => Assert.True(product.Transposed)));
    }

    [Fact]
    public void RelevanceOfATargetStartsFromItsRow()
    {
        Plan plan = PlanOf("[Network(4)] [Linear(5)] [ReLU] [Linear(3)] [Dropout] [Explain<Own>]", "[ZPlus]");
        Program program = Assert.Single(plan.Explanations);
        Assert.All(Products(program.FromTarget), product => Assert.True(product.TargetOnly && ReadsWeightsOf(plan, 2, product)));
        Assert.All(Products(program.FromObjective), product => Assert.True(!product.TargetOnly && ReadsWeightsOf(plan, 2, product)));
        Assert.All(Products(program.Backward), product => Assert.True(!product.TargetOnly && ReadsWeightsOf(plan, 0, product)));
    }

    /// <summary>A convolution's output is no row of weights.</summary>
    [Fact]
    public void RelevanceOfATargetStartsFromAllOutputsOfAConvolution()
    {
        Program program = Assert.Single(PlanOf("[Network(1, 8)] [Conv1d(2, 3)] [Explain<Own>]", "[Epsilon]").Explanations);
        Assert.IsType<SeedOutputs>(Assert.Single(program.FromTarget.SelectMany(block => block.Steps)));
    }

    /// <summary>
    /// From a row only the target's relevance is known, so it cannot serve where all outputs have some, or where channels are chosen.
    /// </summary>
    [Theory]
    [InlineData("Seed = Seed.Contrastive", false)]
    [InlineData("Seed = Seed.SoftmaxGradient", false)]
    [InlineData("Seed = Seed.One", true)]
    [InlineData("Mask = \"1\"", true)]
    [InlineData("Mask = \"2\"", false)]
    [InlineData("Mask = \"3\"", false)]
    public void RelevanceStartsFromARowWhereItMay(string arguments, bool fromRow)
    {
        Plan plan = PlanOf($"[Network(4)] [Linear(5)] [ReLU] [Linear(3)] [Dropout] [Explain<Own>({arguments})]", "[ZPlus]");
        Assert.Equal(fromRow, Products(Assert.Single(plan.Explanations).FromTarget).Any());
    }

    [Fact]
    public void ExplanationsShareMethods()
    {
        Network network = Declaration.Parse(
            "[Network(1, 8)] [Conv1d(2, 3)] [ReLU] [Flatten] [Linear(4)] [ReLU] [Linear(3)] [Explain<EpsilonPlus>] [Explain<EpsilonPlusFlat>]");
        Plan plan = Planner.Plan(network, UnrollBudget.Default, CancellationToken.None);
        string text = string.Concat(NetworkEmitter.Write(plan, CancellationToken.None).Select(file => file.Text));
        Assert.Equal(3, Count("BackwardLinear3Epsilon(")); // the method and a call from each explanation
        Assert.Equal(1, Count("private void BackwardLinear3Epsilon("));
        Assert.Equal(1, Count("private void ForwardConv0("));
        Assert.Equal(1, Count("private void BackwardConv0ZPlus("));
        Assert.Equal(1, Count("private void BackwardConv0Flat("));

        int Count(string part) => text.Split(part).Length - 1;
    }

    private static Plan PlanOf(string network, string rules) =>
        Planner.Plan(Declaration.Parse(network, $"{rules} struct Own : IComposite;"), UnrollBudget.Default, CancellationToken.None);

    private static IEnumerable<Block> AfterForward(Program program) => [.. program.FromTarget, .. program.FromObjective, .. program.Backward];

    private static IEnumerable<Product> Products(IEnumerable<Block> blocks) => blocks.SelectMany(block => block.Steps).OfType<Product>();

    private static bool ReadsWeightsOf(Plan plan, int layer, Product product) =>
        product.Weights.Parameter == plan.Network.Layers[layer].Parameter!.OfWeights;
}
