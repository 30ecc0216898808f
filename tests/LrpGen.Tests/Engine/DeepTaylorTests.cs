using LrpGen.Tests.Properties;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Engine;

/// <summary>
/// Deep Taylor decomposition as Montavon et al. 2017 derive it, without any rule: each neuron's relevance R_j = c_j max(0, z_j) with
/// c_j = R_j / z_j is expanded at a root point x̃ of its own, where the plane z_j = 0 meets the line from the layer's input x along a search
/// direction. To first order an input then gets R_i = Σ_j ∂R_j/∂x_i (x_i − x̃_i) = Σ_j c_j w_ij (x_i − x̃_i).
/// </summary>
public sealed class DeepTaylorTests
{
    private const double Low = -1;
    private const double High = 1.5;

    /// <summary>Generated code divides by z + 1e-6 where the derivation divides by z.</summary>
    private const double Stabilized = 3e-4;

    private static readonly NetworkSpec Convolutional = NetworkSpec.Sequential(
        Shape.Of(2, 8, 8),
        new Conv2d(6, 3) { Padding = 1 },
        new ReLU(),
        new AvgPool2d(2),
        new Conv2d(5, 2),
        new ReLU(),
        new Flatten(),
        new Linear(8),
        new ReLU(),
        new Linear(3));

    private static readonly NetworkSpec Perceptron = NetworkSpec.Sequential(
        Shape.Of(12),
        new Linear(16),
        new ReLU(),
        new Linear(8),
        new ReLU(),
        new Linear(3));

    private static readonly ExplanationSpec[] Explanations =
    [
        new("Unbounded") { Preset = nameof(DeepTaylor) },
        new("NonNegative") { Preset = nameof(DeepTaylor), Lows = [0] },
        new("Box") { Preset = nameof(DeepTaylor), Lows = [Low], Highs = [High] },
    ];

    private static readonly NetworkLibrary Library = new(
        new(nameof(Convolutional), Convolutional, Explanations), new(nameof(Perceptron), Perceptron, Explanations));

    /// <summary>
    /// Biases are at most 0, as the paper requires, and 0 in the first layer under w², whose rule counts b² where the derivation has none;
    /// the last layer's weights are positive, so that there is something to explain.
    /// </summary>
    [Theory]
    [InlineData(nameof(Convolutional), "Unbounded")]
    [InlineData(nameof(Convolutional), "NonNegative")]
    [InlineData(nameof(Convolutional), "Box")]
    [InlineData(nameof(Perceptron), "Unbounded")]
    [InlineData(nameof(Perceptron), "NonNegative")]
    [InlineData(nameof(Perceptron), "Box")]
    public void RelevanceIsTheTaylorExpansionAtTheRootPoints(string name, string explanation)
    {
        NetworkSpec spec = name == nameof(Perceptron) ? Perceptron : Convolutional;
        RandomCase given = new(spec, [], Seed: 2);
        string last = spec.Layers[^1].Name;
        string? withoutBias = explanation == "Unbounded" ? $"{spec.Layers[0].Name}.bias" : null;
        Dictionary<string, float[]> weights = given.Weights().ToDictionary(weight => weight.Key, weight => Array.ConvertAll(weight.Value, value =>
            weight.Key == withoutBias ? 0
            : weight.Key.EndsWith("bias", StringComparison.Ordinal) ? -Math.Abs(value) / 8
            : weight.Key.StartsWith(last, StringComparison.Ordinal) ? Math.Abs(value)
            : value));
        float[] input = Array.ConvertAll(given.Input(), value => explanation == "NonNegative" ? Math.Abs(value) : value);
        IEngineNetwork network = Library.Load(EngineKind.Generated, name, spec.ToTensors(weights));
        double[] output = network.Explain(explanation, input, 0).Output;
        int target = Array.IndexOf(output, output.Max());
        Assert.True(output[target] > 0, "The network is silent.");

        Run run = network.Explain(explanation, input, target);
        double[][] expected = Decompose(spec, weights, input.ToDoubles(), target, explanation);
        foreach ((int index, LayerSpec layer) in spec.Layers.Index())
        {
            Numbers.AssertClose(expected[index + 1], run.Layers[layer.Name].Relevance, Stabilized, $"layer {layer.Name}");
        }

        Numbers.AssertClose(expected[0], run.Relevance, Stabilized, "input");
        Assert.All(expected, relevance => Assert.Equal(output[target], relevance.Sum(), Stabilized * output[target]));
        Assert.All(expected, relevance => Assert.All(relevance, r => Assert.True(r >= -1e-12)));
    }

    /// <summary>Relevance of the input and of every layer's output.</summary>
    private static double[][] Decompose(
        NetworkSpec spec, IReadOnlyDictionary<string, float[]> weights, double[] input, int target, string domain)
    {
        Dictionary<string, double[]> exact = weights.ToDictionary(weight => weight.Key, weight => weight.Value.ToDoubles());
        double[][] values = [input, .. new Interpreter(spec, exact).Forward(input)];
        double[][] relevances = [.. values.Select(value => new double[value.Length])];
        relevances[^1][target] = values[^1][target];
        for (int k = spec.Layers.Count - 1; k >= 0; k--)
        {
            bool isLinear = spec.Layers[k] is Linear or Conv2d or AvgPool2d;
            ReferenceLayer layer = spec.Layers[k].Create(spec.Sources()[k], exact);
            relevances[k] = isLinear ? Expand(layer, values[k], relevances[k + 1], k == 0 ? domain : "NonNegative") : relevances[k + 1];
        }

        return relevances;
    }

    /// <summary>The sum over all neurons of the first-order terms at their root points.</summary>
    private static double[] Expand(ReferenceLayer layer, double[] x, double[] relevance, string domain)
    {
        double[] z = layer.Forward([x]);
        double[] b = layer.Forward([new double[x.Length]]);
        double[][] w = [.. x.Select((_, i) => layer.Forward([[.. x.Select((_, k) => k == i ? 1.0 : 0)]]).Zip(b, (y, bias) => y - bias).ToArray())];
        double[] sum = new double[x.Length];
        foreach (int j in Enumerable.Range(0, z.Length).Where(j => relevance[j] != 0))
        {
            double[] direction = [.. x.Select((xi, i) => Direction(xi, w[i][j], domain))];
            double t = z[j] / direction.Select((v, i) => v * w[i][j]).Sum();
            double[] root = [.. x.Zip(direction, (xi, v) => xi - (t * v))];
            Assert.Equal(0, layer.Forward([root])[j], 1e-9);
            Assert.All(root, coordinate => Assert.True(IsInDomain(coordinate, domain)));
            for (int i = 0; i < x.Length; i++)
            {
                sum[i] += relevance[j] / z[j] * w[i][j] * (x[i] - root[i]);
            }
        }

        return sum;
    }

    /// <summary>
    /// Without bounds along the gradient, to the nearest root; else to the corner of the domain where z_j is least, which with b ≤ 0 lies
    /// beyond the plane: inputs of positive weight at their lowest, those of negative weight at their highest, or where they are if nothing
    /// bounds them.
    /// </summary>
    private static double Direction(double x, double w, string domain) => domain switch
    {
        "Unbounded" => w,
        "NonNegative" => w > 0 ? x : 0,
        _ => w > 0 ? x - Low : w < 0 ? x - High : 0,
    };

    private static bool IsInDomain(double x, string domain) => domain switch
    {
        "Unbounded" => true,
        "NonNegative" => x >= -1e-12,
        _ => x is >= Low - 1e-12 and <= High + 1e-12,
    };
}
