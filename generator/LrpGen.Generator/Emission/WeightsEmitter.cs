using System.Globalization;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes the engine's fields and its constructor: reads, folds and packs the weights, and computes what no input changes.</summary>
internal sealed class WeightsEmitter(CodeWriter writer, Plan plan, EngineNames names, BlockEmitter blocks)
{
    /// <summary>Floats of a network's weights, 16 MB, for which it is worth the JIT's time to free each as soon as possible.</summary>
    private const long Large = 1 << 22;

    private readonly ILookup<int, KeyValuePair<WeightSet, string>> weights = names.Weights.ToLookup(entry => entry.Key.Layer);
    private readonly ILookup<int, KeyValuePair<BiasSet, string>> biases = names.Biases.ToLookup(entry => entry.Key.Layer);

    public void EmitFields()
    {
        foreach (string name in names.Weights.Select(entry => entry.Value).Concat(names.Biases.Select(entry => entry.Value)))
        {
            writer.Line($"private readonly AlignedBuffer {name};");
        }

        foreach (KeyValuePair<Arrangement, string> arrangement in names.Arrangements)
        {
            writer.Line($"private static readonly Arrangement {arrangement.Value} = {EngineNames.New(arrangement.Key)};");
        }

        foreach (Tensor tensor in plan.Stored)
        {
            writer.Line($"private readonly AlignedBuffer {tensor.Name} = new({tensor.Length});");
        }
    }

    public void EmitConstructor()
    {
        writer.Summary("Reads the weights, folds batch norms and packs each set of weights in the order in which it is used.");
        if (plan.Network.Layers.Sum(layer => layer.Operation.Weights.Sum(tensor => (long)tensor.Size)) >= Large)
        {
            // Otherwise everything that is read would stay reachable to the end.
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        }

        using (writer.Block($"public {names.Type}(ITensorSource source)"))
        {
            List<Layer> layers = [.. plan.Network.Layers.Where(layer => layer.Operation.Weights.Count > 0)];
            OpenWeights(layers);

            // The largest first: what is read of it is garbage, and collected, when the others are packed.
            foreach (Layer layer in layers
                .Where(layer => layer.Operation.FoldedInto is null)
                .OrderByDescending(layer => layer.Operation.Weights[0].Size))
            {
                Load(layer);
            }

            if (plan.Load.Count > 0)
            {
                Placement placement = Placement.Of(plan.Load);
                writer.Line();
                writer.Line("// What no input changes.");
                if (plan.IsShared)
                {
                    writer.Line("Part part = Part.Whole;");
                }

                if (placement.Length > 0)
                {
                    writer.Line($"Span<float> workspace = new AlignedBuffer({placement.Length}).Span;");
                }

                new ProgramEmitter(writer, blocks).Run(plan.Load, placement);
            }
        }
    }

    private void OpenWeights(List<Layer> layers)
    {
        string name = Literal.String(plan.Network.Type.Name);
        if (layers.Count == 0)
        {
            writer.Line($"_ = new StateDict(source, {name}, []);");
            return;
        }

        using (writer.List($"StateDict weights = new(source, {name},", "]);"))
        {
            foreach (Layer layer in layers)
            {
                foreach (WeightTensor tensor in layer.Operation.Weights)
                {
                    writer.Line($"new({NameOf(layer, tensor)}, [{string.Join(", ", tensor.Shape)}]){(tensor.Broadcasts ? " { Broadcasts = true }" : "")},");
                }
            }
        }
    }

    private void Load(Layer layer)
    {
        writer.Line();
        writer.Line($"// {Describe.Layer(layer)}");
        using (writer.Scope())
        {
            UniqueNames locals = new("", ["layer"]);
            writer.Line($"LayerWeights layer = {Read(layer)};");
            foreach (IGrouping<string, (string Part, string Assignment)> part in Assignments(layer).GroupBy(pair => pair.Part, pair => pair))
            {
                string name = "layer";
                if (part.Key.Length > 0 && part.Count() > 1)
                {
                    name = locals.Next(NameOf(part.Key));
                    writer.Line($"LayerWeights {name} = layer{part.Key};");
                }
                else
                {
                    name += part.Key;
                }

                foreach ((_, string assignment) in part)
                {
                    writer.Line(string.Format(CultureInfo.InvariantCulture, assignment, name));
                }
            }
        }
    }

