namespace LrpGen.Generator.Emission;

/// <summary>Writes what members only an explanation with a procedure has: overloads that take its point x₀, and its traces.</summary>
internal sealed class ProcedureMembersEmitter(CodeWriter writer, Network network, Explanation explanation, Procedure procedure)
{
    public const string NoRoot = "/// <exception cref=\"global::LrpGen.NoRootException\">The search finds no root.</exception>";

    private const string Values = "global::System.ReadOnlySpan<float>";
    private const string Guard = "global::LrpGen.Execution.Guard";

    private readonly CallSizes sizes = new(network);

    private readonly CallChecks checks = new(writer, new(network));

    private static readonly (string Name, string Text) Target = ("target", "Index of the output.");

    /// <summary>Writes the overloads of a method that explains.</summary>
    public void Explain(string name)
    {
        if (procedure.Reference is not { } reference)
        {
            return;
        }

        Start($"Explains one output by {explanation.Composite}", reference, Target, traced: false);
        Explain($"{name}({Values} input, int target", $"{Guard}.Target(target, {sizes.Output});", "target, default", reference);
        (string, string) given = ("outputRelevance", "Relevance of every output.");
        Start($"Explains by {explanation.Composite} from a given relevance of the outputs", reference, given, traced: false);
        Explain(
            $"{name}({Values} input, {Values} outputRelevance",
            $"{Guard}.OutputRelevance(outputRelevance, {sizes.Output});",
            "-1, outputRelevance",
            reference);
    }

    private void Explain(string header, string check, string explained, string reference)
    {
        using (writer.Block($"public void {header}, {Values} {reference}, global::System.Span<float> relevance)"))
        {
            Check(check, reference);
            writer.Line($"{Guard}.Output(relevance, {sizes.Input}, nameof(relevance));");
            Call(explained, "null", reference);
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
        Start($"Explains one output by {explanation.Composite}{completeness}", reference, Target, traced: true);
        string given = reference is null ? "" : $", {Values} {reference}";
        using (writer.Block($"public global::LrpGen.Explanation Trace{explanation.Name}({Values} input, int target{given})"))
        {
            Check($"{Guard}.Target(target, {sizes.Output});", reference);
            writer.Line($"global::LrpGen.Execution.ProcedureRecorder trace = new({Literal.String(explanation.Name)}, target);");
            writer.Line($"float[] relevance = new float[{sizes.Input}];");
            writer.Line($"float[] output = new float[{sizes.Output}];");
            writer.Line("Forward(input, output);");
            Call("target, default", "trace", reference);
            writer.Line("return trace.Finish(output, relevance);");
        }
    }

    private void Start(string summary, string? reference, (string Name, string Text) explained, bool traced)
    {
        writer.Line();
        writer.Summary(reference is null ? $"{summary}." : $"{summary}, relative to a given {reference}.");
        writer.Line($"/// <param name=\"input\">{sizes.InputValues}</param>");
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
        writer.Line(CallChecks.NotFinite);
        if (reference is null && procedure.Kind == ProcedureKind.AtRoot)
        {
            writer.Line(NoRoot);
        }
    }

    private void Check(string explained, string? reference)
    {
        checks.Input(explanation);
        writer.Line(explained);
        if (reference is not null)
        {
            writer.Line($"{Guard}.Reference({reference}, {sizes.Input}, nameof({reference}));");
        }
    }

    private void Call(string explained, string trace, string? reference)
    {
        string given = reference is null ? "" : $", {reference}";
        writer.Line($"engine.Explain{explanation.Name}(input, {explained}, relevance, {trace}{given});");
        checks.RelevanceOfProcedure();
    }
}
