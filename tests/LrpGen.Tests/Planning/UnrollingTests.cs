using LrpGen.Generator.Planning;
using LrpGen.Tests.Parsing;

namespace LrpGen.Tests.Planning;

public class UnrollingTests
{
    [Theory]
    [InlineData("[Network(4)] [Linear(3)]", 0, "looped: 12 multiply-adds exceed 0")]
    [InlineData("[Network(4)] [Linear(3)]", UnrollBudget.Default, "unrolled: 12 multiply-adds")]
    [InlineData("[Network(64)] [Linear(8)]", UnrollBudget.Default, "unrolled: 512 multiply-adds")]
    [InlineData("[Network(64)] [Linear(9)]", UnrollBudget.Default, "looped: 576 multiply-adds exceed 512")]
    [InlineData("[Network(64)] [Linear(9)]", UnrollBudget.Unlimited, "unrolled: 576 multiply-adds")]
    [InlineData("[Network(784)] [Linear(128)]", UnrollBudget.Default, "looped: 100,352 multiply-adds exceed 512")]
    [InlineData("[Network(1, 6)] [Conv1d(2, 3)]", UnrollBudget.Default, "unrolled: 24 multiply-adds")]
    [InlineData("[Network(800)] [Linear(8)]", UnrollBudget.Unlimited, "unrolled: 6,400 multiply-adds")]
    [InlineData("[Network(801)] [Linear(8)]", UnrollBudget.Unlimited, "looped: 801 vector operations exceed 800 in a method")]
    [InlineData("[Network(8, 100)] [Conv1d(8, 1)]", UnrollBudget.Unlimited, "looped: 1,800 vector operations exceed 800 in a method")]
    [InlineData("[Network(16, 100)] [Conv1d(16, 3, Groups = 16)]", UnrollBudget.Unlimited, "unrolled: 4,704 multiply-adds")]
    public void PlanSaysWhy(string network, int budget, string reason)
    {
        Contraction form = FormOf(network);
        Assert.Equal(reason, Unrolling.Reason(form, budget));
        Assert.Equal(reason.StartsWith("unrolled", StringComparison.Ordinal), Unrolling.IsUnrolled(form, budget));
    }

    /// <summary>Of 2,000 pixels, the transposed product adds to 200 and clears the others, each two vectors of 8 channels.</summary>
    [Fact]
    public void StoresCountAsWell() => Assert.Equal(
        "looped: 4,400 vector operations exceed 800 in a method",
        Unrolling.Reason(FormOf("[Network(1, 2000)] [Conv1d(1, 1, Stride = 10)]"), UnrollBudget.Default));

    private static Contraction FormOf(string network) => ((PlannedOperation)Assert.Single(Declaration.Parse(network).Layers).Operation).Form!;
}
