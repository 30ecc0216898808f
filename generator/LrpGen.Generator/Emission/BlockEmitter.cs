using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes a block of steps: as a method and its call, or in place.</summary>
internal sealed class BlockEmitter(Plan plan, EngineNames names, Methods methods)
{
    private readonly ProductEmitter products = new(plan, methods);

    /// <summary>Writes the block where the program calls it; tensors go by their names in the program.</summary>
    public void Call(CodeWriter writer, Block block)
    {
        if (block.Method is null)
        {
            foreach (Step step in block.Steps)
            {
                Emit(writer, step, NameInProgram);
            }

            return;
        }

        IReadOnlyDictionary<Tensor, string> locals = Locals(block);
        HashSet<Tensor> written = [.. block.Steps.SelectMany(step => step.Writes)];
        List<Tensor> parameters = [.. block.Tensors.Where(tensor => !tensor.Stored || written.Contains(tensor)).OrderBy(Order)];
        bool needsTarget = NeedsTarget(block);
        string method = methods.Require(block.Method, (text, name) =>
        {
            IEnumerable<string> declared = parameters
                .Select(tensor => $"{(written.Contains(tensor) ? "Span" : "ReadOnlySpan")}<float> {locals[tensor]}");
            text.Summary(block.Summary);
            using (text.Block($"private void {name}({string.Join(", ", needsTarget ? declared.Append("int target") : declared)})"))
            {
                foreach (Step step in block.Steps)
                {
                    Emit(text, step, tensor => parameters.Contains(tensor) ? locals[tensor] : NameInProgram(tensor));
                }
            }
        });
        IEnumerable<string> arguments = parameters.Select(NameInProgram);
        writer.Line($"{method}({string.Join(", ", needsTarget ? arguments.Append("target") : arguments)});");

        // What is read, what is written on the way, the result.
        int Order(Tensor tensor) => !written.Contains(tensor) ? 0 : block.Steps[block.Steps.Count - 1].Writes.Contains(tensor) ? 2 : 1;
    }

    /// <summary>The call of a block as a function of what it reads: it allocates what it writes, and returns one of these.</summary>
    private string Function(Block block, Tensor result)
    {
        IReadOnlyDictionary<Tensor, string> locals = Locals(block);
        List<Tensor> parameters = [.. block.Inputs.Where(tensor => !tensor.Stored)];
        bool needsTarget = NeedsTarget(block);
        string method = methods.Require(block.Method!, (text, name) =>
        {
            IEnumerable<string> declared = parameters.Select(tensor => $"ReadOnlySpan<float> {locals[tensor]}");
            text.Summary(block.Summary);
            using (text.Block($"private Span<float> {name}({string.Join(", ", needsTarget ? declared.Append("int target") : declared)})"))
            {
                foreach (Tensor tensor in block.Steps.SelectMany(step => step.Writes).Distinct())
                {
                    text.Line($"Span<float> {locals[tensor]} = new float[{tensor.Length}];");
                }

                foreach (Step step in block.Steps)
                {
                    Emit(text, step, tensor => tensor.Stored ? NameInProgram(tensor) : locals[tensor]);
                }

                text.Line($"return {locals[result]};");
            }
        });
        IEnumerable<string> arguments = parameters.Select(NameInProgram);
        return $"{method}({string.Join(", ", needsTarget ? arguments.Append("target") : arguments)})";
    }

    private static bool NeedsTarget(Block block) => block.Steps.Any(step => step is PickTarget or Product { TargetOnly: true });

    private static string NameInProgram(Tensor tensor) => tensor.Stored ? $"{tensor.Name}.Span" : tensor.Name;

    private static Dictionary<Tensor, string> Locals(Block block)
    {
        UniqueNames names = new("", block.Names.Values);
        return block.Tensors.ToDictionary(
            tensor => tensor,
            tensor => block.Names.TryGetValue(tensor, out string? name) ? name : names.Next(tensor.Symbol));
    }

