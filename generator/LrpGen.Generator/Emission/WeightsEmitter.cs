using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes the engine's fields and its constructor: reads, folds and packs the weights, and computes what no input changes.</summary>
internal sealed class WeightsEmitter(CodeWriter writer, Plan plan, EngineNames names, BlockEmitter blocks)
{
    public void EmitFields()
    {
        foreach (string name in names.Weights.Select(entry => entry.Value).Concat(names.Biases.Select(entry => entry.Value)))
        {
            writer.Line($"private readonly AlignedBuffer {name};");
        }

        foreach (Tensor tensor in plan.Stored)
        {
            writer.Line($"private readonly AlignedBuffer {tensor.Name} = new({tensor.Length});");
        }
    }

    public void EmitConstructor()
    {
        writer.Summary("Reads the weights, folds batch norms and packs each set of weights in the order in which it is used.");
        using (writer.Block("public Engine(ITensorSource source)"))
        {
            List<Layer> layers = [.. plan.Network.Layers.Where(HasWeights)];
            if (layers.Count == 0)
            {
                writer.Line($"_ = new StateDict(source, {Literal.String(plan.Network.Type.Name)}, []);");
                return;
            }

            using (writer.List($"StateDict weights = new(source, {Literal.String(plan.Network.Type.Name)},", "]);"))
            {
                foreach (Layer layer in layers)
                {
                    foreach ((string name, IEnumerable<int> shape) in Tensors(layer))
                    {
                        writer.Line($"new({Literal.String(name)}, [{string.Join(", ", shape)}]),");
                    }
                }
            }

            foreach (Layer layer in layers.Where(layer => layer.Operation is not BatchNorm { FoldedInto: >= 0 }))
            {
                Load(layer);
            }

            if (plan.Load.Count > 0)
            {
                Placement placement = Placement.Of(plan.Load);
                writer.Line();
                writer.Line("// What no input changes.");
                if (placement.Length > 0)
                {
                    writer.Line($"Span<float> workspace = new AlignedBuffer({placement.Length}).Span;");
                }

                new ProgramEmitter(writer, blocks).Run(plan.Load.Select(block => block with { Summary = block.Method is null ? "" : block.Summary }), placement);
            }
        }
    }

    private void Load(Layer layer)
    {
        string local = names.Stem(layer.Index);
        writer.Line();
        writer.Line($"// {Describe.Layer(layer)}");
        using (writer.Scope())
        {
            writer.Line($"LayerWeights {local} = {Read(layer)};");
            foreach (KeyValuePair<WeightSet, string> entry in names.Weights.Where(entry => entry.Key.Layer == layer.Index))
            {
                writer.Line($"{entry.Value} = {local}{Part(entry.Key)}.{Pack(layer, entry.Key)};");
            }

            foreach (KeyValuePair<BiasSet, string> entry in names.Biases.Where(entry => entry.Key.Layer == layer.Index))
            {
                writer.Line($"{entry.Value} = {local}{Part(entry.Key)}.PackBias({plan.Facts.Pitches[layer.Index]});");
            }
        }
    }

    private string Read(Layer layer)
    {
        string read(string tensor) => $"weights.Read({Literal.String($"{layer.Name}.{tensor}")})";
        string normed(Layer norm)
        {
            string prefix = norm.Name;
            IEnumerable<string> statistics = new[] { "weight", "bias", "running_mean", "running_var" }.Select(tensor => $"weights.Read({Literal.String($"{prefix}.{tensor}")})");
            return $".FoldBatchNorm({string.Join(", ", statistics)}, {Literal.Double(((BatchNorm)norm.Operation).Eps)})";
        }

        (int outputs, int inputs, int height, int width, bool bias) = layer.Operation switch
        {
            Linear linear => (linear.Outputs, linear.Inputs, 1, 1, linear.Bias),
            Convolution convolution => (convolution.Outputs, convolution.InputsPerGroup, convolution.Rows.Kernel, convolution.Columns.Kernel, convolution.Bias),
            _ => (layer.Output.Channels, 1, 1, 1, false),
        };
        if (layer.Operation is BatchNorm)
        {
            return $"LayerWeights.Identity({outputs}){normed(layer)}";
        }

        string biases = bias ? read("bias") : $"new float[{outputs}]";
        string folded = plan.Facts.FoldedInto(layer) is Layer norm ? normed(norm) : "";
        return $"new LayerWeights({read("weight")}, {biases}, {outputs}, {inputs}, {height}, {width}){folded}";
    }

    private static bool HasWeights(Layer layer) => layer.Operation is Linear or Convolution or BatchNorm;

    private static IEnumerable<(string Name, IEnumerable<int> Shape)> Tensors(Layer layer)
    {
        int outputs = layer.Output.Channels;
        switch (layer.Operation)
        {
            case Linear linear:
                yield return ($"{layer.Name}.weight", [outputs, linear.Inputs]);
                break;
            case Convolution { Dimensions: 1 } convolution:
                yield return ($"{layer.Name}.weight", [outputs, convolution.InputsPerGroup, convolution.Columns.Kernel]);
                break;
            case Convolution convolution:
                yield return ($"{layer.Name}.weight", [outputs, convolution.InputsPerGroup, convolution.Rows.Kernel, convolution.Columns.Kernel]);
                break;
            case BatchNorm:
                yield return ($"{layer.Name}.weight", [outputs]);
                yield return ($"{layer.Name}.running_mean", [outputs]);
                yield return ($"{layer.Name}.running_var", [outputs]);
                break;
        }

        if (layer.Operation is Linear { Bias: true } or Convolution { Bias: true } or BatchNorm)
        {
            yield return ($"{layer.Name}.bias", [outputs]);
        }
    }

    private static string Part(WeightSet set) => set.Part switch
    {
        WeightPart.One => ".Ones()",
        WeightPart.WPositive => ".Positive()",
        WeightPart.WNegative => ".Negative()",
        WeightPart.WSquared => ".Squared()",
        WeightPart.WGammaPositive => $".FavourPositive({Literal.Double(set.Gamma)})",
        WeightPart.WGammaNegative => $".FavourNegative({Literal.Double(set.Gamma)})",
        _ => "",
    };

    private static string Part(BiasSet set) => set.Part switch
    {
        BiasPart.BPositive => ".Positive()",
        BiasPart.BNegative => ".Negative()",
        BiasPart.BSquared => ".Squared()",
        BiasPart.BGammaPositive => $".FavourPositive({Literal.Double(set.Gamma)})",
        BiasPart.BGammaNegative => $".FavourNegative({Literal.Double(set.Gamma)})",
        _ => "",
    };

    private string Pack(Layer layer, WeightSet set) => set.Packing switch
    {
        Packing.Linear => $"PackLinear({plan.Facts.Pitches[layer.Index]})",
        Packing.Convolution => $"PackConvolution({((Convolution)layer.Operation).Groups})",
        Packing.TransposedConvolution => $"PackTransposedConvolution({((Convolution)layer.Operation).Groups})",
        _ => $"PackChannels({(layer.Operation is BatchNorm ? plan.Facts.Pitches[layer.Index] : Simd.RoundUp(layer.Output.Channels))})",
    };
}
