using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes a block of steps: as a method and its call, or in place.</summary>
internal sealed class BlockEmitter(Plan plan, EngineNames names, Methods methods)
{
    /// <summary>Floats that a thread passes through faster than it could tell another to take half of them.</summary>
    private const int SmallLength = 2048;

    private readonly ProductEmitter products = new(plan, methods);

    /// <summary>Writes the block where the program calls it; tensors go by their names in the program.</summary>
    public void Call(CodeWriter writer, Block block)
    {
        if (block.Method is null)
        {
            Emit(writer, block.Steps, NameInProgram);
            return;
        }

        IReadOnlyDictionary<Tensor, string> locals = Locals(block);
        HashSet<Tensor> written = [.. block.Steps.SelectMany(step => step.Writes)];
        List<Tensor> parameters = [.. block.Tensors.Where(tensor => !tensor.Stored || written.Contains(tensor)).OrderBy(Order)];
        bool needsTarget = NeedsTarget(block);
        string method = methods.Require(block.Method, (text, name) =>
        {
            IEnumerable<string> declared =
            [
                .. plan.IsShared ? ["Part part"] : Array.Empty<string>(),
                .. parameters.Select(tensor => $"{(written.Contains(tensor) ? "Span" : "ReadOnlySpan")}<float> {locals[tensor]}"),
                .. needsTarget ? ["int target"] : Array.Empty<string>(),
                .. block.Rectifies ? ["float floor"] : Array.Empty<string>(),
            ];
            text.Summary(block.Summary);
            using (text.Block($"private void {name}({string.Join(", ", declared)})"))
            {
                Emit(text, block.Steps, tensor => parameters.Contains(tensor) ? locals[tensor] : NameInProgram(tensor));
            }
        });
        IEnumerable<string> arguments =
        [
            .. plan.IsShared ? ["part"] : Array.Empty<string>(),
            .. parameters.Select(NameInProgram),
            .. needsTarget ? ["target"] : Array.Empty<string>(),
            .. block.Rectifies ? ["floor"] : Array.Empty<string>(),
        ];
        writer.Line($"{method}({string.Join(", ", arguments)});");

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

                if (plan.IsShared)
                {
                    text.Line("Part part = Part.Whole;");
                }

                Emit(text, block.Steps, tensor => tensor.Stored ? NameInProgram(tensor) : locals[tensor]);
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

    /// <summary>Whether threads must have finished what comes before the block.</summary>
    public bool Waits(Block block) => plan.IsShared && block.Steps.Any(step => step is not (TraceStep or LoadInput));

    private void Emit(CodeWriter writer, IReadOnlyList<Step> steps, Func<Tensor, string> name)
    {
        Step? first = steps.FirstOrDefault(step => step is not TraceStep);
        foreach (IReadOnlyList<Step> loop in Pointwise.InLoops(steps))
        {
            Step step = loop[0];
            if (plan.IsShared && step is not TraceStep && step != first)
            {
                writer.Line("part.Wait();");
            }

            bool isForOneThread = plan.IsShared && IsForOneThread(step);
            using (isForOneThread ? writer.Block("if (part.IsFirst)") : null)
            {
                if (step is Pointwise)
                {
                    new PointwiseEmitter(writer, name, names, plan.IsShared && !isForOneThread).Emit([.. loop.Cast<Pointwise>()]);
                }
                else
                {
                    Emit(writer, step, name);
                }
            }
        }
    }

    /// <summary>Whether a step is not shared out: it has data of the caller's, or is too small.</summary>
    private bool IsForOneThread(Step step) => step switch
    {
        Product product => product.TargetOnly || IsUnrolled(product),
        Pointwise pointwise => pointwise.To.Length < SmallLength,
        Activate activate => activate.Operation is Softmax || activate.To.Length < SmallLength,
        Differentiate differentiate => differentiate.Operation is Softmax || differentiate.To.Length < SmallLength,
        Pad or CopyChannels or Average or Maximum or ToWinner or TraceStep => false,
        _ => true,
    };

    private bool IsUnrolled(Product product) => Unrolling.IsUnrolled(product, plan.Network.Layers[product.Layer], plan.UnrollBudget);

    private string Part => plan.IsShared ? "part" : "Part.Whole";

    private string PartOf(string tensor) => plan.IsShared ? $"part.Of({tensor})" : tensor;

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
                writer.Line($"Layout.Pad({Part}, {name(pad.Tensor)}, {extent}, {around}, {name(pad.To)});");
                break;
            case Fill fill:
                writer.Line($"Layout.Fill([{string.Join(", ", fill.Values.Select(Literal.Float))}], {Extent(fill.To)}, {name(fill.To)});");
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
                string toActivate = IsForOneThread(activate) ? name(activate.To) : PartOf(name(activate.To));
                writer.Line($"Activations.{Function(activate.Operation, activate, activate.Tensor, name)}, {toActivate});");
                break;
            case Differentiate differentiate:
                string derivative = Function(differentiate.Operation, differentiate, differentiate.Tensor, name);
                string differentiated = string.Join(", ", new[] { differentiate.Relevance, differentiate.To }.Select(tensor =>
                    IsForOneThread(differentiate) ? name(tensor) : PartOf(name(tensor))));
                writer.Line($"Derivatives.{derivative}, {differentiated});");
                break;
            case RectifyTraced rectify:
                using (writer.Block("if (trace is not null)"))
                {
                    writer.Line($"Activations.ReLU({name(rectify.Tensor)}, {name(rectify.Tensor)});");
                }

                break;
            case ToVector vector:
                writer.Line($"Layout.ToChannelsFirst({name(vector.Tensor)}, {Extent(vector.Tensor)}, {name(vector.To)});");
                ClearPadding(writer, name(vector.To), vector.To);
                break;
            case ToImage image:
                writer.Line($"Layout.ToChannelsLast({name(image.Tensor)}, {Extent(image.To)}, {name(image.To)});");
                break;
            case CopyChannels { Widens: true } copy:
                string joined = $"{name(copy.Tensor)}, {Extent(copy.Tensor)}, {copy.First}, {copy.To.Pitch}, {name(copy.To)}";
                writer.Line($"Layout.JoinChannels({Part}, {joined});");
                break;
            case CopyChannels copy:
                string split = $"{name(copy.Tensor)}, {copy.Tensor.Pitch}, {copy.First}, {Extent(copy.To)}, {name(copy.To)}";
                writer.Line($"Layout.SplitChannels({Part}, {split});");
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

    private PoolEmitter Pool(CodeWriter writer, int layer) => new(writer, plan.Network.Layers[layer], plan.IsShared);

    private void Product(CodeWriter writer, Product product, Func<Tensor, string> name)
    {
        IEnumerable<string> arguments =
        [
            .. IsUnrolled(product) ? [] : new[] { Part },
            name(product.Tensor),
            $"{names[product.Weights]}.Span",
            .. product.Bias is null ? [] : new[] { $"{names[product.Bias]}.Span" },
            .. products.HasFloor(product) ? [product.Rectifies ? "floor" : "float.NegativeInfinity"] : Array.Empty<string>(),
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
    private string Function(Operation operation, Step step, Tensor tensor, Func<Tensor, string> name) => operation switch
    {
        Activation activation => $"{activation.Function}({string.Join(
            ", ",
            activation.Parameters.Select(Literal.Double).Prepend(IsForOneThread(step) ? name(tensor) : PartOf(name(tensor))))}",
        _ => $"Softmax({name(tensor)}, {tensor.Pixels}, {tensor.Channels}, {tensor.Pitch}",
    };

    private static string Extent(Tensor tensor) => $"{tensor.Channels}, {tensor.Pixels}, {tensor.Pitch}";
}