    private void Emit(CodeWriter writer, Step step, Func<Tensor, string> name)
    {
        switch (step)
        {
            case LoadInput load:
                writer.Line($"Layout.ToChannelsLast(input, {Extent(load.To)}, {name(load.To)});");
                break;
            case LoadOutputRelevance load:
                writer.Line($"Layout.ToChannelsLast(outputRelevance, {Extent(load.To)}, {name(load.To)});");
                break;
            case StoreOutput store:
                writer.Line($"Layout.ToChannelsFirst({name(store.Tensor)}, {Extent(store.Tensor)}, output);");
                break;
            case StoreRelevance store:
                writer.Line($"Layout.ToChannelsFirst({name(store.Tensor)}, {Extent(store.Tensor)}, relevance);");
                break;
            case SeedOutputs seed when !seed.Seed.IsAtTarget():
                string element = ElementOfTarget(seed.Output);
                writer.Line($"Seeds.{seed.Seed}({name(seed.Output)}, {Extent(seed.Output)}, {element}, {name(seed.To)});");
                break;
            case SeedOutputs seed:
                Seed(writer, seed.Seed, seed.Output, name(seed.To), name(seed.Output), ElementOfTarget(seed.Output));
                break;
            case SeedTarget seed:
                Seed(writer, seed.Seed, seed.Output, name(seed.To), name(seed.Output), "0");
                break;
            case PickTarget pick:
                writer.Line($"{name(pick.To)}.Clear();");
                writer.Line($"{name(pick.To)}[0] = {name(pick.Tensor)}[{ElementOfTarget(pick.Tensor)}];");
                break;
            case Pad pad:
                Margins margins = pad.Margins;
                string extent = $"{pad.Tensor.Height}, {pad.Tensor.Width}, {pad.Tensor.Pitch}";
                string around = $"{margins.Top}, {margins.Left}, {margins.Bottom}, {margins.Right}";
                writer.Line($"Layout.Pad({name(pad.Tensor)}, {extent}, {around}, {name(pad.To)});");
                break;
            case Fill fill:
                writer.Line($"Layout.Fill([{string.Join(", ", fill.Values.Select(Literal.Float))}], {Extent(fill.To)}, {name(fill.To)});");
                break;
            case Pointwise pointwise:
                new PointwiseEmitter(writer, name, names).Emit(pointwise);
                break;
            case Product { TargetOnly: true } product:
                Column(writer, product, name);
                break;
            case Product product:
                Product(writer, product, name);
                break;
            case Average average:
                (Tensor input, Tensor output) = average.Transposed ? (average.To, average.Tensor) : (average.Tensor, average.To);
                Pool(writer, average.Layer).EmitAverage(average, name(average.Tensor), name(average.To), input, output);
                break;
            case Maximum maximum:
                Pool(writer, maximum.Layer).EmitMaximum(name(maximum.Tensor), name(maximum.To), maximum.Tensor, maximum.To);
                break;
            case ToWinner winner:
                Pool(writer, winner.Layer)
                    .EmitToWinner(name(winner.Input), name(winner.Output), name(winner.Relevance), name(winner.To), winner.Input, winner.Output);
                break;
            case Activate activate:
                writer.Line($"Activations.{Function(activate.Operation, activate.Tensor, name)}, {name(activate.To)});");
                break;
            case Differentiate differentiate:
                string derivative = Function(differentiate.Operation, differentiate.Tensor, name);
                writer.Line($"Derivatives.{derivative}, {name(differentiate.Relevance)}, {name(differentiate.To)});");
                break;
            case ToVector vector:
                writer.Line($"Layout.ToChannelsFirst({name(vector.Tensor)}, {Extent(vector.Tensor)}, {name(vector.To)});");
                ClearPadding(writer, name(vector.To), vector.To);
                break;
            case ToImage image:
                writer.Line($"Layout.ToChannelsLast({name(image.Tensor)}, {Extent(image.To)}, {name(image.To)});");
                break;
            case CopyChannels { Widens: true } copy:
                writer.Line($"Layout.JoinChannels({name(copy.Tensor)}, {Extent(copy.Tensor)}, {copy.First}, {copy.To.Pitch}, {name(copy.To)});");
                break;
            case CopyChannels copy:
                writer.Line($"Layout.SplitChannels({name(copy.Tensor)}, {copy.Tensor.Pitch}, {copy.First}, {Extent(copy.To)}, {name(copy.To)});");
                break;
            case MaskChannels mask:
                string pixels = $"{mask.To.Pixels}, {mask.To.Pitch}";
                writer.Line($"ChannelMask.Apply({name(mask.Relevance)}, {pixels}, channels, {name(mask.To)});");
                break;
            case Capture capture:
                string target = capture.Kind == CaptureKind.TargetRelevance ? ", target" : "";
                writer.Line($"trace?.{capture.Kind}({capture.Layer}, {name(capture.Tensor)}{target});");
                break;
            case LedgerAccount account:
                new LedgerEmitter(writer, names, name, Function).Emit(account);
                break;
            case LedgerTimesInput times:
                writer.Line($"trace?.TimesInput({name(times.Relevance)}, {name(times.Input)}, {name(times.Result)}, {Extent(times.Input)});");
                break;
            default:
                throw new InvalidOperationException($"No text for {step}.");
        }
    }

