using System.Reflection;

namespace LrpGen.Tests.Engine;

/// <summary>A sum of many layers, and a layer that many read: neither is one expression.</summary>
public sealed class LongSumTests
{
    private const int Summands = 1000;

    private static readonly string Source = $"""
        using LrpGen;

        namespace {Declaration.Namespace};

        [Network(3)]
        {string.Concat(Enumerable.Repeat("[ReLU(From = \"input\")]", Summands))}
        [Add({string.Join(", ", Enumerable.Range(0, Summands).Select(index => $"\"{index}\""))})]
        [Explain<Gradient>]
        public sealed partial class Net;
        """;

    /// <summary>Σ max(x_i, 0) = 1000 max(x_i, 0), of which the derivative is 1000 where x_i is positive.</summary>
    [Fact]
    public void ManyInputsAreSummedAndManyReadersToo()
    {
        Assembly assembly = Compiler.Load(null, [Source]);
        INetwork network = NetworkLibrary.Load(assembly, "Net", new TensorDictionary());
        float[] output = new float[3];
        float[] relevance = new float[3];

        network.Forward([1, -2, 3], output);
        network.Explain("Gradient", [1, -2, 3], [1, 1, 1], relevance);

        Assert.Equal([Summands, 0, 3 * Summands], output);
        Assert.Equal([Summands, 0, Summands], relevance);
    }

    /// <summary>At most eight summands, and what the steps before left.</summary>
    [Fact]
    public void NoLineGrowsWithTheSum()
    {
        IEnumerable<string> stores = Compiler.Generate(null, [Source]).SyntaxTrees
            .SelectMany(tree => tree.ToString().Split('\n'))
            .Where(line => line.Contains("Lanes.Store(", StringComparison.Ordinal));
        Assert.InRange(stores.Max(line => line.Split("Lanes.Load(").Length - 1), 8, 9);
    }
}
