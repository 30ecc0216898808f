using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Procedures;

/// <summary>Procedures on networks so simple that their relevance is known.</summary>
public sealed class ClosedFormTests
{
    private static readonly ExplanationSpec IntegratedGradients = Presets.Get("IntegratedGradients") with { Procedure = new AlongPathSpec(200, -1) };

    private static readonly ExplanationSpec OneStep = Presets.Get("IntegratedGradients") with { Name = "OneStep", Procedure = new AlongPathSpec(1) };

    private static readonly ExplanationSpec NoNoise = Presets.Get("SmoothGrad") with { Name = "NoNoise", Procedure = new WithNoiseSpec(3, 0) };

    private static readonly ExplanationSpec SmoothGrad = Presets.Get("SmoothGrad") with { Procedure = new WithNoiseSpec(4000, 0.1) };

    private static readonly ExplanationSpec Single = Presets.Get("Occlusion") with { Name = "Single", Procedure = new OccludeSpec(1, 1, -1) };

    private static readonly ExplanationSpec Pairs = Presets.Get("Occlusion") with { Name = "Pairs", Procedure = new OccludeSpec(2, 2) };

    private static readonly ExplanationSpec Taylor = Presets.Get("TaylorDecomposition");

    private static readonly ExplanationSpec Boxed = Taylor with { Name = "Boxed", Lows = [0.5], Highs = [3] };

    private static readonly NetworkLibrary Library = new(
        new Declaration(
            "Affine",
            NetworkSpec.Sequential(Shape.Of(3), new Linear(2)),
            [IntegratedGradients, OneStep, NoNoise, SmoothGrad, Single, Pairs, Taylor, Boxed, Presets.Get("Gradient")]),
        new Declaration(
            "Smooth",
            NetworkSpec.Sequential(Shape.Of(3), new Linear(1), new Softplus(), new Linear(2)),
            [IntegratedGradients, NoNoise, SmoothGrad, Taylor, Presets.Get("Gradient")]),
        new Declaration(
            "Kinked",
            NetworkSpec.Sequential(Shape.Of(3), new Linear(2), new ReLU(), new Linear(2)),
            [Taylor]));

    private static readonly float[] X = [2, 1, -0.5f];

    /// <summary>w of the explained output of Affine, whose bias is 0.5, so that f(x) = 2 − 1.5 − 0.25 + 0.5 = 0.75.</summary>
    private static readonly double[] W = [1, -1.5, 0.5];

    /// <summary>The gradient is w everywhere, so its mean is, and R_i = w_i (x_i − x₀_i) whatever the steps. ΣR = f(x) − f(x₀).</summary>
    [Theory]
    [InlineData("IntegratedGradients", -1)]
    [InlineData("OneStep", 0)]
    public void IntegratedGradientsOfAnAffineFunction(string explanation, double baseline)
    {
        Explanation trace = Affine().Trace(explanation, X, 1);

        Assert.Empty(trace.Layers);
        Assert.Null(trace.Ledger);
        Numbers.AssertClose([.. W.Zip(X, (w, x) => w * (x - baseline))], trace.Relevance.Span.ToDoubles(), 1e-6, explanation);
        Assert.Equal(0.75, trace.Completeness!.Value, 1e-6);
        Assert.Equal(0.5 + (baseline * W.Sum()), trace.Completeness.ReferenceValue, 1e-6);
        Assert.Equal(0, trace.Completeness.Error, 1e-6);
    }

