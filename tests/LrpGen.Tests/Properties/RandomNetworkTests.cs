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
        Gen.Select(Gen.OneOf(RandomCase.Any, RandomCase.OfAnyLength).Array[BatchSize], engines).Sample(
            Check, seed: Environment.GetEnvironmentVariable("CsCheck_Seed") ?? FirstSeed, iter: (networks + BatchSize - 1) / BatchSize, threads: 1, print: _ => $"{BatchSize} networks");
    }

    /// <summary>Checks all cases; shows the failure of the smallest network that fails.</summary>
    private static void Check(RandomCase[] cases, EngineKind[] engines)
    {
        Declaration[] declarations = [.. cases.Select((given, index) => given.Declare(index))];
        NetworkLibrary library = new(declarations);
        var failures = cases.Index().AsParallel()
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
        RandomCase[] calls = [.. given.OfLengths()];
        foreach (string explanation in given.Explanations.Select(explanation => explanation.Name))
        {
            foreach (EngineKind engine in engines)
            {
                string call = "";
                try
                {
                    object network = library.LoadAny(engine, declaration.Name, weights);
                    foreach (RandomCase one in calls)
                    {
                        call = $"{one.Rows} rows";
                        Expectation expectation = new(one, explanation);
                        expectation.Check(new GeneratedNetwork(network, declaration).Explain(explanation, one.Input(), one.Target));
                    }

                    AssertSameBits(network, explanation, calls);
                }
                catch (Exception exception) when (
                    exception is XunitException or IndexOutOfRangeException or ArgumentException or NotFiniteNumberException)
                {
                    return $"{engine}, {explanation}, {call}: {exception.Message}";
                }
            }
        }

        return null;
    }

    /// <summary>Batches and calls on two threads give what one call alone gives.</summary>
    private static void AssertSameBits(object network, string explanation, RandomCase[] calls)
    {
        float[][] inputs = [.. calls.Select(call => call.Input())];
        int[] targets = [.. calls.Select(call => call.Target)];
        if (network is ITokenNetwork ofTokens)
        {
            AssertSame(ofTokens, ofTokens.WithThreads(2), Array.ConvertAll(inputs, GeneratedNetwork.ToIds));
        }
        else
        {
            AssertSame((INetwork)network, ((INetwork)network).WithThreads(2), inputs);
        }

        void AssertSame<TInput>(INetworkOf<TInput> alone, INetworkOf<TInput> shared, TInput[][] inputs)
            where TInput : unmanaged
        {
            float[][] expected = [.. inputs.Zip(targets, (input, target) => Explain(alone, input, target))];
            float[][] batch = [.. inputs.Select(input => new float[input.Length])];
            alone.ExplainBatch(
                explanation,
                [.. inputs.Select(input => new ReadOnlyMemory<TInput>(input))],
                targets,
                [.. batch.Select(relevance => relevance.AsMemory())]);
            Assert.Equal(expected, batch);
            Assert.Equal(expected[0], Explain(shared, inputs[0], targets[0]));
        }

        float[] Explain<TInput>(INetworkOf<TInput> explaining, TInput[] input, int target)
            where TInput : unmanaged
        {
            float[] relevance = new float[input.Length];
            explaining.Explain(explanation, input, target, relevance);
            return relevance;
        }
    }
}
