namespace LrpGen.Tests.Reference;

/// <summary>Folds each batch norm into the linear layer or convolution before it, but for layers that do nothing: w·c and b·c + d.</summary>
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
            int before = network.Layers.Take(k).ToList().FindLastIndex(layer => layer.Op is not ("Identity" or "Dropout"));
            if (layers[k].Op is "BatchNorm1d" or "BatchNorm2d" && before >= 0 && network.Layers[before].Op is "Linear" or "Conv1d" or "Conv2d")
            {
                LayerSpec linear = layers[before];
                (double[] c, double[] d) = ScaleAndShift(layers[k], weights);
                double[] weight = weights[$"{linear.Name}.weight"];
                double[] bias = linear.Bias ? weights[$"{linear.Name}.bias"] : new double[linear.Outputs];
                folded[$"{linear.Name}.weight"] = [.. weight.Select((w, i) => w * c[i / (weight.Length / linear.Outputs)])];
                folded[$"{linear.Name}.bias"] = [.. bias.Select((b, j) => (b * c[j]) + d[j])];
                layers[before] = linear with { Bias = true };
                layers[k] = new("Identity") { Name = layers[k].Name };
            }
        }

        return (network with { Layers = layers }, folded);
    }

    /// <summary>c = γ/√(var + eps) and d = β − mean·c, per channel.</summary>
    public static (double[] C, double[] D) ScaleAndShift(LayerSpec batchNorm, IReadOnlyDictionary<string, double[]> weights)
    {
        double[] c = [.. Of("weight").Zip(Of("running_var"), (γ, variance) => γ / Math.Sqrt(variance + batchNorm.Eps))];
        return (c, [.. Of("bias").Select((β, k) => β - (Of("running_mean")[k] * c[k]))]);

        double[] Of(string part) => weights[$"{batchNorm.Name}.{part}"];
    }
}
