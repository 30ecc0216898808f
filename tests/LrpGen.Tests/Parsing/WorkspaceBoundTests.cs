using LrpGen.Generator.Declarations;
using LrpGen.Generator.Model;
using LrpGen.Generator.Parsing;
using LrpGen.Generator.Planning;
using Microsoft.CodeAnalysis.CSharp;

namespace LrpGen.Tests.Parsing;

public class WorkspaceBoundTests
{
    /// <summary>The largest image that is accepted; if its buffer were longer, the length would have overflowed.</summary>
    [Theory]
    [InlineData(1, "[ReLU] [Tanh] [Explain<Gradient>]")]
    [InlineData(3, "[Conv2d(64, 3, Padding = 1)] [ReLU] [Conv2d(64, 3, Padding = 1)] [Explain<EpsilonAlpha2Beta1>]")]
    [InlineData(12, "[Conv2d(12, 9, Groups = 3, Dilation = 5, Padding = 40)] [Explain<EpsilonGammaBox>(Low = 0, High = 1)]")]
    [InlineData(4, "[Conv2d(4, 5, Groups = 2, Stride = 2)] [Explain<Own>]")]
    [InlineData(8, """[Conv2d(8, 1)] [ReLU] [Add("input", "0", "1", "1")] [AvgPool2d(2)] [Explain<EpsilonPlus>]""")]
    [InlineData(8, """[Conv2d(8, 1)] [Add("input", "0", "0", "input")] [ReLU] [Conv2d(8, 1)] [Explain<EpsilonAlpha2Beta1>(Mask = "1")]""")]
    [InlineData(8, """[Concat("input", "input", "input", "input")] [Conv2d(1, 3)] [Explain<EpsilonPlus>]""")]
    public void Buffer_of_what_is_accepted_is_not_too_long(int channels, string attributes)
    {
        int accepted = 16;
        for (int step = 1 << 14; step > 0; step /= 2)
        {
            accepted += Parse(channels, accepted + step, attributes) is null ? 0 : step;
        }

        Plan plan = Planner.Plan(Parse(channels, accepted, attributes)!, unrollBudget: 0, CancellationToken.None);

        Assert.InRange(Placement.Of(Assert.Single(plan.Explanations).Blocks).Length, 1, Limits.Buffer);
    }

    private static Network? Parse(int channels, int size, string attributes)
    {
        CSharpCompilation compilation = Declaration.Compile($$"""
            [Network({{channels}}, {{size}}, {{size}})] {{attributes}} partial class Net;
            [Share("a (w+γw⁺) - a⁺ w² + a⁻ w⁻", Bias = "b")] [Share("a w + a⁻ w²")] [Share("a⁺ w⁺ - a⁻ w⁻", Where = "z<0")]
            class ManyAttribute(double gamma) : RuleAttribute;
            [Many(0.5)] struct Own : IComposite;
            """);
        return NetworkParser.Parse(compilation.GetTypeByMetadataName("Net")!, new Reporter(), CancellationToken.None);
    }
}
