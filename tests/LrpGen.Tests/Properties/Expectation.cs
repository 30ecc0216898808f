using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;
using Xunit.Sdk;

namespace LrpGen.Tests.Properties;

/// <summary>
/// What generated code must give for a case, and how exactly: rounding in float32 is as if every weight, and every value between
/// layers, were a little different, so what the interpreter gives for slightly different ones says how far rounding may go, at z ≈ 0 too.
/// </summary>
internal sealed class Expectation
{
    /// <summary>Relative change of every value; 16 times float's rounding, for the sums are long.</summary>
    private const double Change = 1.0 / (1 << 20);

    /// <summary>Slightly different ones at first; few see how far a sum can go that cancels.</summary>
    private const int FewNeighbours = 2;

    /// <summary>As many as are asked before a value is called wrong.</summary>
    private const int Neighbours = 40;

    /// <summary>How many times as far as the farthest of them a value may be off.</summary>
    private const int Spread = 5;

    /// <summary>What is allowed beside that, of the largest value.</summary>
    private const double Rounding = 1e-5;

    /// <summary>2⁻¹²⁶. Numbers below it are no more exact than it is.</summary>
    private const double SmallestNormal = 1.17549435e-38;

    private readonly string explanation;
    private readonly Run exact;
    private readonly List<Run> neighbours;
    private readonly Func<Run> another;

    public Expectation(RandomCase given, string explanation)
    {
        this.explanation = explanation;
        Random random = new(given.Seed);
        exact = Explain(value => value);
        another = () => Explain(value => value * (1 + (Change * ((2 * random.NextDouble()) - 1))));
        neighbours = [.. Enumerable.Range(0, FewNeighbours).Select(_ => another())];

        Run Explain(Func<double, double> noise)
        {
            Dictionary<string, double[]> weights = given.Weights().ToDictionary(weight => weight.Key, weight => WithNoise(weight.Value));
            return new InterpretedNetwork(given.Declare(0), weights, noise).Explain(explanation, WithNoise(given.Input()), given.Target);

            double[] WithNoise(float[] values) => Array.ConvertAll(values, value => noise(value));
        }
    }

    /// <summary>Asserts that the outputs, the relevance, and every layer's activation and relevance are what they must be.</summary>
    public void Check(Run actual)
    {
        try
        {
            CheckWithin(actual);
        }
        catch (XunitException)
        {
            neighbours.AddRange(Enumerable.Range(0, Neighbours - neighbours.Count).Select(_ => another()));
            CheckWithin(actual);
        }
    }

    private void CheckWithin(Run actual)
    {
        Check(run => run.Output, actual, "output");
        foreach (string layer in exact.Layers.Keys)
        {
            Check(run => run.Layers[layer].Activation, actual, $"activation of layer {layer}");
        }

        foreach (string layer in exact.Layers.Keys.Reverse())
        {
            Check(run => run.Layers[layer].Relevance, actual, $"{explanation}, relevance of layer {layer}");
        }

        Check(run => run.Relevance, actual, $"{explanation}, relevance of the input");
        CheckLedger(actual.Ledger);
    }

    /// <summary>Every entry is as exact as the messages that it sums; what a row leaves over is their rounding.</summary>
    private void CheckLedger(IReadOnlyList<LedgerRow> actual)
    {
        Assert.Equal(exact.Ledger.Select(row => row.Layer), actual.Select(row => row.Layer));
        foreach ((int k, LedgerRow row) in actual.Index())
        {
            double magnitude = neighbours.Append(exact).Max(run => run.Magnitudes[k]);
            double[] expected = exact.Ledger[k].Entries();
            double spread = neighbours.Max(run => run.Ledger[k].Entries().Zip(expected, (moved, value) => Math.Abs(moved - value)).Max());
            Numbers.AssertWithin(expected, row.Entries(), RoundingOf(magnitude) + (Spread * spread), $"{explanation}, ledger of layer {row.Layer}");
            Numbers.AssertWithin([0], [row.Residual], RoundingOf(magnitude), $"{explanation}, residual of layer {row.Layer}");
        }
    }

    private void Check(Func<Run, double[]> values, Run actual, string place)
    {
        double[] expected = values(exact);
        double spread = neighbours.Max(neighbour => values(neighbour).Zip(expected, (moved, value) => Math.Abs(moved - value)).Max());
        Numbers.AssertWithin(expected, values(actual), RoundingOf(expected.Max(Math.Abs)) + (Spread * spread), place);
    }

    private static double RoundingOf(double largest) => Rounding * Math.Max(largest, SmallestNormal);
}
