using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes the engine: the weights, and a method per program.</summary>
internal sealed class EngineEmitter(Plan plan, EngineNames names, BlockEmitter blocks, Methods methods)
{
    /// <summary>The part with weights and prediction.</summary>
    public void Emit(CodeWriter writer)
    {
        WeightsEmitter weights = new(writer, plan, names, blocks);
        weights.EmitFields();
        int length = plan.Explanations.Append(plan.Forward).Max(program => program.Placement.Length);
        writer.Line($"private readonly TeamPool teams = new({length});");
        writer.Line();
        weights.EmitConstructor();
        writer.Line();
        Run(writer, "Predicts.", "public void Forward(ReadOnlySpan<float> input, Span<float> output)", plan.Forward);
        methods.WritePending(writer);
    }

    /// <summary>The part of one explanation.</summary>
    public void EmitExplanation(CodeWriter writer, Program program)
    {
        Explanation explanation = program.Explanation!;
        if (explanation.Procedure is { } procedure)
        {
            new ProcedureEmitter(writer, plan.Network, explanation, procedure).Emit(names.Type, program.Name);
        }

        if (program.Blocks.Count > 0)
        {
            const string start = "from the target, or from a given relevance of the outputs if there is one";
            (string what, string header) = explanation.Procedure is null
                ? ("Explains by", $"public void {program.Name}({Parameters}, TraceRecorder? trace{(explanation.MaskedLayer is null ? "" : Channels)})")
                : ("One pass of", $"private void {program.Name}({Parameters})");
            Run(writer, $"{what} {explanation.Composite}: {start}.", header, program);
            methods.WritePending(writer);
        }
    }

    /// <summary>The parameters of every explanation.</summary>
    public const string Parameters = "ReadOnlySpan<float> input, int target, ReadOnlySpan<float> outputRelevance, Span<float> relevance";

    private const string Channels = ", ReadOnlySpan<int> channels = default";

    private void Run(CodeWriter writer, string summary, string header, Program program)
    {
        writer.Summary(summary);
        using (writer.Block(header))
        {
            writer.Line("Team team = teams.Rent();");
            using (writer.Block("try"))
            {
                writer.Line("Span<float> workspace = team.Workspace;");
                new ProgramEmitter(writer, blocks).Emit(program);
            }

            using (writer.Block("finally"))
            {
                writer.Line("teams.Return(team);");
            }
        }
    }
}
