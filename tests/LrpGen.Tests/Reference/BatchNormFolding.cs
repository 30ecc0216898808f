namespace LrpGen.Tests.Reference;

/// <summary>
/// Folds each batch norm into the layer with weights before it, but for layers that do nothing: w·c and b·c + d. If there is none, into that
/// behind it, unless it pads: w·c and b + Σ w·d. Where another layer reads what would change, the batch norm stays.
/// </summary>
internal static class BatchNormFolding
{
    /// <returns>The network with an Identity for every folded batch norm, and its weights.</returns>
    public static (NetworkSpec Network, IReadOnlyDictionary<string, double[]> Weights) Fold(
        NetworkSpec network, IReadOnlyDictionary<string, double[]> weights)
    {
        List<LayerSpec> layers = [.. Fold(network).Layers];
        Dictionary<string, double[]> folded = new(weights);
        foreach ((int k, int target) in Targets(network))
        {
            (double[] c, double[] d) = ((BatchNorm)network.Layers[k]).ScaleAndShift(weights);
            WeightedSpec linear = (WeightedSpec)layers[target];
            double[] weight = folded[linear.NameOf("weight")];
            double[] bias = linear.Bias ? folded[linear.NameOf("bias")] : new double[linear.Outputs];
            layers[target] = linear with { Bias = true };
            if (target < k)
            {
                folded[linear.NameOf("weight")] = [.. weight.Select((w, n) => w * c[ChannelsOf(n).Output])];
                folded[linear.NameOf("bias")] = [.. bias.Select((b, j) => (b * c[j]) + d[j])];
            }
            else
            {
                folded[linear.NameOf("weight")] = [.. weight.Select((w, n) => w * c[ChannelsOf(n).Input])];
                double[] shifted = [.. bias];
                for (int n = 0; n < weight.Length; n++)
                {
                    shifted[ChannelsOf(n).Output] += weight[n] * d[ChannelsOf(n).Input];
                }

                folded[linear.NameOf("bias")] = shifted;
            }

            (int Input, int Output) ChannelsOf(int n) => linear.ChannelsOf(n, network.Sources()[target][0].Shape[0]);
        }

        return (network with { Layers = layers }, folded);
    }

    /// <summary>The network with an Identity for every batch norm that is folded.</summary>
    public static NetworkSpec Fold(NetworkSpec network)
    {
        HashSet<int> folded = [.. Targets(network).Select(target => target.BatchNorm)];
        return network with
        {
            Layers = [.. network.Layers.Select((layer, k) =>
                folded.Contains(k) ? new Identity { Name = layer.Name, Inputs = layer.Inputs } : layer)],
        };
    }

    /// <summary>The batch norms that are folded, with the layers that take them in.</summary>
    private static (int BatchNorm, int Into)[] Targets(NetworkSpec network)
    {
        IReadOnlyList<IReadOnlyList<Source>> sources = network.Sources();
        return
        [
            .. from k in Enumerable.Range(0, network.Layers.Count)
               where network.Layers[k] is BatchNorm
               let target = TargetOf(network, sources, k)
               where target is not null
               select (k, target.Value),
        ];
    }

    /// <summary>The layer to fold into; null if there is none.</summary>
    private static int? TargetOf(NetworkSpec network, IReadOnlyList<IReadOnlyList<Source>> sources, int batchNorm)
    {
        int before = network.InputsOf(batchNorm)[0];
        while (before >= 0 && IsNeutral(before) && HasOneReader(before))
        {
            before = network.InputsOf(before)[0];
        }

        if (before >= 0 && network.Layers[before] is WeightedSpec first && first.TakesInBehind(sources[before][0].Shape) && HasOneReader(before))
        {
            return before;
        }

        int behind = batchNorm;
        do
        {
            behind = HasOneReader(behind) ? network.ReadersOf(behind).Single() : -1;
        }
        while (behind >= 0 && IsNeutral(behind));
        return behind >= 0 && network.Layers[behind] is WeightedSpec second && second.TakesInBefore(sources[behind][0].Shape) ? behind : null;

        bool HasOneReader(int layer) => network.ReadersOf(layer).Count() == 1;

        bool IsNeutral(int layer) => network.Layers[layer] is Identity or Dropout;
    }
}
