namespace LrpGen.Generator.Emission;

/// <summary>Writes the members of an explanation with a procedure that others do not have: overloads that take its point x₀, and its traces.</summary>
internal sealed class ProcedureMembersEmitter(CodeWriter writer, Network network, Explanation explanation, Procedure procedure)
{
    private const string Values = "global::System.ReadOnlySpan<float>";
    private const string Guard = "global::LrpGen.Execution.Guard";

    /// <summary>Writes the overloads of a method that explains.</summary>
    public void Explain(string name)
    {
        if (procedure.Reference is not { } reference)
        {
            return;
        }

        Start($"Explains one output by {explanation.Composite}", reference, ("target", "Index of the output."), traced: false);
        using (writer.Block($"public void {name}({Values} input, int target, {Values} {reference}, global::System.Span<float> relevance)"))
        {
            Check($"{Guard}.Target(target, OutputSize);", reference);
            writer.Line($"{Guard}.Output(relevance, InputSize, nameof(relevance));");
            writer.Line($"{Call("target, default", "null", reference)};");
        }

        Start($"Explains by {explanation.Composite} from a given relevance of the outputs", reference, ("outputRelevance", "Relevance of every output."), traced: false);
        using (writer.Block($"public void {name}({Values} input, {Values} outputRelevance, {Values} {reference}, global::System.Span<float> relevance)"))
        {
            Check($"{Guard}.OutputRelevance(outputRelevance, OutputSize);", reference);
            writer.Line($"{Guard}.Output(relevance, InputSize, nameof(relevance));");
            writer.Line($"{Call("-1, outputRelevance", "null", reference)};");
        }
    }

    /// <summary>Writes the methods that trace.</summary>
    public void Trace()
    {
        Trace(null);
        if (procedure.Reference is { } reference)
        {
            Trace(reference);
        }
    }

    private void Trace(string? reference)
    {
        string completeness = procedure.Reference is null ? "" : ", and what its relevance adds up to";
        Start($"Explains one output by {explanation.Composite}{completeness}", reference, ("target", "Index of the output."), traced: true);
        string given = reference is null ? "" : $", {Values} {reference}";
        using (writer.Block($"public global::LrpGen.Explanation Trace{explanation.Name}({Values} input, int target{given})"))
        {
            Check($"{Guard}.Target(target, OutputSize);", reference);
            writer.Line($"global::LrpGen.Execution.ProcedureRecorder trace = new({Literal.String(explanation.Name)}, target);");
            writer.Line("float[] relevance = new float[InputSize];");
            writer.Line("float[] output = new float[OutputSize];");
            writer.Line("engine.Forward(input, output);");
            writer.Line($"{Call("target, default", "trace", reference)};");
            writer.Line("return trace.Finish(output, relevance);");
        }
    }

    private void Start(string summary, string? reference, (string Name, string Text) explained, bool traced)
    {
        writer.Line();
        writer.Summary(reference is null ? $"{summary}." : $"{summary}, relative to a given {reference}.");
        writer.Line($"/// <param name=\"input\">{Literal.Integer(network.Input.Size)} finite values, {network.Input}.</param>");
        writer.Line($"/// <param name=\"{explained.Name}\">{explained.Text}</param>");
        if (reference is not null)
        {
            string condition = procedure.Kind == ProcedureKind.AtRoot ? ", at which the explained output is 0" : "";
            writer.Line($"/// <param name=\"{reference}\">As many values{condition}.</param>");
        }

        if (!traced)
        {
            writer.Line("/// <param name=\"relevance\">Receives the relevance of every value of the input.</param>");
        }

        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length, a value or the target is not as expected.</exception>");
    }

    private void Check(string explained, string? reference)
    {
        writer.Line($"{Guard}.Input(input, InputSize);");
        writer.Line(explained);
        if (reference is not null)
        {
            writer.Line($"{Guard}.Reference({reference}, InputSize, nameof({reference}));");
        }
    }

    private string Call(string explained, string trace, string? reference) =>
        $"engine.Explain{explanation.Name}(input, {explained}, relevance, {trace}{(reference is null ? "" : $", {reference}")})";
}
