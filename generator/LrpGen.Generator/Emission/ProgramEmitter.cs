using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes a program: places its tensors in a workspace, and runs its blocks in order.</summary>
/// <param name="isTraced">Whether there may be a trace.</param>
internal sealed class ProgramEmitter(CodeWriter writer, BlockEmitter blocks, bool isTraced = false)
{
    /// <summary>How many positions the input of a call has, where calls choose that.</summary>
    public const string Positions = "positions";

    private readonly HashSet<Tensor> declared = [];
    private readonly CountNames counts = new(Positions, isTraced ? Traces.Maybe : Traces.Never);

    /// <summary>The body of a method that has rented <c>workspace</c>.</summary>
    public void Emit(Program program)
    {
        Placement placement = program.Placement;
        if (program.Blocks.Any(block => block.Rectifies))
        {
            writer.Line("// Where a ReLU follows, sums below floor become floor; a trace shows them first.");
            writer.Line(program.IsTraced ? "float floor = trace is null ? 0f : float.NegativeInfinity;" : "const float floor = 0f;");
        }

        if (program.Explanation is not null)
        {
            writer.Line("// Prediction.");
        }

        Run(program.Forward, placement);
        if (program.FromTarget.Count > 0)
        {
            writer.Line();
            writer.Line("// Relevance starts at the target, or as the objective says.");
            Declare(program.FromTarget.Concat(program.FromObjective), placement);
            using (writer.Block("if (target >= 0)"))
            {
                Run(program.FromTarget, placement);
            }

            using (writer.Block("else"))
            {
                Run(program.FromObjective, placement);
            }
        }

        if (program.Explanation is not null)
        {
            writer.Line();
            writer.Line("// Relevance, from the last layer to the first.");
        }

        Run(program.Backward, placement);
    }

    /// <summary>Blocks in order, with the tensors that they need.</summary>
    public void Run(IEnumerable<Block> steps, Placement placement)
    {
        foreach (Block block in steps)
        {
            if (block.Summary.Length > 0)
            {
                writer.Line();
                if (block.Method is null)
                {
                    writer.Line($"// {block.Summary}");
                }
            }

            Declare([block], placement);
            if (blocks.Waits(block))
            {
                writer.Line("part.Wait();");
            }

            blocks.Call(writer, block);
        }
    }

    private void Declare(IEnumerable<Block> steps, Placement placement)
    {
        foreach (Tensor tensor in steps.SelectMany(block => block.Tensors).Where(tensor => !tensor.Stored && declared.Add(tensor)))
        {
            string length = counts.Length(writer, tensor);
            writer.Line($"Span<float> {tensor.Name} = workspace.Slice({placement[tensor]}, {length});");
        }
    }
}
