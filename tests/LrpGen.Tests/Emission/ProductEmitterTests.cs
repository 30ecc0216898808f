using System.Text.RegularExpressions;
using LrpGen.Tests.Engine;

namespace LrpGen.Tests.Emission;

public partial class ProductEmitterTests
{
    /// <summary>
    /// The first convolution of each copy has 8 input channels, like the second but for the first copy's, which has 4. A ledger's sums are those
    /// before the ReLU, by the same method.
    /// </summary>
    [Fact]
    public void LikeLayersShareTheMethodsOfTheirProducts()
    {
        string generated = string.Concat(Compiler.Generate(null, """
            using LrpGen;

            [Conv2d(8, 3, Padding = 1)] [ReLU] [Conv2d(8, 3, Padding = 1)] [ReLU]
            public struct Step : IBlock;

            [Network(4, 9, 9)] [Block<Step>(Repeat = 4)] [Explain<Gradient>]
            public sealed partial class Net;
            """).SyntaxTrees);

        string[] methods = ["ProductOf3x3From4To8", "ProductOf3x3From8To8", "TransposedProductOf3x3From4To8", "TransposedProductOf3x3From8To8"];
        Assert.Equal(methods, Names(DispatchMethod()).Order());
        Assert.Equal(methods, Names(GenericMethod()).Order());
        Assert.Equal(2, Regex.Count(generated, @"<summary>3×3, 8 → 8 channels, 9×9 → 9×9: "));
        Assert.Equal(8, Regex.Count(generated, @"private void Forward\w+\("));

        IEnumerable<string> Names(Regex method) => method.Matches(generated).Select(match => match.Groups[1].Value);
    }

    /// <summary>The method that is called.</summary>
    [GeneratedRegex(@"static void (\w*Product\w+)\(")]
    private static partial Regex DispatchMethod();

    /// <summary>The one for vectors of a width.</summary>
    [GeneratedRegex(@"static void (\w*Product\w+)<TSimd, TVector>\(")]
    private static partial Regex GenericMethod();
}
