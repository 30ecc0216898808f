using System.Globalization;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes the engine's fields and its constructor: reads, folds and packs the weights, and computes what no input changes.</summary>
internal sealed class WeightsEmitter(CodeWriter writer, Plan plan, EngineNames names, BlockEmitter blocks)
{
    /// <summary>Floats of a network's weights, 16 MB, for which it is worth the JIT's time to free each as soon as possible.</summary>
    private const long Large = 1 << 22;

    private readonly ILookup<Parameter, KeyValuePair<WeightSet, string>> weights = names.Weights.ToLookup(entry => entry.Key.Parameter.Whole);
    private readonly ILookup<Parameter, KeyValuePair<BiasSet, string>> biases = names.Biases.ToLookup(entry => entry.Key.Parameter.Whole);

    /// <summary>Layers by their parameters, but for batch norms that others take in.</summary>
    private readonly IReadOnlyList<IGrouping<Parameter, Layer>> parameters =
    [
        .. from layer in plan.Network.Layers
           where layer is { Parameter: not null, Operation.FoldedInto: null }
           group layer by layer.Parameter,
    ];

    /// <summary>Locals with tensors of the file of which several parameters read parts.</summary>
    private readonly Dictionary<string, string> locals = [];

    private IEnumerable<TensorSource> Sources => plan.Network.Layers.SelectMany(layer => layer.Parameter?.Tensors ?? []);

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
        if (Sources.Distinct().Sum(source => source.Tensor.Size) >= Large)
        {
            // Otherwise everything that is read would stay reachable to the end.
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        }

