namespace LrpGen.Tests.Reference;

/// <summary>
/// Folds each batch norm into the linear layer or convolution before it, but for layers that do nothing: w·c and b·c + d. If there is
/// none, into that behind it, unless it pads: w·c and b + Σ w·d. Where another layer reads what would change, the batch norm stays.
/// </summary>
internal static class BatchNormFolding
{
    /// <returns>The network with an Identity for every folded batch norm, and its weights.</returns>
    public static (NetworkSpec Network, IReadOnlyDictionary<string, double[]> Weights) Fold(
        NetworkSpec network, IReadOnlyDictionary<string, double[]> weights)
    {
        List<LayerSpec> layers = [.. network.Layers];
        Dictionary<string, double[]> folded = new(weights);
        for (int k = 0; k < layers.Count; k++)
        {
            if (layers[k].Op is "BatchNorm1d" or "BatchNorm2d" && TargetOf(network, k) is int target)
            {
                LayerSpec linear = layers[target];
                (double[] c, double[] d) = ScaleAndShift(layers[k], weights);
                double[] weight = folded[$"{linear.Name}.weight"];
                double[] bias = linear.Bias ? folded[$"{linear.Name}.bias"] : new double[linear.Outputs];
                (folded[$"{linear.Name}.weight"], folded[$"{linear.Name}.bias"]) = target < k
                    ? FoldBehind(weight, bias, c, d)
                    : FoldBefore(weight, bias, c, d, linear.Groups);
                layers[target] = linear with { Bias = true };
                layers[k] = new("Identity") { Name = layers[k].Name, Inputs = layers[k].Inputs };
            }
        }

        return (network with { Layers = layers }, folded);
    }

    /// <summary>The network with an Identity for every batch norm that is folded.</summary>
    public static NetworkSpec Fold(NetworkSpec network) => network with
    {
        Layers = [.. network.Layers.Select((layer, k) =>
            layer.Op is "BatchNorm1d" or "BatchNorm2d" && TargetOf(network, k) is not null ? layer with { Op = "Identity" } : layer)],
    };

    /// <summary>c = γ/√(var + eps) and d = β − mean·c, per channel.</summary>
    public static (double[] C, double[] D) ScaleAndShift(LayerSpec batchNorm, IReadOnlyDictionary<string, double[]> weights)
    {
        double[] c = [.. Of("weight").Zip(Of("running_var"), (γ, variance) => γ / Math.Sqrt(variance + batchNorm.Eps))];
        return (c, [.. Of("bias").Select((β, k) => β - (Of("running_mean")[k] * c[k]))]);

        double[] Of(string part) => weights[$"{batchNorm.Name}.{part}"];
    }

    private static (double[] Weight, double[] Bias) FoldBehind(double[] weight, double[] bias, double[] c, double[] d)
    {
        int inputs = weight.Length / bias.Length;
        return ([.. weight.Select((w, k) => w * c[k / inputs])], [.. bias.Select((b, j) => (b * c[j]) + d[j])]);
    }

    private static (double[] Weight, double[] Bias) FoldBefore(double[] weight, double[] bias, double[] c, double[] d, int groups)
    {
        int inputs = weight.Length / bias.Length;
        int taps = inputs * groups / c.Length;
        return (
            [.. weight.Select((w, k) => w * c[ChannelOf(k)])],
            [.. bias.Select((b, j) => b + Enumerable.Range(j * inputs, inputs).Sum(k => weight[k] * d[ChannelOf(k)]))]);

        int ChannelOf(int k) => (k / inputs / (bias.Length / groups) * (c.Length / groups)) + (k % inputs / taps);
    }

    /// <summary>The layer to fold into; null if there is none.</summary>
    private static int? TargetOf(NetworkSpec network, int batchNorm)
    {
        int before = network.InputsOf(batchNorm)[0];
        while (before >= 0 && IsNeutral(before) && HasOneReader(before))
        {
            before = network.InputsOf(before)[0];
        }

        if (before >= 0 && network.Layers[before].Op is "Linear" or "Conv1d" or "Conv2d" && HasOneReader(before))
        {
            return before;
        }

        int behind = batchNorm;
        do
        {
            behind = HasOneReader(behind) ? network.ReadersOf(behind).Single() : -1;
        }
        while (behind >= 0 && IsNeutral(behind));
        return behind >= 0 && network.Layers[behind] is { Op: "Linear" or "Conv1d" or "Conv2d", Padding: { H: 0, W: 0 } } ? behind : null;

        bool HasOneReader(int layer) => network.ReadersOf(layer).Count() == 1;

        bool IsNeutral(int layer) => network.Layers[layer].Op is "Identity" or "Dropout";
    }
}
