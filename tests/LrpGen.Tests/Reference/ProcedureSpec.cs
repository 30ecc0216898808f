using LrpGen.Execution;

namespace LrpGen.Tests.Reference;

/// <summary>What a network gives at a point.</summary>
/// <param name="Value">The explained output.</param>
/// <param name="Relevance">The relevance of the point in one pass.</param>
internal sealed record Passes(Func<double[], double> Value, Func<double[], double[]> Relevance);

/// <summary>A procedure, which explains in float64.</summary>
internal abstract record ProcedureSpec
{
    /// <summary>As composites and explanations write it.</summary>
    public abstract string Name { get; }

    /// <summary>Its parameters by name, in the order of the attribute's constructor.</summary>
    public abstract IReadOnlyList<(string Name, double Value)> Parameters { get; }

    /// <summary>The relevance of an input.</summary>
    /// <param name="passes">Runs the network.</param>
    /// <param name="shape">Of the input.</param>
    /// <param name="input">The input.</param>
    public abstract double[] Explain(Passes passes, Shape shape, double[] input);
}

/// <summary>(x − x₀) times the mean gradient on the way from x₀ by the trapezoidal rule.</summary>
internal sealed record AlongPathSpec(int Steps, double Baseline = 0) : ProcedureSpec
{
    public override string Name => "AlongPath";

    public override IReadOnlyList<(string Name, double Value)> Parameters => [(nameof(Steps), Steps), (nameof(Baseline), Baseline)];

    public override double[] Explain(Passes passes, Shape shape, double[] input)
    {
        double[][] gradients =
            [.. Enumerable.Range(0, Steps + 1).Select(k => passes.Relevance([.. input.Select(x => Baseline + (k * (x - Baseline) / Steps))]))];
        return [.. input.Select((x, i) => (x - Baseline) * Enumerable.Range(0, Steps).Average(k => (gradients[k][i] + gradients[k + 1][i]) / 2))];
    }
}

/// <summary>The mean relevance at noisy copies of the input. The noise is that of the library, which has tests of its own.</summary>
internal sealed record WithNoiseSpec(int Samples, double Noise, int RandomSeed = 0) : ProcedureSpec
{
    public override string Name => "WithNoise";

    public override IReadOnlyList<(string Name, double Value)> Parameters =>
        [(nameof(Samples), Samples), (nameof(Noise), Noise), (nameof(RandomSeed), RandomSeed)];

    public override double[] Explain(Passes passes, Shape shape, double[] input)
    {
        double[][] relevances = [.. Enumerable.Range(0, Samples).Select(Sample)];
        return [.. Enumerable.Range(0, input.Length).Select(i => relevances.Average(relevance => relevance[i]))];

        double[] Sample(int n)
        {
            float[] deviates = new float[input.Length];
            NormalDeviates.Fill(RandomSeed, n, deviates);
            double σ = Noise * (input.Max() - input.Min());
            return passes.Relevance([.. input.Zip(deviates, (x, ξ) => x + (σ * ξ))]);
        }
    }
}

/// <summary>For every pixel the mean over the windows that cover it of f(x) − f(x without the window).</summary>
internal sealed record OccludeSpec(int Window, int Stride, double Baseline = 0) : ProcedureSpec
{
    public override string Name => "Occlude";

    public override IReadOnlyList<(string Name, double Value)> Parameters =>
        [(nameof(Window), Window), (nameof(Stride), Stride), (nameof(Baseline), Baseline)];

    public override double[] Explain(Passes passes, Shape shape, double[] input)
    {
        (int height, int width) = shape.Rank > 2 ? (shape[-2], shape[-1]) : (1, shape[-1]);
        double value = passes.Value(input);
        var drops = (
            from top in Starts(height)
            from left in Starts(width)
            let occluded = input.Select((x, i) => Covers(top, left, i) ? Baseline : x).ToArray()
            select (Top: top, Left: left, Drop: value - passes.Value(occluded))).ToList();
        return [.. input.Select((_, i) => drops.Where(window => Covers(window.Top, window.Left, i)).Average(window => window.Drop))];

        bool Covers(int top, int left, int i)
        {
            int y = i / width % height;
            int x = i % width;
            return y >= top && y < top + Window && x >= left && x < left + Window;
        }
    }

    /// <summary>Every stride that leaves room for a window, and the edge.</summary>
    private IEnumerable<int> Starts(int extent) => Enumerable.Range(0, extent)
        .Where(start => start + Window <= extent && start % Stride == 0)
        .Append(Math.Max(0, extent - Window))
        .Distinct();
}

/// <summary>The gradient at a root times the input less the root. Roots are not unique, so this gives no relevance.</summary>
internal sealed record AtRootSpec : ProcedureSpec
{
    public override string Name => "AtRoot";

    public override IReadOnlyList<(string Name, double Value)> Parameters => [];

    public override double[] Explain(Passes passes, Shape shape, double[] input) =>
        throw new NotSupportedException();
}
