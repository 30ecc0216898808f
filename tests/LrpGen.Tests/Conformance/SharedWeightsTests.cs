using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using LrpGen.Generator.Basics;
using LrpGen.Generator.Emission;
using LrpGen.Generator.Model;
using LrpGen.Generator.Planning;
using LrpGen.Tests.Engine;

namespace LrpGen.Tests.Conformance;

/// <summary>Layers that share weights give what layers with equal weights of their own give, and hold them once.</summary>
public sealed class SharedWeightsTests
{
    private const string Explained = "[Explain<EpsilonPlus>] [Explain<Gradient>] public sealed partial class";

    private static readonly ConcurrentDictionary<string, Lazy<Assembly>> Assemblies = [];

    /// <summary>Layers, once with shared weights, once with their own, whose tensors are copies of those of others.</summary>
    private static readonly Case[] Cases =
    [
        new("Applied", "[Network(4)] [Linear(4, Name = \"a\")] [Tanh] [Linear(4, Name = \"b\"{0})] [ReLU] [Linear(3, Name = \"c\")]", "a"),
        new(
            "OfRows",
            "[Network(6, 4)] [Linear(4, Name = \"a\")] [Mean(Dim = 0)] [Linear(4, Name = \"b\", Bias = false{0})] "
            + "[Linear(3, Name = \"c\")]",
            "a"),
        new(
            "Folded",
            "[Network(4)] [Linear(4, Name = \"a\")] [BatchNorm1d(Name = \"n\")] [ReLU] [Linear(4, Name = \"b\"{0})] "
            + "[Linear(3, Name = \"c\")]",
            "a"),
        new(
            "Windows",
            "[Network(2, 9)] [Conv1d(2, 3, Padding = 1, Name = \"a\")] [ReLU] [Conv1d(2, 3, Name = \"b\"{0})] [Flatten] "
            + "[Linear(3, Name = \"c\")]",
            "a"),
        new("Normalized", "[Network(5, 4)] [LayerNorm(Name = \"a\")] [Linear(4, Name = \"c\")] [LayerNorm(Name = \"b\"{0})]", "a"),
        new("Scaled", "[Network(5, 4)] [LayerScale(Name = \"a\")] [Linear(4, Name = \"c\")] [LayerScale(Name = \"b\"{0})]", "a"),
    ];

