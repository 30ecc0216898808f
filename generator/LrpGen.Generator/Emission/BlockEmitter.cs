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
        foreach (IReadOnlyList<Step> loop in Pointwise.InLoops(steps, plan.Facts.Has(Optimizations.SharedLoops)))
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
        Activate activate => activate.Function.Kind == FunctionKind.Row || activate.To.Length < SmallLength,
        Differentiate differentiate => differentiate.Function.Kind == FunctionKind.Row || differentiate.To.Length < SmallLength,
        Move move => move.Adds,
        Pad or Clear or Average or Interpolate or Maximum or ToWinner or Normalize or NormalizeBack or TraceStep => false,
        _ => true,
    };

    private bool IsUnrolled(Product product) => Unrolling.IsUnrolled(product, plan.UnrollBudget);

    private string Part => plan.IsShared ? "part" : "Part.Whole";

    private string PartOf(string tensor) => plan.IsShared ? $"part.Of({tensor})" : tensor;

    private void Emit(CodeWriter writer, Step step, Func<Tensor, string> name)
    {
        switch (step)
        {
            case LoadInput load:
                writer.Line($"Layout.Load(input, {names[load.Arrangement]}, {name(load.To)});");
                break;
            case LoadOutputRelevance load:
                writer.Line($"Layout.Load(outputRelevance, {names[load.Arrangement]}, {name(load.To)});");
                break;
            case StoreOutput store:
                writer.Line($"Layout.Store({name(store.Tensor)}, {names[store.Arrangement]}, output);");
                break;
            case StoreRelevance store:
                writer.Line($"Layout.Store({name(store.Tensor)}, {names[store.Arrangement]}, relevance);");
                break;
            case SeedOutputs seed when !seed.Seed.IsAtTarget():
                writer.Line($"Seeds.{seed.Seed}({name(seed.Output)}, {names[seed.Arrangement]}, target, {name(seed.To)});");
                break;
            case SeedOutputs seed:
                string element = ElementOfTarget(seed.Arrangement);
                Seed(writer, seed.Seed, name(seed.To), $"{name(seed.Output)}[{element}]", element);
                break;
            case SeedTarget seed:
                Seed(writer, seed.Seed, name(seed.To), $"{name(seed.Output)}[{ElementOfTarget(seed.Arrangement)}]", "0");
                break;
            case PickTarget pick:
                writer.Line($"{name(pick.To)}.Clear();");
                writer.Line($"{name(pick.To)}[0] = {name(pick.Tensor)}[{ElementOfTarget(pick.Arrangement)}];");
                break;
            case Pad pad:
                Margins margins = pad.Margins;
                string extent = $"{pad.Height}, {pad.Width}, {pad.Tensor.Pitch}";
                string around = $"{margins.Top}, {margins.Left}, {margins.Bottom}, {margins.Right}";
                writer.Line($"Layout.Pad({Part}, {name(pad.Tensor)}, {extent}, {around}, {name(pad.To)});");
                break;
            case Clear clear:
                writer.Line($"Layout.ClearLanes({Part}, {name(clear.To)}, {clear.To.Rows}, {clear.To.Pitch}, {clear.First});");
                break;
            case Rearrange rearrange:
                string present = $"{name(rearrange.Tensor)}, {names[rearrange.Present]}";
                writer.Line($"Layout.Rearrange({present}, {name(rearrange.To)}, {names[rearrange.Wanted]});");
                break;
            case Move move:
                Move(writer, move, name);
                break;
            case Fill fill:
                writer.Line($"Layout.Fill([{string.Join(", ", fill.Values.Select(Literal.Float))}], {names[fill.Arrangement]}, {name(fill.To)});");
                break;
            case Product { TargetOnly: true } product:
                Column(writer, product, name);
                break;
            case Product product:
                Product(writer, product, name);
                break;
            case Average average:
                (Tensor input, Tensor output) = average.Transposed ? (average.To, average.Tensor) : (average.Tensor, average.To);
                Pool(writer, average.Windows).EmitAverage(average, name(average.Tensor), name(average.To), input, output);
                break;
            case Interpolate interpolate:
                Upsample(writer, interpolate, name);
                break;
            case Maximum maximum:
                Pool(writer, maximum.Windows).EmitMaximum(name(maximum.Tensor), name(maximum.To), maximum.Tensor, maximum.To);
                break;
            case ToWinner winner:
                Pool(writer, winner.Windows)
                    .EmitToWinner(name(winner.Input), name(winner.Output), name(winner.Relevance), name(winner.To), winner.Input, winner.Output);
                break;
            case Activate activate:
                string toActivate = IsForOneThread(activate) ? name(activate.To) : PartOf(name(activate.To));
                writer.Line($"Activations.{Function(activate.Function, activate, activate.Tensor, name)}, {toActivate});");
                break;
            case Differentiate differentiate:
                string derivative = Function(differentiate.Function, differentiate, differentiate.Tensor, name);
                string differentiated = string.Join(", ", new[] { differentiate.Relevance, differentiate.To }.Select(tensor =>
                    IsForOneThread(differentiate) ? name(tensor) : PartOf(name(tensor))));
                writer.Line($"Derivatives.{derivative}, {differentiated});");
                break;
            case Normalize normalize:
                string weights = $"{Span(normalize.Weights)}, {Span(normalize.Bias)}";
                writer.Line($"Normalizations.Forward({Normalized(normalize.Statistics, normalize.Input, name)}, {weights}, {name(normalize.To)});");
                break;
            case NormalizeBack back:
                string deviation = $"{Span(back.Weights)}, constantDeviation: {Literal.Boolean(back.ConstantDeviation)}";
                string ends = $"{name(back.Relevance)}, {name(back.To)}";
                writer.Line($"Normalizations.Backward({Normalized(back.Statistics, back.Input, name)}, {deviation}, {ends});");
                break;
            case RectifyTraced rectify:
                using (writer.Block("if (trace is not null)"))
                {
                    writer.Line($"Activations.ReLU({name(rectify.Tensor)}, {name(rectify.Tensor)});");
                }

                break;
            case MaskLanes mask:
                writer.Line($"ChannelMask.Apply({name(mask.Relevance)}, {mask.To.Pitch}, channels, {name(mask.To)});");
                break;
            case Capture capture:
                string target = capture.Kind == CaptureKind.TargetRelevance ? ", target" : "";
                writer.Line($"trace?.{capture.Kind}({capture.Layer}, {name(capture.Tensor)}{target});");
                break;
            case LedgerAccount account:
                new LedgerEmitter(writer, names, name, Function).Emit(account);
                break;
            case LedgerTimesInput times:
                writer.Line($"trace?.TimesInput({name(times.Relevance)}, {name(times.Input)}, {name(times.Result)}, {names[times.Arrangement]});");
                break;
            default:
                throw new InvalidOperationException($"No text for {step}.");
        }
    }

    private PoolEmitter Pool(CodeWriter writer, PoolWindows windows) => new(writer, windows, plan.IsShared);

    /// <summary>What a normalisation of either direction begins with.</summary>
    private string Normalized(Statistics statistics, Tensor input, Func<Tensor, string> name)
    {
        string regions = $"new({input.Rows}, {input.Lanes}, {input.Pitch}, {statistics.Rows}, {statistics.Lanes})";
        return $"{Part}, {name(input)}, {regions}, centred: {Literal.Boolean(statistics.Centred)}, {Literal.Double(statistics.Eps)}";
    }

    private string Span(WeightSet? set) => set is null ? "default" : $"{names[set]}.Span";

    private string Span(BiasSet? set) => set is null ? "default" : $"{names[set]}.Span";

    private void Move(CodeWriter writer, Move move, Func<Tensor, string> name)
    {
        string list(Func<NestAxis, int> of) => $"[{string.Join(", ", move.Nest.Axes.Select(of))}]";
        string ends = $"{name(move.Tensor)}, {move.Nest.From}, {name(move.To)}, {move.Nest.To}";
        string loops = $"{list(axis => axis.Count)}, {list(axis => axis.From)}, {list(axis => axis.To)}";
        writer.Line(move.Adds ? $"Layout.Add({ends}, {loops});" : $"Layout.Move({Part}, {ends}, {loops});");
    }

    private void Upsample(CodeWriter writer, Interpolate step, Func<Tensor, string> name)
    {
        Interpolation between = step.Interpolation;
        string method = step.Transposed ? "TransposedProduct" : "Product";
        string image = $"{between.Height}, {between.Width}, {step.Tensor.Pitch}, {between.RowScale}, {between.ColumnScale}";
        string linear = between.IsLinear ? "true" : "false";
        string weights = $"linear: {linear}, power: {step.Power}, {Literal.Float(step.Scale)}";
        string accumulate = step.Accumulate ? "true" : "false";
        writer.Line($"Upsampling.{method}({Part}, {name(step.Tensor)}, {image}, {weights}, accumulate: {accumulate}, {name(step.To)});");
    }

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
        string weights = $"{names[product.Weights]}.Span, {((Dense)product.Form).Inputs}, {product.Weights.Pitch}, target";
        string method = (product.Accumulate ? "Add" : "") + (product.Transposed ? "Transposed" : "") + "Product";
        string start = product.Bias is null ? "0f" : $"{names[product.Bias]}.Span[target]";
        writer.Line(product.Transposed
            ? $"Column.{method}({name(product.Tensor)}, {weights}, {name(product.To)});"
            : $"Column.{method}({name(product.Tensor)}, {weights}, {(product.Accumulate ? "" : start + ", ")}{name(product.To)});");
    }

    private static void Seed(CodeWriter writer, Seed seed, string to, string output, string element)
    {
        writer.Line($"{to}.Clear();");
        writer.Line($"{to}[{element}] = {(seed == Rules.Seed.One ? "1f" : output)};");
    }

    private string ElementOfTarget(Arrangement output) => output.Rows == 1 ? "target" : $"{names[output]}.IndexOf(target)";

    /// <summary>A call of the function up to what comes behind its parameters.</summary>
    private string Function(Function function, Step step, Tensor tensor, Func<Tensor, string> name)
    {
        string argument = function.Kind == FunctionKind.Row
            ? $"{name(tensor)}, {tensor.Rows}, {tensor.Lanes}, {tensor.Pitch}"
            : IsForOneThread(step) ? name(tensor) : PartOf(name(tensor));
        return $"{function.Name}({string.Join(", ", function.Parameters.Select(Literal.Double).Prepend(argument))}";
    }
}
