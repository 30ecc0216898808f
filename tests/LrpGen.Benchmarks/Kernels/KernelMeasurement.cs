using LrpGen.Benchmarks.Networks;

namespace LrpGen.Benchmarks.Kernels;

/// <summary>Times of a layer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Operations">Multiplications and additions.</param>
/// <param name="WeightBytes">Bytes of its weights.</param>
/// <param name="Forward">Time of the forward pass, in ms.</param>
/// <param name="Backward">Time of ε's backward pass, with its divisions, in ms.</param>
internal sealed record KernelMeasurement(string Name, double Operations, double WeightBytes, double Forward, double Backward)
{
    /// <summary>For the samples of a call.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1.5);

    /// <summary>Each weight is used once, so that reading the weights takes the time: a linear layer.</summary>
    public bool ReadsOnce => Operations < WeightBytes;

    public static KernelMeasurement Of(Kernel kernel)
    {
        INetwork once = kernel.LoadOnce();
        if (kernel.LoadThrice is null)
        {
            IReadOnlyList<Samples> times = Sampler.Measure(CallsOf(once), Budget);
            return new(kernel.Name, OperationsOf(once), WeightBytesOf(once), times[0].Median, times[1].Median - times[0].Median);
        }

        INetwork thrice = kernel.LoadThrice();
        IReadOnlyList<Samples> both = Sampler.Measure([.. CallsOf(once), .. CallsOf(thrice)], Budget);
        double forward = (both[2].Median - both[0].Median) / 2;
        double all = (both[3].Median - both[1].Median) / 2;
        return new(kernel.Name, OperationsOf(once), WeightBytesOf(once), forward, all - forward);
    }

    /// <summary>The forward pass, and with it the backward pass from a relevance of all outputs.</summary>
    private static Action[] CallsOf(INetwork network)
    {
        float[] input = new float[network.InputSize];
        float[] output = new float[network.OutputSize];
        float[] outputRelevance = new float[network.OutputSize];
        float[] relevance = new float[network.InputSize];
        Uniform.Fill(input, seed: 0, low: -3, high: 3);
        Uniform.Fill(outputRelevance, seed: 1, low: 0, high: 1);
        return
        [
            () => network.Forward(input, output),
            () => network.Explain(nameof(EpsilonEverywhere), input, outputRelevance, relevance),
        ];
    }

    private static double OperationsOf(INetwork network) => 2.0 * network.Description.Layers.Sum(layer => layer.MultiplyAdds);

    private static double WeightBytesOf(INetwork network) => sizeof(float) * (double)network.Description.Layers.Sum(layer => layer.Parameters);
}
