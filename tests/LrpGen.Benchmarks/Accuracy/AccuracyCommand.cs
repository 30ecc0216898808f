using System.CommandLine;
using LrpGen.Benchmarks.Networks;

namespace LrpGen.Benchmarks.Accuracy;

/// <summary>Compares explanations of V with those of a computation in float64.</summary>
internal static class AccuracyCommand
{
    private static readonly Option<IReadOnlyList<int>> Inputs = ListOption.Counts("--inputs", "Seeds of the inputs.", 1, 2, 3);

    /// <summary>Ways to compute V, all with the same weights.</summary>
    private static readonly (string Name, Func<ITensorSource, INetwork> Load)[] Plans = [("fastest", Vgg16.Load), ("direct", Vgg16Direct.Load)];

    public static Command Create()
    {
        Command command = new("accuracy", "Errors of V's explanations against float64.") { Inputs };
        command.SetAction(static result => Report.Print(
            Compare(result.GetRequiredValue(Inputs)),
            new("item", row => $"{row.Item}"),
            new("input", row => $"{row.Input}"),
            new("plan", row => row.Plan),
            new("relative L2 error", row => $"{row.Error:E2}"),
            new("rank correlation", row => $"{row.RankCorrelation:F8}")));
        return command;
    }

    private static IEnumerable<Row> Compare(IReadOnlyList<int> inputs)
    {
        RandomTensors weights = new(Vgg16.Description);
        Float64Network reference = new(Vgg16.Description, weights);
        (string Name, INetwork Network)[] plans = [.. Plans.Select(plan => (plan.Name, plan.Load(weights)))];
        float[] relevance = new float[Vgg16.InputSize];
        foreach (int seed in inputs)
        {
            float[] input = new float[Vgg16.InputSize];
            Uniform.Fill(input, seed, low: -3, high: 3);
            IReadOnlyList<double[]> activations = reference.Forward(ToDoubles(input));
            int target = activations[^1].IndexOf(activations[^1].Max());
            foreach (Item item in new[] { Item.E, Item.C, Item.G })
            {
                double[] expected = reference.Explain(item, activations, target);
                foreach ((string name, INetwork network) in plans)
                {
                    network.Explain(Calls.NameOf(item), input, target, relevance);
                    double[] actual = ToDoubles(relevance);
                    yield return new(item, seed, name, Agreement.RelativeError(expected, actual), Agreement.RankCorrelation(expected, actual));
                }
            }
        }
    }

    private static double[] ToDoubles(float[] values) => Array.ConvertAll(values, value => (double)value);

    private sealed record Row(Item Item, int Input, string Plan, double Error, double RankCorrelation);
}