    /// <summary>The part of the layer's weights that a field takes, and its assignment with {0} for the part.</summary>
    private IEnumerable<(string Part, string Assignment)> Assignments(Layer layer) =>
    [
        .. weights[layer.Index].Select(entry =>
            (Part(entry.Key.Part.ToString(), entry.Key.Gamma), $"{entry.Value} = {{0}}.{Pack(entry.Key)};")),
        .. biases[layer.Index].Select(entry =>
            (Part(entry.Key.Part.ToString(), entry.Key.Gamma), $"{entry.Value} = {{0}}.PackBias({entry.Key.Pitch}{(entry.Key.Rows == 1 ? "" : $", {entry.Key.Rows}")});")),
    ];

    /// <summary>From <c>.FavourPositive(0.25)</c> to <c>favourPositive</c>.</summary>
    private static string NameOf(string part) => char.ToLowerInvariant(part[1]) + part.Substring(2, part.IndexOf('(') - 2);

    private string Read(Layer layer) => layer.Operation.WeightForm switch
    {
        BatchStatistics statistics => $"LayerWeights.Identity({statistics.Channels}).FoldBatchNorm({Folded(layer, statistics)})",
        LaneWeights lanes => $"LayerWeights.OfLanes({Tensors(layer)}, {lanes.Lanes})",
        Kernels kernels => Read(layer, kernels),
        _ => throw new InvalidOperationException($"No text for the weights of {layer.Kind}."),
    };

    private string Read(Layer layer, Kernels kernels)
    {
        string noBias = layer.Operation.HasBias ? "" : $", new float[{kernels.Biases}]";
        string size = $"{kernels.Outputs}, {kernels.InputsPerGroup}, {kernels.Height}, {kernels.Width}";
        IEnumerable<string> folds = plan.Facts.FoldedInto(layer).Select(norm =>
        {
            string place = norm.Index < layer.Index ? "Before" : kernels.IsTransposed ? "IntoTransposed" : "";
            return $".FoldBatchNorm{place}({Folded(norm, (BatchStatistics)norm.Operation.WeightForm!)})";
        });
        return $"new LayerWeights({Tensors(layer)}{noBias}, {size}){string.Concat(folds)}";
    }

    private static string Folded(Layer norm, BatchStatistics statistics) => $"{Tensors(norm)}, {Literal.Double(statistics.Eps)}";

    private static string Tensors(Layer layer) =>
        string.Join(", ", layer.Operation.Weights.Select(tensor => $"weights.Read({NameOf(layer, tensor)})"));

    private static string NameOf(Layer layer, WeightTensor tensor) => Literal.String(tensor.Of(layer));

    /// <summary>The call that takes a part; parts of weights and of biases are called alike but for their first letter.</summary>
    private static string Part(string part, double gamma) => part.Substring(1) switch
    {
        "Positive" => ".Positive()",
        "Negative" => ".Negative()",
        "Squared" => ".Squared()",
        "GammaPositive" => $".FavourPositive({Literal.Double(gamma)})",
        "GammaNegative" => $".FavourNegative({Literal.Double(gamma)})",
        _ => part == nameof(WeightPart.One) ? ".Ones()" : "",
    };

    private string Pack(WeightSet set) => (set.Packing, set.Form) switch
    {
        (Packing.Table, _) => $"PackTable({set.Pitch})",
        (Packing.Linear, _) => $"PackLinear({set.Pitch})",
        (Packing.Convolution or Packing.TransposedConvolution, Windowed form) => $"Pack{set.Packing}({form.Groups}, {BlockOf(form)})",
        (Packing.NarrowConvolution, _) => "PackNarrowConvolution()",
        (Packing.Winograd or Packing.TransposedWinograd, { } form) => $"Pack{set.Packing}({BlockOf(form)})",
        (_, Windowed form) => $"PackChannels({Simd.RoundUp(form.Groups)})",
        _ => $"PackChannels({set.Pitch})",
    };

    /// <summary>Channels for which the weights of a convolution lie side by side: two vectors.</summary>
    private string BlockOf(Contraction form) => Unrolling.IsUnrolled(form, plan.UnrollBudget) ? $"{2 * Simd.Lanes}" : "2 * Simd.Width";
}