        using (writer.Block($"public {names.Type}(ITensorSource source)"))
        {
            OpenWeights();
            ReadWhole();

            // The largest first: what is read of it is garbage, and collected, when the others are packed.
            HashSet<Parameter> packed = [];
            foreach (IGrouping<Parameter, Layer> parameter in parameters.OrderByDescending(parameter => parameter.Key.Tensors[0].Tensor.Size))
            {
                Load(parameter.First(), [.. new[] { parameter.Key.OfWeights, parameter.Key }.Where(packed.Add)]);
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

    private void OpenWeights()
    {
        string name = Literal.String(plan.Network.Type.Name);
        ILookup<string, string> aliases = plan.Network.Aliases;
        string ignored = plan.Network.Ignored.Count == 0 ? "" : $", [{string.Join(", ", plan.Network.Ignored.Select(Literal.String))}]";
        List<TensorSource> tensors = [.. Sources.GroupBy(source => source.Name).Select(sources => sources.First())];
        if (tensors.Count == 0)
        {
            writer.Line($"_ = new StateDict(source, {name}, []{ignored});");
            return;
        }

        using (writer.List($"StateDict weights = new(source, {name},", $"]{ignored});"))
        {
            foreach (TensorSource tensor in tensors)
            {
                writer.Line($"new({Literal.String(tensor.Name)}, [{string.Join(", ", tensor.Shape)}]){Literal.Options(tensor, aliases)},");
            }
        }
    }

    /// <summary>Reads tensors that several parameters are made of.</summary>
    private void ReadWhole()
    {
        UniqueNames unique = new("", ["source", "weights", "workspace", "part"]);
        IEnumerable<string> shared = parameters
            .SelectMany(parameter => parameter.Key.Folds.Select(fold => fold.Norm).Prepend(parameter.Key))
            .SelectMany(parameter => parameter.Tensors)
            .GroupBy(source => source.Name)
            .Where(readers => readers.Count() > 1)
            .Select(readers => readers.Key);
        foreach (string tensor in shared)
        {
            string local = unique.Next(string.Concat(tensor.Select((letter, index) =>
                char.IsLetter(letter) || (index > 0 && char.IsDigit(letter)) ? letter : '_')));
            locals.Add(tensor, local);
            writer.Line($"float[] {local} = weights.Read({Literal.String(tensor)});");
        }
    }

    /// <summary>Packs what a layer is the first to need.</summary>
    /// <param name="parameters">The layer's parameter, and the weights of it, unless they are packed already.</param>
    private void Load(Layer layer, IReadOnlyList<Parameter> parameters)
    {
        List<(string Part, string Assignment)> assignments = [.. parameters.SelectMany(Assignments)];
        if (assignments.Count == 0)
        {
            return;
        }

        writer.Line();
        writer.Line($"// {Describe.Layer(layer)}");
        using (writer.Scope())
        {
            UniqueNames locals = new("", ["layer"]);
            string type = layer.Parameter!.Form is GateKernels ? "GateWeights" : "LayerWeights";
            writer.Line($"{type} layer = {Read(layer.Parameter)};");
            foreach (IGrouping<string, (string Part, string Assignment)> part in assignments.GroupBy(pair => pair.Part, pair => pair))
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

    /// <summary>The part of a parameter that a field takes, and its assignment with {0} for the part.</summary>
    private IEnumerable<(string Part, string Assignment)> Assignments(Parameter parameter) =>
    [
        .. weights[parameter].Select(entry =>
            (Part(entry.Key.Parameter.Gates, entry.Key.Part.ToString(), entry.Key.Gamma), $"{entry.Value} = {{0}}.{Pack(entry.Key)};")),
        .. biases[parameter].Select(entry =>
            (Part(entry.Key.Parameter.Gates, entry.Key.Part.ToString(), entry.Key.Gamma), $"{entry.Value} = {{0}}.{Pack(entry.Key)};")),
    ];

    /// <summary>From <c>.FavourPositive(0.25)</c> to <c>favourPositive</c>.</summary>
    private static string NameOf(string part)
    {
        string name = string.Concat(part.Split(')').Select(call => call.Split('(')[0].TrimStart('.')));
        return char.ToLowerInvariant(name[0]) + name.Substring(1);
    }

    private string Read(Parameter parameter) => parameter.Form switch
    {
        BatchStatistics statistics => $"LayerWeights.Identity({statistics.Channels}).FoldBatchNorm({Folded(parameter)})",
        RowBiases rows => $"LayerWeights.OfRows({Tensors(parameter)}, {rows.Lanes})",
        LaneWeights lanes => $"LayerWeights.OfLanes({Tensors(parameter)}, {lanes.Lanes})",
        Kernels kernels => Read(parameter, kernels),
        GateKernels gates => $"new({Tensors(parameter)}{(parameter.HasBias ? "" : ", [], []")}, {gates.Gates}{Separate(gates)})",
        _ => throw new InvalidOperationException($"No text for {parameter.Form}."),
    };

    private string Read(Parameter parameter, Kernels kernels)
    {
        string noBias = parameter.Tensors.Any(source => source.Tensor.IsBias) ? "" : $", new float[{kernels.Biases}]";
        string size = $"{kernels.Outputs}, {kernels.InputsPerGroup}, {kernels.Height}, {kernels.Width}";
        IEnumerable<string> folds = parameter.Folds.Select(fold =>
            $".FoldBatchNorm{(fold.IsBefore ? "Before" : kernels.IsTransposed ? "IntoTransposed" : "")}({Folded(fold.Norm)})");
        return $"new LayerWeights({Tensors(parameter)}{noBias}, {size}){string.Concat(folds)}";
    }

    private static string Separate(GateKernels gates) => gates.Separate is { } gate ? $", separate: {gate}" : "";

    private string Folded(Parameter norm) => $"{Tensors(norm)}, {Literal.Double(((BatchStatistics)norm.Form).Eps)}";

    private string Tensors(Parameter parameter) => string.Join(", ", parameter.Tensors.Select(Values));

    private string Values(TensorSource source)
    {
        string whole = locals.TryGetValue(source.Name, out string? local) ? local : $"weights.Read({Literal.String(source.Name)})";
        string values = source.Transposed ? $"LayerWeights.Transposed({whole}, {source.Shape[0]}, {source.Shape[1]})" : whole;
        long first = source.First * (source.Tensor.Size / source.Tensor.Shape[0]);
        return source.IsSlice ? $"{values}.AsSpan({first}, {source.Tensor.Size}).ToArray()" : values;
    }

    /// <summary>The call that takes a part; parts of weights and of biases are called alike but for their first letter.</summary>
    private static string Part(GatePart? gates, string part, double gamma) => Of(gates) + part.Substring(1) switch
    {
        "Positive" => ".Positive()",
        "Negative" => ".Negative()",
        "Squared" => ".Squared()",
        "GammaPositive" => $".FavourPositive({Literal.Double(gamma)})",
        "GammaNegative" => $".FavourNegative({Literal.Double(gamma)})",
        _ => part == nameof(WeightPart.One) ? ".Ones()" : "",
    };

    private static string Of(GatePart? gates) => gates switch
    {
        { Gate: { } gate } => gates.OfState ? $".StateOf({gate})" : $".InputOf({gate})",
        { } => gates.OfState ? ".State()" : ".Input()",
        null => "",
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

    private static string Pack(BiasSet set) => $"PackBias({set.Pitch}{(set.Rows == 1 ? "" : $", {set.Rows}")})";

    /// <summary>Channels for which the weights of a convolution lie side by side: two vectors.</summary>
    private string BlockOf(Contraction form) => Unrolling.IsUnrolled(form, plan.UnrollBudget) ? $"{2 * Simd.Lanes}" : "2 * Simd.Width";
}
