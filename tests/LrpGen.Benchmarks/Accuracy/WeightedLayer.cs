using System.Numerics.Tensors;
using LrpGen.Benchmarks.Networks;

namespace LrpGen.Benchmarks.Accuracy;

/// <summary>A linear layer or a convolution.</summary>
/// <param name="Map">Its product.</param>
/// <param name="Weight">In PyTorch's order.</param>
/// <param name="Bias">Of each output channel.</param>
/// <param name="IsFirst">Whether it is the network's first.</param>
internal sealed record WeightedLayer(IProduct Map, float[] Weight, float[] Bias, bool IsFirst) : Float64Layer
{
    public override double[] Forward(double[] a) => Biased(Map.Product(a, index => Weight[index]), b => b);

    public override double[] Backward(Item item, double[] a, double[] z, double[] r)
    {
        double[] relevance = new double[a.Length];
        foreach (Share share in Share.Of(item, IsFirst, Map is Planes))
        {
            double[] taken = [.. r.Zip(z, (value, output) => share.Where(output) ? value : 0)];
            if (taken.AsSpan().ContainsAnyExcept(0))
            {
                Add(relevance, share, a, taken);
            }
        }

        return relevance;
    }

    private void Add(double[] relevance, Share share, double[] a, double[] r)
    {
        List<(double[] A, Func<int, double> Weight)> terms = [];
        double[] denominators = new double[r.Length];
        foreach (Term term in share.Terms)
        {
            double[] input = Array.ConvertAll(a, value => term.Input(value));
            if (input.AsSpan().ContainsAnyExcept(0))
            {
                terms.Add((input, index => term.Weight(Weight[index])));
                TensorPrimitives.Add(denominators, Map.Product(input, terms[^1].Weight), denominators);
            }
        }

        double[] s = [.. Biased(denominators, share.Bias).Zip(r, (denominator, value) => Stabilized(value, denominator))];
        foreach ((double[] input, Func<int, double> weight) in terms)
        {
            double[] c = Map.TransposedProduct(s, weight);
            for (int i = 0; i < relevance.Length; i++)
            {
                relevance[i] += input[i] * c[i];
            }
        }
    }

    private double[] Biased(double[] z, Func<double, double> part)
    {
        int pixels = z.Length / Bias.Length;
        return [.. z.Select((value, j) => value + part(Bias[j / pixels]))];
    }
}