    [Fact]
    public void IntegratedGradientsFromAGivenBaseline()
    {
        INetwork network = Affine();
        RelativeCalls calls = new(network, "IntegratedGradients");
        float[] baseline = [0.5f, -2, 1];
        double[] expected = [.. W.Select((w, i) => w * (X[i] - baseline[i]))];
        float[] relevance = new float[3];
        calls.ExplainTarget(X, 1, baseline, relevance);
        Numbers.AssertClose(expected, relevance.ToDoubles(), 1e-6, "target");
        calls.ExplainOutputs(X, [0, 2], baseline, relevance);
        Numbers.AssertClose([.. expected.Select(r => 2 * r)], relevance.ToDoubles(), 1e-6, "twice the target");
        Assert.Equal(0, calls.Trace(X, 1, baseline).Completeness!.Error, 1e-6);
        Assert.Equal("baseline", Assert.Throws<ArgumentException>(() => calls.ExplainTarget(X, 1, baseline.AsSpan(1), relevance)).ParamName);
        Assert.Equal("baseline", Assert.Throws<ArgumentException>(() => calls.Trace(X, 1, [0, float.NaN, 0])).ParamName);
    }

    /// <summary>
    /// f = softplus(z), z = w·x + b, has the derivative σ(z) w_i. On the way from z₀ to z₁ ∫ σ(z₀ + t (z₁ − z₀)) dt =
    /// (softplus(z₁) − softplus(z₀)) / (z₁ − z₀). The trapezoidal rule of 200 steps errs by (z₁ − z₀)² max|σ″| / (12 · 200²) &lt; 3e-6.
    /// </summary>
    [Fact]
    public void IntegratedGradientsOfSoftplus()
    {
        double z1 = 0.75;
        double z0 = 0.5 - W.Sum();
        double mean = (Softplus(z1) - Softplus(z0)) / (z1 - z0);

        Explanation trace = Smooth().Trace("IntegratedGradients", X, 1);

        Numbers.AssertWithin([.. W.Zip(X, (w, x) => w * (x + 1) * mean)], trace.Relevance.Span.ToDoubles(), 1e-5, "relevance");
        Assert.Equal(Softplus(z0), trace.Completeness!.ReferenceValue, 1e-6);
        Assert.Equal(0, trace.Completeness.Error, 1e-5);
    }

    [Fact]
    public void SmoothGradWithoutNoiseIsTheGradient()
    {
        INetwork network = Smooth();
        float[] gradient = new float[3];
        float[] smooth = new float[3];
        network.Explain("Gradient", X, 1, gradient);
        network.Explain("NoNoise", X, 1, smooth);
        Numbers.AssertClose(gradient.ToDoubles(), smooth.ToDoubles(), 1e-6, "relevance");
    }

    /// <summary>
    /// z is normal around 0.75 with the deviation s = 0.1 (2 + 0.5) ‖w‖ = 0.468, and E σ(z) ≈ σ + σ″ s²/2, the next term s⁴ σ⁗/8 being
    /// below 1e-3. The mean of 4000 samples has the deviation s σ′ / √4000 = 0.0016.
    /// </summary>
    [Fact]
    public void SmoothGradOfSoftplus()
    {
        const double z = 0.75;
        double s = 0.25 * Math.Sqrt(W.Sum(w => w * w));
        double σ = 1 / (1 + Math.Exp(-z));
        double mean = σ + (σ * (1 - σ) * (1 - (2 * σ)) * s * s / 2);
        float[] relevance = new float[3];

        Smooth().Explain("SmoothGrad", X, 1, relevance);

        Numbers.AssertWithin([.. W.Select(w => w * mean)], relevance.ToDoubles(), 0.009, "relevance");
    }

    /// <summary>Replacing x_i by −1 takes w_i (x_i + 1) away; the pair of the last windows, which end at the edge, shares x_1.</summary>
    [Fact]
    public void OcclusionOfAnAffineFunction()
    {
        float[] relevance = new float[3];
        Affine().Explain("Single", X, 1, relevance);
        Numbers.AssertClose([.. W.Zip(X, (w, x) => w * (x + 1))], relevance.ToDoubles(), 1e-6, "single features");

        double first = (W[0] * X[0]) + (W[1] * X[1]);
        double last = (W[1] * X[1]) + (W[2] * X[2]);
        Affine().Explain("Pairs", X, 1, relevance);
        Numbers.AssertClose([first, (first + last) / 2, last], relevance.ToDoubles(), 1e-6, "pairs");
    }

