using System.Reflection;
using System.Text.RegularExpressions;
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

    /// <summary>Inputs are in −4 … 4, beyond the kinks of most activations.</summary>
    private const double Scale = 4;

    private static readonly Lazy<IReadOnlyDictionary<string, RoundTrip>> Trips = new(() => Go(
        [
            .. Go(LayerCases.Single.Select(layer => (layer.Key, layer.Value.With(outputs: 3)))),
            .. Go(LayerCases.Together.Select(network => (network.Key, network.Value))),
            .. Go(ConformanceCase.All.Values.Select(network => (network.ClassName, network.Network))),
            .. Go(LayerCases.Declared),
        ]));

    public static TheoryData<string> Names =>
    [
        .. LayerCases.Single.Keys,
        .. LayerCases.Together.Keys,
        .. ConformanceCase.All.Values.Select(network => network.ClassName),
        .. LayerCases.Declared.Keys,
    ];

    /// <summary>All but the products of data: ONNX spells out what <c>TransposeB</c> and <c>Heads</c> say.</summary>
    public static TheoryData<string> NamesOfTheSameClasses =>
    [
        .. LayerCases.Single.Where(layer => layer.Value.ComesBack).Select(layer => layer.Key).Concat(LayerCases.Declared.Keys)
            .Where(name => !name.StartsWith("MatMul", StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void OnnxRuntimePredictsTheSame(string name) => Trips.Value[name].CheckExport();

    [Theory]
    [MemberData(nameof(Names))]
    public void WhatIsImportedIsTheSame(string name) => Trips.Value[name].CheckImport();

    /// <summary>As layers of the kinds that were declared, and not as their pieces; branches may have changed their places.</summary>
    [Theory]
    [MemberData(nameof(NamesOfTheSameClasses))]
    public void ClassesAreTheSame(string name) =>
        Assert.Equal(Kinds(Trips.Value[name].Source).Order(), Kinds(Trips.Value[name].Imported.Source).Order());

    /// <summary>
    /// Those of layers that ONNX has with any arguments, but for an input whose axes are exchanged: the import takes it with its axes as the layers want
    /// them.
    /// </summary>
    [Fact]
    public void RandomNetworksStayTheSame()
    {
        RandomCase[] cases = [];
        RandomCase.Any.Array[24].Sample(sample => cases = sample, seed: RandomNetworkTests.FirstSeed, iter: 1, threads: 1);
        HashSet<string> unknown = [.. LayerTrials.All.Where(kind => !kind.IsExported).Select(kind => kind.Name)];
        IEnumerable<NetworkSpec> networks =
            cases.Select(given => given.Network)
                .Where(network => !network.Layers.Any(layer => unknown.Contains(layer.Op)) && !ExchangesInput(network) && !LooksLikeBatchNorm(network));
        Assert.All(Go(Go(networks.Select((network, index) => ($"Net{index}", network)))).Values, trip =>
        {
            trip.CheckExport();
            trip.CheckImport();
        });
    }

    /// <summary>Sums and products of a vector with numbers are what ONNX has for a batch norm, which a linear layer behind it takes in.</summary>
    private static bool LooksLikeBatchNorm(NetworkSpec network) =>
        network.Layers.Zip(network.Outputs()).Any(layer => layer.First is PositionEmbedding or LayerScale && layer.Second.Rank == 1);

    private static bool ExchangesInput(NetworkSpec network)
    {
        HashSet<int> inputs = [-1];
        inputs.UnionWith(Enumerable.Range(0, network.Layers.Count)
            .TakeWhile(k => network.Layers[k] is Identity or Dropout && inputs.Contains(network.InputsOf(k)[0])));
        return network.Layers.Index().Any(layer => layer.Item is Permute or Transpose && inputs.Contains(network.InputsOf(layer.Index)[0]));
    }

    private static IEnumerable<RoundTrip> Go(IEnumerable<(string Name, NetworkSpec Network)> networks)
    {
        Declaration[] declarations =
            [.. networks.Select(network => new Declaration(network.Name, network.Network, Presets.Get(Explanation, [])))];
        NetworkLibrary library = new(declarations);
        return declarations.Select(declaration =>
        {
            RandomCase given = new(declaration.Network, [], Seed: 1, Scale: Scale);
            TensorDictionary weights = declaration.Network.ToTensors(given.Weights());
            INetwork network = library.LoadGenerated(EngineKind.Generated, declaration.Name, weights);
            return new RoundTrip(declaration.Name, declaration.Source, network, weights, given.Input(), given.Target);
        });
    }

    private static IEnumerable<RoundTrip> Go(IReadOnlyDictionary<string, string> declared)
    {
        Assembly assembly = Compiler.Load(null, declared.Select(network => Source(network.Key, network.Value)));
        return declared.Keys.Select(name =>
        {
            Type type = assembly.GetType($"{Declaration.Namespace}.{name}", throwOnError: true)!;
            NetworkDescription description = (NetworkDescription)type.GetProperty("Description")!.GetValue(null)!;
            Random random = new(1);
            TensorDictionary weights = new();
            foreach (TensorDescription tensor in description.Tensors)
            {
                bool isVariance = tensor.Name.EndsWith("running_var", StringComparison.Ordinal);
                weights.Add(tensor.Name, [.. tensor.Shape], Values(random, tensor.Shape, value => isVariance ? 1.5 + value : value));
            }

            float[] input = Values(random, description.InputShape, value => Scale * value);
            return new RoundTrip(name, Source(name, declared[name]), NetworkLibrary.Load(assembly, name, weights), weights, input, target: 0);
        });
    }

    private static Dictionary<string, RoundTrip> Go(IEnumerable<RoundTrip> networks)
    {
        RoundTrip[] trips = [.. networks];
        Assembly imported = Compiler.Load(null, trips.Select(trip => trip.Imported.Source));
        foreach (RoundTrip trip in trips)
        {
            trip.Again = NetworkLibrary.Load(imported, trip.Imported.ClassName, trip.Imported.Weights);
        }

        return trips.ToDictionary(trip => trip.Name);
    }

    private static string Source(string name, string layers) =>
        $"using LrpGen;\n\nnamespace {Declaration.Namespace};\n\n{layers}\n[Explain<{Explanation}>]\npublic sealed partial class {name};\n";

    private static IEnumerable<string> Kinds(string source) => Regex.Matches(source, @"\[(\w+)").Select(kind => kind.Groups[1].Value);

    private static float[] Values(Random random, IReadOnlyList<int> shape, Func<double, double> scale) =>
        [.. Enumerable.Range(0, shape.Aggregate(1, (product, size) => product * size)).Select(_ => (float)scale((2 * random.NextDouble()) - 1))];

    private sealed class RoundTrip
    {
        private readonly INetwork network;
        private readonly float[] input;
        private readonly int target;
        private readonly byte[] model;

        public RoundTrip(string name, string source, INetwork network, ITensorSource weights, float[] input, int target)
        {
            Name = name;
            Source = source;
            this.network = network;
            this.input = input;
            this.target = target;
            using MemoryStream stream = new();
            OnnxModel.Export(network.Description, weights, stream);
            model = stream.ToArray();
            Imported = OnnxModel.Import(
                new MemoryStream(model), new() { Namespace = Declaration.Namespace, ClassName = Name, Explanations = [Explanation] });
        }

        public string Name { get; }

        /// <summary>As it was declared.</summary>
        public string Source { get; }

        public ImportedNetwork Imported { get; }

        public INetwork? Again { get; set; }

        public void CheckExport() =>
            Numbers.AssertClose(Judge.Predict(model, input).ToDoubles(), Forward(network).ToDoubles(), OfOnnxRuntime, Name);

        public void CheckImport()
        {
            Numbers.AssertClose(Forward(network).ToDoubles(), Forward(Again!).ToDoubles(), OfOutputs, $"{Name}: output\n{Source}\n{Imported.Source}");
            Numbers.AssertClose(Relevance(network), Relevance(Again!), OfRelevance, $"{Name}: relevance\n{Imported.Source}");
        }

        private float[] Forward(INetwork of)
        {
            float[] output = new float[of.OutputSize];
            of.Forward(input, output);
            return output;
        }

        private double[] Relevance(INetwork of)
        {
            float[] relevance = new float[of.InputSize];
            of.Explain(Explanation, input, target, relevance);
            return relevance.ToDoubles();
        }
    }
}