    private PoolEmitter Pool(CodeWriter writer, int layer) => new(writer, plan.Network.Layers[layer]);

    private void Product(CodeWriter writer, Product product, Func<Tensor, string> name)
    {
        bool unrolled = Unrolling.IsUnrolled(product, plan.Network.Layers[product.Layer], plan.UnrollBudget);
        IEnumerable<string> arguments =
        [
            .. unrolled ? [] : new[] { "Part.Whole" },
            name(product.Tensor),
            $"{names[product.Weights]}.Span",
            .. product.Bias is null ? [] : new[] { $"{names[product.Bias]}.Span" },
            .. product.Operands.Concat(product.Scratch).Select(name),
            name(product.To),
        ];
        writer.Line($"{products.Require(product, name)}({string.Join(", ", arguments)});");
    }

    private void Column(CodeWriter writer, Product product, Func<Tensor, string> name)
    {
        Linear linear = (Linear)plan.Network.Layers[product.Layer].Operation;
        int pitch = plan.Facts.Pitches[product.Layer];
        string weights = $"{names[product.Weights]}.Span, {linear.Inputs}, {pitch}, target";
        string method = (product.Accumulate ? "Add" : "") + (product.Transposed ? "Transposed" : "") + "Product";
        string start = product.Bias is null ? "0f" : $"{names[product.Bias]}.Span[target]";
        writer.Line(product.Transposed
            ? $"Column.{method}({name(product.Tensor)}, {weights}, {name(product.To)});"
            : $"Column.{method}({name(product.Tensor)}, {weights}, {(product.Accumulate ? "" : start + ", ")}{name(product.To)});");
    }

    private static void Seed(CodeWriter writer, Seed seed, Tensor output, string to, string from, string element)
    {
        string value = seed == Model.Seed.One ? "1f" : $"{from}[{ElementOfTarget(output)}]";
        writer.Line($"{to}.Clear();");
        writer.Line($"{to}[{element}] = {value};");
    }

    private static string ElementOfTarget(Tensor output) =>
        output.Pixels == 1 ? "target" : $"target % {output.Pixels} * {output.Pitch} + target / {output.Pixels}";

    private static void ClearPadding(CodeWriter writer, string name, Tensor vector)
    {
        if (vector.Pitch > vector.Channels)
        {
            writer.Line($"{name}.Slice({vector.Channels}).Clear();");
        }
    }

    /// <summary>A call of the function up to what comes behind its parameters.</summary>
    private static string Function(Operation operation, Tensor tensor, Func<Tensor, string> name) => operation switch
    {
        Activation activation => $"{activation.Function}({string.Join(", ", activation.Parameters.Select(Literal.Double).Prepend(name(tensor)))}",
        _ => $"Softmax({name(tensor)}, {tensor.Pixels}, {tensor.Channels}, {tensor.Pitch}",
    };

    private static string Extent(Tensor tensor) => $"{tensor.Channels}, {tensor.Pixels}, {tensor.Pitch}";
}