    /// <summary>
    /// The root of f = w·x + b along −w is x₀ = x − f(x) w / ‖w‖², so that R_i = w_i (x_i − x₀_i) = f(x) w_i² / ‖w‖². ΣR = f(x): the bias has
    /// gone to the inputs.
    /// </summary>
    [Theory]
    [InlineData(1, 0.75)]
    [InlineData(-1, -0.75)]
    public void TaylorDecompositionOfAnAffineFunction(float outputRelevance, double value)
    {
        float[] relevance = new float[3];
        Affine().Explain("TaylorDecomposition", X, [0, outputRelevance], relevance);
        Numbers.AssertClose([.. W.Select(w => value * w * w / W.Sum(v => v * v))], relevance.ToDoubles(), 2e-5, "relevance");
    }

    /// <summary>
    /// f = 2 at (2, 1), with w = (1, 1) and b = −1. Down the gradient x₁ meets its bound 0.5 at (1.5, 0.5), then x₀ goes on alone to
    /// (0.5, 0.5), where f = 0. R = (2 − 0.5, 1 − 0.5). The third input has w = 0.
    /// </summary>
    [Fact]
    public void RootStaysBetweenBounds()
    {
        INetwork network = Affine([1, 1, 0], -1);
        Explanation trace = network.Trace("Boxed", [2, 1, 1], 1);
        Numbers.AssertWithin([1.5, 0.5, 0], trace.Relevance.Span.ToDoubles(), 1e-4, "relevance");
        Assert.Equal(0, trace.Completeness!.ReferenceValue, 1e-4);
    }