    public static TheoryData<string, string> NamesAndBudgets()
    {
        TheoryData<string, string> data = [];
        foreach (Case shared in Cases)
        {
            data.Add(shared.Name, "0");
            data.Add(shared.Name, "unlimited");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(NamesAndBudgets))]
    public void SharingChangesNoBit(string name, string budget)
    {
        Assembly assembly = Assemblies.GetOrAdd(budget, budget => new(() => Compiler.Load(budget, Cases.SelectMany(Sources)))).Value;
        Dictionary<string, (int[] Shape, float[] Values)> own = Tensors(NetworkLibrary.DescriptionOf(assembly, name + "Own"));
        foreach (string tensor in own.Keys.Where(tensor => tensor == "b" || tensor.StartsWith("b.", StringComparison.Ordinal)).ToList())
        {
            own[tensor] = own["a" + tensor[1..]];
        }

        INetwork expected = NetworkLibrary.Load(assembly, name + "Own", Dictionary(own));
        Dictionary<string, (int[] Shape, float[] Values)> fewer = own.Where(tensor => tensor.Key[0] != 'b').ToDictionary();
        NetworkDescription description = NetworkLibrary.DescriptionOf(assembly, name + "Shared");
        Assert.Equal(fewer.Keys.Order(), description.Tensors.Select(tensor => tensor.Name).Order());
        Assert.Equal(
            fewer.Where(tensor => !tensor.Key.Contains("running")).Sum(tensor => tensor.Value.Values.Length),
            description.Layers.Sum(layer => layer.Parameters));

        // As PyTorch writes it, under both names, and without the second.
        foreach (Dictionary<string, (int[] Shape, float[] Values)> tensors in new[] { fewer, own })
        {
            INetwork actual = NetworkLibrary.Load(assembly, name + "Shared", Dictionary(tensors));
            float[] input = [.. Enumerable.Range(0, actual.InputSize).Select(i => MathF.Sin(1 + i))];
            Assert.Equal(Outputs(expected, input), Outputs(actual, input));
            foreach (string explanation in new[] { "EpsilonPlus", "Gradient" })
            {
                Assert.Equal(Explain(expected, explanation, input), Explain(actual, explanation, input));
            }
        }

        foreach (string tensor in own.Keys.Where(tensor => tensor[0] == 'b').ToList())
        {
            own[tensor] = (own[tensor].Shape, [.. own[tensor].Values.Select(value => value + 1)]);
        }

        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => NetworkLibrary.Load(assembly, name + "Shared", Dictionary(own)));
        Assert.Contains("must be the same", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>The same packing is there once: of two linear layers over vectors, and of two over rows.</summary>
    [Theory]
    [InlineData("[Network(4)] [Linear(4, Name = \"a\")] [Tanh] [Linear(4, Weights = \"a\")]", 1)]
    [InlineData("[Network(5, 4)] [Linear(4, Name = \"a\")] [Narrow(0, 3)] [Linear(4, Bias = false, Weights = \"a\")]", 1)]
    [InlineData("[Network(4)] [Linear(4, Name = \"a\")] [Tanh] [Linear(4)]", 2)]
    public void TheSamePackingIsThereOnce(string layers, int packed)
    {
        Network network = Parsing.Declaration.Parse(layers);
        Plan plan = Planner.Plan(network, unrollBudget: 0, CancellationToken.None);
        Assert.Equal(packed, plan.WeightSets.Count());
    }

    /// <summary>Three layers read slices of one tensor, as the projections of attention do; it is read once.</summary>
    /// <param name="transposed">Whether the file has inputs × outputs.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SlicesOfOneTensorAreRead(bool transposed)
    {
        const string Layers = "[Network(4)] [Linear(4, Name = \"a\")] [Linear(4, Name = \"b\")] [Linear(4, Name = \"c\")]";
        string source = Source("Net", Layers, "");
        Network network = Parsing.Declaration.Parse(Parsing.Declaration.Compile(source), $"{Declaration.Namespace}.Net");
        network = network with { Layers = network.Layers.Select(layer => layer with { Parameter = Slice(layer) }).ToEquatableArray() };
        Plan plan = Planner.Plan(network, unrollBudget: 0, CancellationToken.None);
        Assert.Equal(3, plan.WeightSets.Count());
        string[] files = [.. NetworkEmitter.Write(plan, CancellationToken.None).Select(file => file.Text)];
        Assert.Single(Regex.Matches(string.Concat(files), "weights.Read\\(\"in_proj_weight\"\\)"));

        using MemoryStream stream = new();
        Assert.True(Compiler.Compilation([source, .. files]).Emit(stream).Success);
        Assembly assembly = Assembly.Load(stream.ToArray());
        Dictionary<string, (int[] Shape, float[] Values)> whole = Tensors(NetworkLibrary.DescriptionOf(assembly, "Net"));
        Assert.Equal(transposed ? [4, 12] : [12, 4], whole["in_proj_weight"].Shape);
        INetwork actual = NetworkLibrary.Load(assembly, "Net", Dictionary(whole));

        Dictionary<string, (int[] Shape, float[] Values)> own = [];
        foreach ((int index, string name) in new[] { "a", "b", "c" }.Index())
        {
            own[$"{name}.weight"] = ([4, 4], [.. Enumerable.Range(0, 16).Select(k => WeightAt((4 * index) + (k / 4), k % 4))]);
            own[$"{name}.bias"] = ([4], whole["in_proj_bias"].Values[(4 * index)..(4 * (index + 1))]);
        }

        INetwork expected = NetworkLibrary.Load(Compiler.Load("0", Source("Own", Layers, "")), "Own", Dictionary(own));
        float[] input = [1, -2, 0.5f, 3];
        Assert.Equal(Outputs(expected, input), Outputs(actual, input));
        foreach (string explanation in new[] { "EpsilonPlus", "Gradient" })
        {
            Assert.Equal(Explain(expected, explanation, input), Explain(actual, explanation, input));
        }

        float WeightAt(int output, int i) => whole["in_proj_weight"].Values[transposed ? (i * 12) + output : (output * 4) + i];

        Parameter Slice(Layer layer) => layer.Parameter! with
        {
            Tensors = layer.Parameter.Tensors.Select(source => source with
            {
                Name = $"in_proj_{source.Tensor.Name}",
                First = 4 * layer.Index,
                Length = 12,
                Transposed = transposed && !source.Tensor.IsBias,
            }).ToEquatableArray(),
        };
    }

    private static IEnumerable<string> Sources(Case shared) =>
    [
        Source(shared.Name + "Own", shared.Layers, ""),
        Source(shared.Name + "Shared", shared.Layers, $", Weights = \"{shared.Of}\""),
    ];

    private static string Source(string name, string layers, string weights) =>
        $"using LrpGen; namespace Declared; {string.Format(CultureInfo.InvariantCulture, layers, weights)} {Explained} {name};";

    private static Dictionary<string, (int[] Shape, float[] Values)> Tensors(NetworkDescription description) => description.Tensors
        .Select((tensor, index) => (
            tensor.Name,
            Shape: tensor.Shape.ToArray(),
            Values: Enumerable.Range(0, tensor.Shape.Aggregate(1, (product, size) => product * size))
                .Select(k => tensor.Name.Contains("var", StringComparison.Ordinal) ? 1f : MathF.Cos((5 * index) + k)).ToArray()))
        .ToDictionary(tensor => tensor.Name, tensor => (tensor.Shape, tensor.Values));

    private static TensorDictionary Dictionary(Dictionary<string, (int[] Shape, float[] Values)> tensors)
    {
        TensorDictionary dictionary = new();
        foreach ((string name, (int[] shape, float[] values)) in tensors)
        {
            dictionary.Add(name, [.. shape.Select(size => (long)size)], values);
        }

        return dictionary;
    }

    private static float[] Outputs(INetwork network, float[] input)
    {
        float[] output = new float[network.OutputSize];
        network.Forward(input, output);
        return output;
    }

    private static float[] Explain(INetwork network, string explanation, float[] input)
    {
        float[] relevance = new float[network.InputSize];
        network.Explain(explanation, input, 1, relevance);
        return relevance;
    }

    private sealed record Case(string Name, string Layers, string Of);
}
