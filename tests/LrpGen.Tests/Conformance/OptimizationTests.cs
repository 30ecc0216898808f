using System.Reflection;
using LrpGen.Generator.Planning;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;
using Microsoft.CodeAnalysis;

namespace LrpGen.Tests.Conformance;

/// <summary>
/// Without any one of what the planner does beyond the textbook's program, and without all of it, results are right all the same. Each time a
/// quarter of the explanations of a quarter of the networks is tried, by turns, because compiling takes long; all with LRPGEN_ALL_NETWORKS=1.
/// Networks that are the few to gain are always among them.
/// </summary>
public sealed class OptimizationTests
{
    private const int Turns = 4;

    private static readonly Optimizations[] Each = [.. Enum.GetValues<Optimizations>().Where(one => one != Optimizations.None)];

    private static readonly Dictionary<Optimizations, string> Gaining = new()
    {
        [Optimizations.Tiles] = "vgg_mini",
        [Optimizations.Threads] = "vgg_mini",
        [Optimizations.SharedLoops] = "resnet_mini",
        [Optimizations.ReadRows] = "vit",
    };

    private static readonly Optimizations All = Each.Aggregate((all, one) => all | one);

    private static readonly bool TriesAll = Environment.GetEnvironmentVariable("LRPGEN_ALL_NETWORKS") == "1";

    public static TheoryData<string> Left => [.. Each.Select(one => one.ToString()), nameof(All)];

    [Theory]
    [MemberData(nameof(Left))]
    public void ResultsAreRightWithout(string left)
    {
        Optimizations without = left == nameof(All) ? All : Enum.Parse<Optimizations>(left);
        int turn = Array.IndexOf(Each, without) + 1;
        FileCase[] all =
        [
            .. ConformanceCase.All.Values.OrderBy(network => network.Name, StringComparer.Ordinal),
            .. SequenceCase.All.Values,
            .. VaryingCase.All.Values,
        ];
        FileCase[] gaining = [.. from pair in Gaining where (without & pair.Key) != 0 select all.Single(network => network.Name == pair.Value)];
        (FileCase Network, string[] Keys)[] tried =
        [
            .. gaining.Concat(InTurn(all, turn)).Distinct().Select((network, index) =>
                (network, InTurn(network.Explanations.Keys.Order(StringComparer.Ordinal), turn + index).ToArray())),
        ];
        Declaration[] declarations = Array.ConvertAll(
            tried, one => one.Network.Declaration with { Explanations = [.. one.Keys.Select(key => one.Network.Explanations[key])] });
        Compilation compilation = Compiler.GenerateWithout(without, declarations);

        // Otherwise nothing would be tested.
        Declaration[] different = gaining.Length > 0 ? declarations[..1] : declarations;
        Assert.NotEqual(Texts(Compiler.GenerateWithout(Optimizations.None, different)), Texts(Compiler.GenerateWithout(without, different)));
        IReadOnlyDictionary<string, Assembly> assemblies = Compiler.Load(compilation, declarations);
        foreach (((FileCase expected, string[] keys), Declaration declaration) in tried.Zip(declarations))
        {
            using TensorFile weights = expected.OpenWeights();
            GeneratedNetwork network = new(NetworkLibrary.LoadAny(assemblies[expected.ClassName], expected.ClassName, weights), declaration);
            Assert.All(keys, key => expected.Check(key, sample: 0, network, expected.Tolerance(key)));
        }
    }

    private static IEnumerable<string> Texts(Compilation compilation) => compilation.SyntaxTrees.Select(tree => tree.ToString());

    private static IEnumerable<T> InTurn<T>(IEnumerable<T> all, int turn) =>
        all.Where((_, index) => TriesAll || index % Turns == turn % Turns);
}
