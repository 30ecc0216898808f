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
        bool varies = block.Steps.SelectMany(step => step.Writes).Any(tensor => tensor.Extent.Count?.FollowsInput == true);
        string method = methods.Require(block.Method!, (text, name) =>
        {
            IEnumerable<string> declared =
            [
                .. parameters.Select(tensor => $"ReadOnlySpan<float> {locals[tensor]}"),
                .. needsTarget ? ["int target"] : Array.Empty<string>(),
                .. varies ? [$"int {ProgramEmitter.Positions}"] : Array.Empty<string>(),
            ];
            text.Summary(block.Summary);
            using (text.Block($"private Span<float> {name}({string.Join(", ", declared)})"))
            {
                CountNames counts = new(ProgramEmitter.Positions, Traces.Always);
                foreach (Tensor tensor in block.Steps.SelectMany(step => step.Writes).Distinct())
                {
                    text.Line($"Span<float> {locals[tensor]} = new float[{counts.Length(text, tensor)}];");
                }

                if (plan.IsShared)
                {
                    text.Line("Part part = Part.Whole;");
                }

                Emit(text, block.Steps, tensor => tensor.Stored ? NameInProgram(tensor) : locals[tensor]);
                text.Line($"return {locals[result]};");
            }
        });
        IEnumerable<string> arguments =
        [
            .. parameters.Select(NameInProgram),
            .. needsTarget ? ["target"] : Array.Empty<string>(),
            .. varies ? [ProgramEmitter.Positions] : Array.Empty<string>(),
        ];
        return $"{method}({string.Join(", ", arguments)})";
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
    public bool Waits(Block block) => plan.IsShared && block.Steps.Any(step => step is not (TraceStep or LoadInput or Gather));

    private void Emit(CodeWriter writer, IReadOnlyList<Step> steps, Func<Tensor, string> name)
    {
        StepEmitter emitter = new(writer, plan, plan.IsShared, names, products, name, Function);
        Step? first = steps.FirstOrDefault(step => step is not TraceStep);
        foreach (Step step in steps)
        {
            if (plan.IsShared && step is not TraceStep && step != first)
            {
                writer.Line("part.Wait();");
            }

            emitter.Emit(step);
        }
    }
}
