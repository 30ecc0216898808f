namespace LrpGen.Tests.Reference;

/// <summary>
/// Folds each batch norm into the linear layer or convolution before it, but for layers that do nothing: w·c and b·c + d. Where another
/// layer reads what would change, the batch norm stays.
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
            if (layers[k].Op is "BatchNorm1d" or "BatchNorm2d" && TargetOf(network, k) is int before)
            {
                LayerSpec linear = layers[before];
                (double[] c, double[] d) = ScaleAndShift(layers[k], weights);
                double[] weight = weights[$"{linear.Name}.weight"];
                double[] bias = linear.Bias ? weights[$"{linear.Name}.bias"] : new double[linear.Outputs];
                folded[$"{linear.Name}.weight"] = [.. weight.Select((w, i) => w * c[i / (weight.Length / linear.Outputs)])];
                folded[$"{linear.Name}.bias"] = [.. bias.Select((b, j) => (b * c[j]) + d[j])];
                layers[before] = linear with { Bias = true };
                layers[k] = new("Identity") { Name = layers[k].Name, Inputs = layers[k].Inputs };
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
    /// <summary>The layer to fold into; null if there is none.</summary>
    private static int? TargetOf(NetworkSpec network, int batchNorm)
    {
        int layer = network.InputsOf(batchNorm)[0];
        while (layer >= 0 && network.Layers[layer].Op is "Identity" or "Dropout" && network.ReadersOf(layer).Count() == 1)
        {
            layer = network.InputsOf(layer)[0];
        }

        bool folds = layer >= 0 && network.Layers[layer].Op is "Linear" or "Conv1d" or "Conv2d" && network.ReadersOf(layer).Count() == 1;
        return folds ? layer : null;
    }
}