    /// <summary>At least w·0.5 + b = 2 has f between the bounds.</summary>
    [Fact]
    public void NoRootBetweenBoundsIsAnError()
    {
        NoRootException exception = Assert.Throws<NoRootException>(() => Affine([1, 1, 0], 1).Trace("Boxed", [2, 1, 1], 1));
        Assert.Contains("f(x) = 4", exception.Message, StringComparison.Ordinal);
        Assert.Contains("f = 2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("gradient vanishes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InputBeyondBoundsIsAnError()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Affine().Trace("Boxed", X, 1));
        Assert.Equal("input", exception.ParamName);
        Assert.Contains("from 0.5 to 3, the explanation's bounds, but the one at index 2 is -0.5", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>f is its bias, and has no root unless that is 0; then every input is one, and nothing is relevant.</summary>
    [Fact]
    public void FunctionThatIsOnlyABias()
    {
        float[] relevance = new float[3];
        Assert.Throws<NoRootException>(() => Affine([0, 0, 0], 0.25f).Explain("TaylorDecomposition", X, 1, relevance));
        Affine([0, 0, 0], 0).Explain("TaylorDecomposition", X, 1, relevance);
        Assert.Equal([0, 0, 0], relevance);
    }

    /// <summary>The gradient is 1e-21 and its square not 0, but Newton's step 0.25 / 1e-42 is more than float32 holds.</summary>
    [Fact]
    public void GradientThatHardlyIsOneIsAnError()
    {
        NoRootException exception =
            Assert.Throws<NoRootException>(() => Affine([1e-21f, 0, 0], 0.25f).Trace("TaylorDecomposition", X, 1));
        Assert.Contains("ended at f = 0.25, because the gradient vanishes", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>f(x) = 2 · 3e38, more than float32 holds.</summary>
    [Fact]
    public void FunctionThatIsNotFiniteIsAnError()
    {
        float[] relevance = new float[3];
        NoRootException exception = Assert.Throws<NoRootException>(() => Affine([3e38f, 0, 0], 0).Explain("TaylorDecomposition", X, 1, relevance));
        Assert.Contains("f is not finite there", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// f = 1 + 1e-10 x for x &gt; 0, where Newton's step goes from x = 2 to −1e10. Before 0 there is no root, and behind it f = ±1e40 |x|: it rises
    /// beyond what float32 holds, or it falls so fast that f = 1 and f &lt; −1e30 are neighbours.
    /// </summary>
    [Theory]
    [InlineData(1e20f, "f = 1, because f is not finite where the gradient leads")]
    [InlineData(-1e20f, "because f jumps to the other side of 0")]
    public void FunctionWithoutARootWithinReachIsAnError(float weight, string reason)
    {
        NoRootException exception = Assert.Throws<NoRootException>(() => Kinked(weight).Trace("TaylorDecomposition", X, 1));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>softplus(z) is above 0 for every z, however far the search goes, and rounds to 0 at last, where nothing is relevant.</summary>
    [Fact]
    public void FunctionThatOnlyComesNearToZero()
    {
        Explanation trace = Smooth().Trace("TaylorDecomposition", X, 1);
        Assert.Equal(Softplus(0.75), trace.Completeness!.Value, 1e-6);
        Assert.InRange(trace.Completeness.ReferenceValue, 0, 1e-5 * Softplus(0.75));
        Assert.InRange(trace.Completeness.RelevanceSum, 0, 1e-3);
    }

    /// <summary>R_i = w_i (x_i − x₀_i) at the root x₀ = (0.5, 1, 1), where w·x₀ + b = 0.5 − 1.5 + 0.5 + 0.5.</summary>
    [Fact]
    public void TaylorDecompositionAtAGivenRoot()
    {
        RelativeCalls calls = new(Affine(), "TaylorDecomposition");
        float[] relevance = new float[3];
        calls.ExplainTarget(X, 1, [0.5f, 1, 1], relevance);
        Numbers.AssertClose([1.5, 0, -0.75], relevance.ToDoubles(), 1e-6, "relevance");

        ArgumentException exception = Assert.Throws<ArgumentException>(() => calls.ExplainTarget(X, 1, [0.5f, 1, 2], relevance));
        Assert.Equal("root", exception.ParamName);
        Assert.Contains("f(root) is 0.5 and f(input) 0.75", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RelevanceMayTakeThePlaceOfTheInput()
    {
        INetwork network = Affine();
        foreach (string explanation in network.Explanations.Except(["Boxed"]))
        {
            float[] relevance = new float[3];
            network.Explain(explanation, X, 1, relevance);
            float[] both = [.. X];
            network.Explain(explanation, both, 1, both);
            Assert.Equal(relevance, both);
        }
    }

    /// <summary>f = w·x + b, by default 0.75 at X; output 0 is another function.</summary>
    private static INetwork Affine(float[]? w = null, float b = 0.5f) => Library.LoadGenerated(
        EngineKind.Generated, "Affine", Weights(("0", [2, 3], [9, 8, 7, .. w ?? [1, -1.5f, 0.5f]]), ("0", [2], [-5, b])));

    /// <summary>f = softplus(w·x + b).</summary>
    private static INetwork Smooth() => Library.LoadGenerated(EngineKind.Generated, "Smooth", Weights(
        ("0", [1, 3], [1, -1.5f, 0.5f]), ("0", [1], [0.5f]), ("2", [2, 1], [-3, 1]), ("2", [2], [7, 0])));

    /// <summary>f = relu(1 + 1e-10 x₀) + weight · relu(−1e20 x₀).</summary>
    private static INetwork Kinked(float weight) => Library.LoadGenerated(EngineKind.Generated, "Kinked", Weights(
        ("0", [2, 3], [1e-10f, 0, 0, -1e20f, 0, 0]), ("0", [2], [1, 0]), ("2", [2, 2], [0, 0, 1, weight]), ("2", [2], [0, 0])));

    private static TensorDictionary Weights(params (string Layer, long[] Shape, float[] Values)[] tensors)
    {
        TensorDictionary weights = new();
        foreach ((string layer, long[] shape, float[] values) in tensors)
        {
            weights.Add($"{layer}.{(shape.Length == 1 ? "bias" : "weight")}", shape, values);
        }

        return weights;
    }

    private static double Softplus(double z) => Math.Log(1 + Math.Exp(z));
}
