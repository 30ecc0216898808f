using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>
/// Writes the products of linear and convolutional layers: a method per direction and start, for all weight sets of all layers that are alike.
/// </summary>
internal sealed class ProductEmitter
{
    private readonly Plan plan;
    private readonly Methods methods;
    private readonly HashSet<string> rectifying;

    public ProductEmitter(Plan plan, Methods methods)
    {
        this.plan = plan;
        this.methods = methods;
        rectifying =
        [
            .. from product in plan.Blocks.SelectMany(block => block.Steps).OfType<Product>()
               where product.Rectifies
               select NameOf(product),
        ];
    }

    /// <summary>Whether the step's method takes the least that a sum may be. One step that rectifies makes all that share the method.</summary>
    public bool HasFloor(Product step) => rectifying.Contains(NameOf(step));

    /// <summary>Name of the method that computes the step.</summary>
    public string Require(Product step, Func<Tensor, string> nameOf)
    {
        bool hasFloor = HasFloor(step);
        (string input, string sum) = step.IsBackward ? ("s", "c") : ("a", "z");
        string output = step.Then is null ? sum : step.IsBackward ? "Ri" : "s";
        bool unroll = Unrolling.IsUnrolled(step, plan.UnrollBudget);
        UniqueNames taken = new("", [input, "w", "b", sum, output]);
        Dictionary<Tensor, string> names = step.Operands
            .ToDictionary(tensor => tensor, tensor => taken.Next(step.Form is Dense ? "a" : tensor.Stored ? tensor.Name : nameOf(tensor)));
        return methods.Require(NameOf(step), (writer, name) =>
        {
            Sums sums = new(writer, step, hasFloor, output, tensor => names[tensor]);
            string formula = Formula(step.IsBackward, sums.Start) + Then(step, hasFloor);
            string mirrored = step.Mirrored ? ", mirrored" : "";
            writer.Summary($"{step.Form.Display}{mirrored}: {formula}; {plan.Reason(step.Form, step.Weights.Packing.IsInTiles())}.");
            List<(string Type, string Name)> parameters =
            [
                .. unroll ? [] : new[] { ("Part", "part") },
                (ReadOnly, input),
                (ReadOnly, "w"),
                .. step.Bias is null ? [] : new[] { (ReadOnly, "b") },
                .. hasFloor ? [("float", "floor")] : Array.Empty<(string, string)>(),
                .. names.Values.Select(operand => (ReadOnly, operand)),
                .. step.Scratch.Select(tensor => (Writable, tensor.Symbol)),
                (Writable, output),
            ];
            if (!unroll)
            {
                WriteDispatch(writer, name, parameters);
            }

            using (Header(writer, name, parameters, unroll))
            {
                foreach ((_, string span) in parameters.Where(parameter => parameter.Type is ReadOnly or Writable))
                {
                    writer.Line($"ref float {span}Origin = ref MemoryMarshal.GetReference({span});");
                }

                Body(writer, step, sums, unroll, input, sum, output);
            }
        });
    }

    private const string ReadOnly = "ReadOnlySpan<float>";
    private const string Writable = "Span<float>";

    private string NameOf(Product step)
    {
        string start = step.Accumulate ? "Add" : "";
        string product = step.IsBackward ? "TransposedProduct" : step.Then is null ? "Product" : "Quotients";
        string remark = step is { Accumulate: false, IsBackward: false, Bias: null } ? "WithoutBias" : "";
        return $"{start}{product}Of{(step.Mirrored ? "Mirrored" : "")}{step.Form.Name}{remark}";
    }

    /// <summary>The method that is called; it calls the one for the machine's vectors.</summary>
    private static void WriteDispatch(CodeWriter writer, string name, List<(string Type, string Name)> parameters)
    {
        string arguments = string.Join(", ", parameters.Select(parameter => parameter.Name));
        using (writer.Block($"private static void {name}({Declared(parameters)})"))
        {
            foreach ((int bits, string condition) in new[]
            {
                (512, "if (Vector512.IsHardwareAccelerated)"),
                (256, "else if (Vector256.IsHardwareAccelerated)"),
                (128, "else"),
            })
            {
                using (writer.Block(condition))
                {
                    writer.Line($"{name}<Simd{bits}, Vector{bits}<float>>({arguments});");
                }
            }
        }

        writer.Line();
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
    }

