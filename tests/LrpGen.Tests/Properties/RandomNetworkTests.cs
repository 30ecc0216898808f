using System.Globalization;
using CsCheck;
using LrpGen.Tests.Engine;
using Xunit.Sdk;

namespace LrpGen.Tests.Properties;

/// <summary>
/// Generated code against the interpreter on random networks. <c>LRPGEN_PROPERTY_NETWORKS</c> sets their number; in a longer run each batch
/// is for one engine, since most of the time goes into compiling.
/// </summary>
public sealed class RandomNetworkTests
{
    /// <summary>Networks that are compiled together.</summary>
    private const int BatchSize = 24;

    /// <summary>Where the first batch starts, so that a short run is the same every time; further batches are random.</summary>
    public const string FirstSeed = "0000000000000";

    private static readonly EngineKind[] Engines = [EngineKind.Looped, EngineKind.Generated, EngineKind.Unrolled];

    [Fact]
    public void GeneratedCodeAgreesWithTheInterpreter()
    {
        string? given = Environment.GetEnvironmentVariable("LRPGEN_PROPERTY_NETWORKS");
        int networks = given is null ? BatchSize : int.Parse(given, CultureInfo.InvariantCulture);
        Gen<EngineKind[]> engines = networks > BatchSize ? Gen.OneOf(Engines).Select(engine => (EngineKind[])[engine]) : Gen.Const(Engines);
        Gen.Select(RandomCase.Any.Array[BatchSize], engines).Sample(
            Check, seed: FirstSeed, iter: (networks + BatchSize - 1) / BatchSize, threads: 1, print: _ => $"{BatchSize} networks");
    }

    /// <summary>Checks all cases; shows the failure of the smallest network that fails.</summary>
    private static void Check(RandomCase[] cases, EngineKind[] engines)
    {
        Declaration[] declarations = [.. cases.Select((given, index) => given.Declare(index))];
        NetworkLibrary library = new(declarations);
        var failures = cases.Index()
            .Select(given => (Declaration: declarations[given.Index], Failure: Failure(library, declarations[given.Index], given.Item, engines)))
            .Where(result => result.Failure is not null)
            .OrderBy(result => result.Declaration.Network.Layers.Count)
            .ToList();
        Assert.True(failures.Count == 0, failures.Count == 0
            ? null
            : $"""
              {failures.Count} of {cases.Length} networks fail:
              {string.Join("\n", failures.Select(failure => $"{failure.Declaration.Name}: {failure.Failure}"))}
              The smallest is
              {failures[0].Declaration.Source}
              """);
    }

    private static string? Failure(NetworkLibrary library, Declaration declaration, RandomCase given, EngineKind[] engines)
    {
        TensorDictionary weights = given.Network.ToTensors(given.Weights());
        float[] input = given.Input();
        foreach (string explanation in given.Explanations.Select(explanation => explanation.Name))
        {
            Expectation expectation = new(given, explanation);
            foreach (EngineKind engine in engines)
            {
                try
                {
                    INetwork network = library.LoadGenerated(engine, declaration.Name, weights);
                    expectation.Check(new GeneratedNetwork(network, declaration).Explain(explanation, input, given.Target));
                    AssertSameBits(network, explanation, input, given.Target);
                }
                catch (Exception exception) when (exception is XunitException or IndexOutOfRangeException or ArgumentException)
                {
                    return $"{engine}, {explanation}, target {given.Target}: {exception.Message}";
                }
            }
        }

        return null;
    }

    /// <summary>Batches and calls on two threads give what one call alone gives.</summary>
    private static void AssertSameBits(INetwork network, string explanation, float[] input, int target)
    {
        float[][] inputs = [input, Array.ConvertAll(input, value => -value)];
        float[][] alone = [.. inputs.Select(sample => Explain(network, sample))];
        float[] batch = new float[2 * input.Length];
        network.ExplainBatch(explanation, (float[])[.. inputs[0], .. inputs[1]], new[] { target, target }, batch);
        Assert.Equal([.. alone[0], .. alone[1]], batch);
        Assert.Equal(alone[0], Explain(network.WithThreads(2), inputs[0]));

        float[] Explain(INetwork explaining, float[] sample)
        {
            float[] relevance = new float[sample.Length];
            explaining.Explain(explanation, sample, target, relevance);
            return relevance;
        }
    }
}
