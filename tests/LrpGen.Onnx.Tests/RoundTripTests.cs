using System.Reflection;
using CsCheck;
using LrpGen.Tests.Conformance;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Properties;
using LrpGen.Tests.Reference;

namespace LrpGen.Onnx.Tests;

/// <summary>
/// Networks to ONNX and back: ONNX Runtime predicts what the network does, and what is imported again predicts and explains alike.
/// </summary>
public sealed class RoundTripTests
{
    private const string Explanation = "EpsilonPlusFlat";

    /// <summary>Both compute in float32, and sum in different orders.</summary>
    private const double OfOnnxRuntime = 1e-5;

    /// <summary>What is imported computes the same but for constants that were rounded to float32.</summary>
    private const double OfOutputs = 1e-6;

    /// <summary>Rules divide by sums that can be small, which enlarges those differences.</summary>
    private const double OfRelevance = 1e-5;

    private static readonly Lazy<IReadOnlyDictionary<string, RoundTrip>> Trips = new(() => Go(
        LayerCases.All.Select(network => (network.Key, network.Value)).Concat(
        ConformanceCase.All.Values.Select(network => (network.ClassName, network.Network)))));

    public static TheoryData<string> Networks => [.. LayerCases.All.Keys, .. ConformanceCase.All.Values.Select(network => network.ClassName)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void OnnxRuntimePredictsTheSame(string name) => Trips.Value[name].CheckExport();

    [Theory]
    [MemberData(nameof(Networks))]
    public void WhatIsImportedIsTheSame(string name) => Trips.Value[name].CheckImport();

    [Fact]
    public void RandomNetworksStayTheSame()
    {
        RandomCase[] cases = [];
        RandomCase.Any.Array[24].Sample(sample => cases = sample, seed: RandomNetworkTests.FirstSeed, iter: 1, threads: 1);
        Assert.All(Go(cases.Select((given, index) => ($"Net{index}", given.Network))).Values, trip =>
        {
            trip.CheckExport();
            trip.CheckImport();
        });
    }

    private static Dictionary<string, RoundTrip> Go(IEnumerable<(string Name, NetworkSpec Network)> networks)
    {
        Declaration[] declarations =
            [.. networks.Select(network => new Declaration(network.Name, network.Network, Presets.Get(Explanation, [])))];
        NetworkLibrary library = new(declarations);
        RoundTrip[] trips = [.. declarations.Select(declaration => new RoundTrip(declaration, library))];
        Assembly imported = Compiler.Load(null, trips.Select(trip => trip.Imported.Source));
        foreach (RoundTrip trip in trips)
        {
            trip.Again = NetworkLibrary.Load(imported, trip.Imported.ClassName, trip.Imported.Weights);
        }

        return trips.ToDictionary(trip => trip.Name);
    }

    private sealed class RoundTrip
    {
        private readonly INetwork network;
        private readonly RandomCase given;
        private readonly byte[] model;

        public RoundTrip(Declaration declaration, NetworkLibrary library)
        {
            Name = declaration.Name;
            given = new(declaration.Network, [], Seed: 1);
            TensorDictionary weights = declaration.Network.ToTensors(given.Weights());
            network = library.LoadGenerated(EngineKind.Generated, Name, weights);
            using MemoryStream stream = new();
            OnnxModel.Export(network.Description, weights, stream);
            model = stream.ToArray();
            Imported = OnnxModel.Import(new MemoryStream(model), new() { Namespace = Declaration.Namespace, ClassName = Name });
        }

        public string Name { get; }

        public ImportedNetwork Imported { get; }

        public INetwork? Again { get; set; }

        public void CheckExport() =>
            Numbers.AssertClose(Judge.Predict(model, given.Input()).ToDoubles(), Forward(network).ToDoubles(), OfOnnxRuntime, Name);

        public void CheckImport()
        {
            Numbers.AssertClose(Forward(network).ToDoubles(), Forward(Again!).ToDoubles(), OfOutputs, $"{Name}: output\n{Imported.Source}");
            Numbers.AssertClose(Relevance(network), Relevance(Again!), OfRelevance, $"{Name}: relevance\n{Imported.Source}");
        }

        private float[] Forward(INetwork of)
        {
            float[] output = new float[of.OutputSize];
            of.Forward(given.Input(), output);
            return output;
        }

        private double[] Relevance(INetwork of)
        {
            float[] relevance = new float[of.InputSize];
            of.Explain(Explanation, given.Input(), given.Target, relevance);
            return relevance.ToDoubles();
        }
    }
}
