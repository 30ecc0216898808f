using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes steps: a call of the runtime or of a kernel, or a loop.</summary>
/// <param name="name">Names of tensors.</param>
/// <param name="callOf">The call of a block as a function that makes a tensor of its own.</param>
/// <param name="isShared">Whether threads share the steps.</param>
internal sealed class StepEmitter(
    CodeWriter writer,
    Plan plan,
    bool isShared,
    EngineNames names,
    ProductEmitter products,
    Func<Tensor, string> name,
    Func<Block, Tensor, string> callOf)
{
    /// <summary>Floats that a thread passes through faster than it could tell another to take half of them.</summary>
    private const int SmallLength = 2048;

    public void Emit(Step step)
    {
        bool isForOneThread = isShared && IsForOneThread(step);
        using (isForOneThread ? writer.Block("if (part.IsFirst)") : null)
        {
            if (step is ForEachRow rows)
            {
                new RowLoopEmitter(writer, name, nameInRow => new StepEmitter(writer, plan, false, names, products, nameInRow, callOf)).Emit(rows);
            }
            else if (step is Loop or Pointwise)
            {
                IReadOnlyList<Pointwise> loop = step is Loop shared ? shared.Steps : [(Pointwise)step];
                new PointwiseEmitter(writer, name, names, isShared && !isForOneThread).Emit(loop);
            }
            else if (!(Data(step) || Moves(step) || Products(step) || Functions(step) || Traces(step)))
            {
                throw new InvalidOperationException($"No text for {step}.");
            }
        }
    }

    /// <summary>Whether a step is not shared out: it has data of the caller's, or is too small.</summary>
    private bool IsForOneThread(Step step) => step switch
    {
        Product product => product.TargetOnly || IsUnrolled(product),
        Pointwise pointwise => pointwise.To.Length < SmallLength,
        Loop loop => IsForOneThread(loop.Steps[0]),
        Activate activate => activate.To.Length < SmallLength,
        Differentiate differentiate => differentiate.To.Length < SmallLength,
        Move move => move.Adds,
        Pad or Clear or SumLanes or Average or Interpolate or Rotate or Maximum or ToWinner or Normalize or NormalizeBack or TraceStep => false,
        _ => true,
    };

    private bool IsUnrolled(Product product) => Unrolling.IsUnrolled(product, plan.UnrollBudget);

    private string Part => isShared ? "part" : "Part.Whole";

    private string PartOf(string tensor) => isShared ? $"part.Of({tensor})" : tensor;

    /// <summary>Data of the call, and what a call starts from.</summary>
    private bool Data(Step step)
    {
        switch (step)
        {
            case LoadInput load:
                Load("input", load.Arrangement, load.To);
                return true;
            case StoreOutput store:
                Store(store.Arrangement, store.Tensor, "output");
                return true;
            case StoreRelevance store:
                Store(store.Arrangement, store.Tensor, "relevance");
                return true;
            case SeedObjective seed:
                string kind = seed.Seed == Rules.Seed.One ? "Gradient" : "Relevance";
                string outputs = $"{name(seed.Output)}, {Arranged(seed.Arrangement, seed.Output)}, {Columns(seed.Output)}";
                writer.Line($"Seeds.{kind}(objective, {outputs}, {name(seed.To)});");
                return true;
            case SeedOutputs seed when !seed.Seed.IsAtTarget():
                writer.Line($"Seeds.{seed.Seed}({name(seed.Output)}, {Arranged(seed.Arrangement, seed.Output)}, target, {name(seed.To)});");
                return true;
            case SeedOutputs seed:
                string element = ElementOfTarget(seed.Arrangement, seed.Output);
                Seed(seed.Seed, name(seed.To), $"{name(seed.Output)}[{element}]", element);
                return true;
            case SeedTarget seed:
                Seed(seed.Seed, name(seed.To), $"{name(seed.Output)}[{ElementOfTarget(seed.Arrangement, seed.Output)}]", "0");
                return true;
            case PickTarget pick:
                writer.Line($"{name(pick.To)}.Clear();");
                writer.Line($"{name(pick.To)}[0] = {name(pick.Tensor)}[{ElementOfTarget(pick.Arrangement, pick.Tensor)}];");
                return true;
            case Gather gather:
                writer.Line($"Layout.Gather(input, {names[gather.Weights]}.Span, {gather.To.Pitch}, {name(gather.To)}, {gather.To.Pitch});");
                return true;
            case Fill fill:
                string values = string.Join(", ", fill.Values.Select(Literal.Float));
                writer.Line($"Layout.Fill([{values}], {Arranged(fill.Arrangement, fill.To)}, {name(fill.To)});");
                return true;
            case MaskChannels mask:
                MaskedAxis axis = mask.Axis;
                string extent = $"{Portion(mask.To, axis.Block, axis.BlockVaries)}, {Portion(mask.To, axis.Step, axis.StepVaries)}";
                writer.Line($"ChannelMask.Apply({name(mask.Relevance)}, {extent}, channels, {name(mask.To)});");
                return true;
            default:
                return false;
        }
    }

    /// <summary>Copies data of the caller's to a tensor, with zeros in its padding.</summary>
    private void Load(string source, Arrangement arrangement, Tensor to)
    {
        if (arrangement.Rows > 1)
        {
            writer.Line($"Layout.Load({source}, {Arranged(arrangement, to)}, {name(to)});");
            return;
        }

        writer.Line($"{source}.CopyTo({name(to)});");
        if (to.Length > to.Lanes)
        {
            writer.Line($"{name(to)}[{to.Lanes}..].Clear();");
        }
    }

    private void Store(Arrangement arrangement, Tensor from, string destination) => writer.Line(arrangement.Rows > 1
        ? $"Layout.Store({name(from)}, {Arranged(arrangement, from)}, {destination});"
        : $"{name(from)}{(from.Length > from.Lanes ? $"[..{from.Lanes}]" : "")}.CopyTo({destination});");

    /// <summary>Values that go to another place.</summary>
    private bool Moves(Step step)
    {
        switch (step)
        {
            case Pad pad:
                Margins margins = pad.Margins;
                string width = pad.Tensor.Varies ? Rows(pad.Tensor) : Literal.Integer(pad.Width);
                string extent = $"{pad.Height}, {width}, {pad.Tensor.Pitch}";
                string around = $"{margins.Top}, {margins.Left}, {margins.Bottom}, {margins.Right}";
                writer.Line($"Layout.Pad({Part}, {name(pad.Tensor)}, {extent}, {around}, {name(pad.To)});");
                return true;
            case Clear clear:
                writer.Line($"Layout.ClearLanes({Part}, {name(clear.To)}, {Rows(clear.To)}, {clear.To.Pitch}, {clear.First});");
                return true;
            case Rearrange rearrange:
                string present = $"{name(rearrange.Tensor)}, {Arranged(rearrange.Present, rearrange.Tensor)}";
                writer.Line($"Layout.Rearrange({present}, {name(rearrange.To)}, {Arranged(rearrange.Wanted, rearrange.To)});");
                return true;
            case Move move:
                Move(move);
                return true;
            case CopyRows copy:
                CopyRows(copy);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Sums of products.</summary>
    private bool Products(Step step)
    {
        switch (step)
        {
            case Product { TargetOnly: true } product:
                Column(product);
                return true;
            case Product { Form: Batched form, Right: Live right } product:
                MatrixProduct(product, form, right.Tensor);
                return true;
            case Product product:
                Product(product);
                return true;
            case Average average:
                (Tensor input, Tensor output) = average.Transposed ? (average.To, average.Tensor) : (average.Tensor, average.To);
                Pool(average.Windows).EmitAverage(average, name(average.Tensor), name(average.To), input, output);
                return true;
            case Rotate rotate:
                Rotation rotation = rotate.Rotation;
                string turns = $"{rotate.To.Pitch}, {rotation.Heads}, {rotation.Half}, {Literal.Number(rotation.Base)}";
                string parts = $"{rotate.Power}, {Literal.Float(rotate.Positive)}, {Literal.Float(rotate.Negative)}";
                string turned = $"accumulate: {Literal.Boolean(rotate.Accumulate)}, {name(rotate.To)}";
                writer.Line($"Rotations.Product({Part}, {name(rotate.Tensor)}, {turns}, {Literal.Boolean(rotate.Transposed)}, {parts}, {turned});");
                return true;
            case Interpolate interpolate:
                Upsample(interpolate);
                return true;
            case SumLanes sum:
                string summed = $"{name(sum.Tensor)}, {sum.Tensor.Lanes}, {sum.Tensor.Pitch}";
                writer.Line($"Layout.SumLanes({Part}, {summed}, {name(sum.To)}, {sum.To.Pitch});");
                return true;
            default:
                return false;
        }
    }

    /// <summary>Functions of elements, rows and windows.</summary>
    private bool Functions(Step step)
    {
        switch (step)
        {
            case Maximum maximum:
                Pool(maximum.Windows).EmitMaximum(name(maximum.Tensor), name(maximum.To), maximum.Tensor, maximum.To);
                return true;
            case ToWinner winner:
                Pool(winner.Windows)
                    .EmitToWinner(name(winner.Input), name(winner.Output), name(winner.Relevance), name(winner.To), winner.Input, winner.Output);
                return true;
            case Activate activate:
                writer.Line($"{Function(activate.Function, activate.Tensor, activate.LanesOf)}.Value({OwnPart(activate, activate.Function, activate.Tensor, activate.To)});");
                return true;
            case Differentiate differentiate:
                string differentiated = OwnPart(differentiate, differentiate.Function, differentiate.Tensor, differentiate.Relevance, differentiate.To);
                writer.Line($"{Function(differentiate.Function, differentiate.Tensor, differentiate.LanesOf)}.DerivativeTimes({differentiated});");
                return true;
            case Normalize normalize:
                string weights = $"{Span(normalize.Weights)}, {Span(normalize.Bias)}";
                writer.Line($"Normalizations.Forward({Normalized(normalize.Statistics, normalize.Input, name)}, {weights}, {name(normalize.To)});");
                return true;
            case NormalizeBack back:
                string deviation = $"{Span(back.Weights)}, constantDeviation: {Literal.Boolean(back.ConstantDeviation)}";
                string ends = $"{name(back.Relevance)}, {name(back.To)}";
                writer.Line($"Normalizations.Backward({Normalized(back.Statistics, back.Input, name)}, {deviation}, {ends});");
                return true;
            default:
                return false;
        }
    }

    /// <summary>What only a trace needs.</summary>
    private bool Traces(Step step)
    {
        switch (step)
        {
            case RectifyTraced rectify:
                using (writer.Block("if (trace is not null)"))
                {
                    writer.Line($"new ReLUFunction().Value({name(rectify.Tensor)}, {name(rectify.Tensor)});");
                }

                return true;
            case Capture capture:
                string target = capture.Kind == CaptureKind.TargetRelevance ? ", target" : "";
                writer.Line($"trace?.{capture.Kind}({capture.Layer}, {name(capture.Tensor)}{target});");
                return true;
            case LedgerAccount account:
                new LedgerEmitter(writer, names, name, callOf).Emit(account);
                return true;
            case LedgerTimesInput times:
                string arranged = Arranged(times.Arrangement, times.Result);
                writer.Line($"trace?.TimesInput({name(times.Relevance)}, {name(times.Input)}, {name(times.Result)}, {arranged});");
                return true;
            default:
                return false;
        }
    }

    private PoolEmitter Pool(PoolWindows windows) => new(writer, windows, isShared);

    /// <summary>What a normalisation of either direction begins with.</summary>
    private string Normalized(Statistics statistics, Tensor input, Func<Tensor, string> name)
    {
        // Regions are positions, or all of them.
        string rows = statistics.Rows == input.Rows ? Rows(input) : Literal.Integer(statistics.Rows);
        string regions = $"new({Rows(input)}, {input.Lanes}, {input.Pitch}, {rows}, {statistics.Lanes})";
        return $"{Part}, {name(input)}, {regions}, centred: {Literal.Boolean(statistics.Centred)}, {Literal.Double(statistics.Eps)}";
    }

    private string Span(WeightSet? set) => set is null ? "default" : $"{names[set]}.Span";

    private string Span(BiasSet? set) => set is null ? "default" : $"{names[set]}.Span";

    private void Move(Move move)
    {
        string list(Func<NestAxis, int> of) => $"[{string.Join(", ", move.Nest.Axes.Select(axis => Literal.Integer(of(axis))))}]";
        string first(Tensor tensor, int place, bool fromEnd) => fromEnd ? $"{name(tensor)}.Length - {place}" : Literal.Integer(place);
        string from = first(move.Tensor, move.Nest.From, move.Nest.IsFromEnd.From);
        string ends = $"{name(move.Tensor)}, {from}, {name(move.To)}, {first(move.To, move.Nest.To, move.Nest.IsFromEnd.To)}";
        string counts = string.Join(", ", move.Nest.Axes.Select(axis => Size(axis.Count, TensorOf(move, axis.Of))));
        string loops = $"[{counts}], {list(axis => axis.From)}, {list(axis => axis.To)}";
        writer.Line(move.Adds ? $"Layout.Add({ends}, {loops});" : $"Layout.Move({Part}, {ends}, {loops});");
    }

    /// <summary>What a move reads or writes that has so many positions; null for null.</summary>
    private static Tensor? TensorOf(Move move, Count? count) => count is null ? null
        : move.Tensor.Extent.Count == count ? move.Tensor
        : move.To.Extent.Count == count ? move.To
        : throw new InvalidOperationException($"Nothing that {move} names has {count}.");

    private void CopyRows(CopyRows copy)
    {
        (string from, string to) = (name(copy.Tensor), name(copy.To));
        (string whole, string part) = copy.IsBack ? (to, from) : (from, to);
        string some = copy.AreLast ? $"{whole}[^{part}.Length..]" : $"{whole}[..{part}.Length]";
        if (copy.IsBack)
        {
            writer.Line($"{to}.Clear();");
        }

        writer.Line(copy.IsBack ? $"{from}.CopyTo({some});" : $"{some}.CopyTo({to});");
    }

    private void Upsample(Interpolate step)
    {
        Interpolation between = step.Interpolation;
        string method = step.Transposed ? "TransposedProduct" : "Product";
        Tensor smaller = step.Transposed ? step.To : step.Tensor;
        string width = smaller.Varies ? Rows(smaller) : Literal.Integer(between.Width);
        string image = $"{between.Height}, {width}, {step.Tensor.Pitch}, {between.RowScale}, {between.ColumnScale}";
        string linear = between.IsLinear ? "true" : "false";
        string weights = $"linear: {linear}, power: {step.Power}, {Literal.Float(step.Scale)}";
        string accumulate = step.Accumulate ? "true" : "false";
        writer.Line($"Upsampling.{method}({Part}, {name(step.Tensor)}, {image}, {weights}, accumulate: {accumulate}, {name(step.To)});");
    }

    private void Product(Product product)
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

    private void MatrixProduct(Product product, Batched form, Tensor right)
    {
        string rows = Size(form.Rows, product.To.Varies ? product.To : null);
        string inner = Size(form.Inner, right.Varies ? right : null);
        string columns = Size(form.Columns, product.ColumnsOf);
        string strides = $"{Strides(form.Left)}, {Strides(form.Right)}, {Strides(form.To)}";
        string mask = form.Triangle switch
        {
            Triangle.None => "",
            Triangle.Result => Before(product.To, columns),
            Triangle.Left => Before(product.Tensor, inner),
            Triangle.LeftTransposed => Before(product.Tensor, rows),
            _ => throw new InvalidOperationException($"No text for {form.Triangle}."),
        };
        string triangle = form.Triangle == Triangle.None ? "" : $" {{ Triangle = Triangle.{form.Triangle}{(mask.Length > 0 ? ", " + mask : "")} }}";
        string matrices = $"new({form.Heads}, {rows}, {inner}, {columns}, {strides}){triangle}";
        string factors = $"{name(product.Tensor)}, {name(right)}";
        string accumulate = Literal.Boolean(product.Accumulate);
        writer.Line($"MatrixProducts.Product({Part}, {matrices}, {factors}, accumulate: {accumulate}, {name(product.To)});");
    }

    /// <summary>A number of positions.</summary>
    /// <param name="of">The tensor that has as many; null if every call has the most.</param>
    private string Size(int most, Tensor? of) => of is null ? Literal.Integer(most) : Positions(of, most);

    /// <summary>For a causal mask, how many positions there are before those of a tensor of the last ones; empty if it has all.</summary>
    /// <param name="keys">How many positions there are where calls choose that.</param>
    private string Before(Tensor tensor, string keys) => tensor.Extent.Count is { Only.AreLast: true } count
        ? $"Offset = {(count.Of is null ? Literal.Integer(count.Most) : keys)} - ({Positions(tensor, count.Most)})"
        : "";

    private static string Strides(Matrices matrices) => $"new({matrices.Head}, {matrices.Row}, {matrices.Column})";

    private void Column(Product product)
    {
        string weights = $"{names[product.Weights]}.Span, {((Dense)product.Form).Inputs}, {product.Weights.Pitch}, target";
        string method = (product.Accumulate ? "Add" : "") + (product.Transposed ? "Transposed" : "") + "Product";
        string start = product.Bias is null ? "0f" : $"{names[product.Bias]}.Span[target]";
        writer.Line(product.Transposed
            ? $"Column.{method}({name(product.Tensor)}, {weights}, {name(product.To)});"
            : $"Column.{method}({name(product.Tensor)}, {weights}, {(product.Accumulate ? "" : start + ", ")}{name(product.To)});");
    }

    private void Seed(Seed seed, string to, string output, string element)
    {
        writer.Line($"{to}.Clear();");
        writer.Line($"{to}[{element}] = {(seed == Rules.Seed.One ? "1f" : output)};");
    }

    /// <summary>Size of the last axis of the network's outputs.</summary>
    private string Columns(Tensor output)
    {
        Shape shape = plan.Network.Output;
        int last = shape.Rank - 1;
        return shape.Variable is { } variable && variable.Axis == last ? Positions(output, shape[last]) : Literal.Integer(shape[last]);
    }

    private string ElementOfTarget(Arrangement output, Tensor tensor) =>
        output.Rows == 1 ? "target" : $"{Arranged(output, tensor)}.IndexOf(target)";

    private string Arranged(Arrangement arrangement, Tensor tensor) => names.Of(arrangement, name(tensor));

    /// <summary>Rows of a tensor; where calls choose them, as the memory that it has in this one says.</summary>
    private string Rows(Tensor tensor) => tensor.Varies ? $"{name(tensor)}.Length / {tensor.Pitch}" : Literal.Integer(tensor.Rows);

    /// <summary>So many floats of a tensor; a part of it, if they grow with it.</summary>
    private string Portion(Tensor tensor, int floats, bool varies) => !varies ? Literal.Integer(floats)
        : floats == tensor.Length ? $"{name(tensor)}.Length"
        : $"{name(tensor)}.Length / {Literal.Integer(tensor.Length / floats)}";

    /// <summary>A number that grows with the positions of a tensor.</summary>
    /// <param name="most">What it is with the most of them.</param>
    private string Positions(Tensor tensor, int most)
    {
        int positions = tensor.Extent.Count!.Most;
        string each = $"{name(tensor)}.Length / {Literal.Integer(tensor.Length / positions)}";
        return most == positions ? each : $"{each} * {Literal.Integer(most / positions)}";
    }

    /// <summary>The runtime's object that computes a function.</summary>
    private string Function(Function function, Tensor tensor, Tensor? lanesOf)
    {
        string lanes = Size(tensor.Lanes, lanesOf);
        string[] rows = function.Kind == FunctionKind.Element ? [] : [Rows(tensor), lanes, $"{tensor.Pitch}"];
        string made = $"new {function.Name}Function({string.Join(", ", rows.Concat(function.Parameters.Select(Literal.Number)))})";
        return function.IsCausal && Before(tensor, lanes) is { Length: > 0 } before ? $"{made} {{ {before} }}" : made;
    }

    /// <summary>What the thread works on of the tensors of a function's step: elements, or rows.</summary>
    private string OwnPart(Step step, Function function, params Tensor[] tensors)
    {
        bool isWhole = IsForOneThread(step);
        IEnumerable<string> spans = tensors.Select(tensor => isWhole || function.Kind != FunctionKind.Element ? name(tensor) : PartOf(name(tensor)));
        return string.Join(", ", function.Kind == FunctionKind.Element ? spans : spans.Prepend(isWhole ? "Part.Whole" : Part));
    }
}