    private static IDisposable Header(CodeWriter writer, string name, List<(string Type, string Name)> parameters, bool unroll)
    {
        if (unroll)
        {
            return writer.Block($"private static void {name}({Declared(parameters)})");
        }

        writer.Line($"private static void {name}<TSimd, TVector>({Declared(parameters)})");
        writer.Line("    where TSimd : ISimd<TVector>");
        return writer.Block("    where TVector : struct");
    }

    private static string Declared(IEnumerable<(string Type, string Name)> parameters) =>
        string.Join(", ", parameters.Select(parameter => $"{parameter.Type} {parameter.Name}"));

    private static void Body(
        CodeWriter writer, Product step, Sums sums, bool unroll, string input, string sum, string output)
    {
        (int inputPitch, int outputPitch) = (step.Tensor.Pitch, step.To.Pitch);
        switch (step.Form)
        {
            case Windowed windowed when step.Weights.Packing == Packing.NarrowConvolution:
                new NarrowCorrelationEmitter(writer, Correlation.Transposed(windowed), inputPitch, outputPitch, sums.Start).Emit();
                break;
            case Windowed windowed when step.Weights.Packing.IsInTiles():
                new WinogradEmitter(writer, Tiling.Of(windowed, step.Transposed), inputPitch, outputPitch, sums, input, sum).Emit();
                break;
            case Windowed windowed:
                Correlation shape = step.Transposed ? Correlation.Transposed(windowed) : Correlation.Forward(windowed);
                if (sums.Start != SumStart.Present && shape.WrittenLanes < Simd.RoundUp(shape.Groups * shape.Outputs))
                {
                    // The last group's vectors end before the lanes that others read.
                    string count = step.To.Varies ? $"{output}.Length / {outputPitch}" : Literal.Integer(step.To.Rows);
                    string rows = $"{count}, {outputPitch}, {shape.WrittenLanes}";
                    writer.Line($"Layout.ClearLanes({(unroll ? "Part.Whole" : "part")}, {output}, {rows});");
                }

                if (unroll)
                {
                    new UnrolledCorrelationEmitter(writer, shape, inputPitch, outputPitch, sums.Start, sums.HasFloor, input, sum).Emit();
                }
                else
                {
                    new CorrelationEmitter(writer, shape, inputPitch, outputPitch, sums, input, sum, output).Emit();
                }

                break;
            case Dense dense when step.Transposed:
                new LinearEmitter(writer, dense.Inputs, dense.Outputs, inputPitch, sums.Start, unroll)
                    .EmitTransposedProduct(timesInput: step.Then is not null, output);
                break;
            case Dense dense:
                new LinearEmitter(writer, dense.Inputs, dense.Outputs, outputPitch, sums.Start, unroll, sums.HasFloor).EmitProduct();
                break;
            default:
                throw new InvalidOperationException($"No text for {step.Form}.");
        }
    }

    /// <summary>What becomes of the sums.</summary>
    private static string Then(Product step, bool hasFloor) => step.Then switch
    {
        null => hasFloor ? ", at least floor" : "",
        _ when !step.IsBackward => ", which R_j is divided by",
        Times => ", times a_i",
        _ => ", and the sum of all that makes R_i",
    };

    private static string Formula(bool isBackward, SumStart start) => (isBackward, start) switch
    {
        (true, SumStart.Present) => "c_i += Σ_j w_ij s_j",
        (true, _) => "c_i = Σ_j w_ij s_j",
        (_, SumStart.Bias) => "z_j = Σ_i a_i w_ij + b_j",
        (_, SumStart.Present) => "z_j += Σ_i a_i w_ij",
        _ => "z_j = Σ_i a_i w_ij",
    };
}
