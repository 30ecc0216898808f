namespace LrpGen.Generator.Emission;

/// <summary>Writes the members that take many samples. The runtime's <c>Batch</c> takes them apart and calls the members for one.</summary>
internal sealed class BatchEmitter(CodeWriter writer, Network network)
{
    private const string Batch = "global::LrpGen.Execution.Batch";

    private const string BadArgument = "/// <exception cref=\"global::System.ArgumentException\">"
        + "A length, a value, a target or the degree is not as expected; nothing was computed.</exception>";

    private const string BadObjective = "/// <exception cref=\"global::System.ArgumentException\">"
        + "A length, a value or the degree is not as expected; nothing was computed. "
        + "Or a sample, which the message names, does not go with its objective or is not within bounds; others may have been explained.</exception>";

    private const string OutOfBounds = "/// <exception cref=\"global::System.ArgumentException\">"
        + "A length, a value, a target or the degree is not as expected; nothing was computed. "
        + "Or a sample, which the message names, is not within the bounds; others may have been explained.</exception>";

    private const string NotFinite = "/// <exception cref=\"global::System.NotFiniteNumberException\">"
        + "A layer gives a NaN or an infinity for a sample; the message names both, and others may have been computed.</exception>";

    private const string NoRoot = "/// <exception cref=\"global::LrpGen.NoRootException\">"
        + "The search finds no root for a sample, which the message names; others may have been explained.</exception>";

    private readonly CallSizes sizes = new(network);

    public void Emit()
    {
        Member(
            "Predicts every sample, several at a time.",
            [("outputs", $"Receives {Literal.Integer(network.Output.Size)} values for each sample.")],
            "ForwardBatch",
            $"{Results} outputs",
            [BadArgument, NotFinite],
            $"{Batch}.Forward(this, inputs, outputs, maxDegreeOfParallelism)");
        foreach (Explanation explanation in network.Explanations)
        {
            Explain("Explain" + explanation.Name, explanation);
        }

        if (network.Explanations.Count > 0)
        {
            Explain("Explain", network.Explanations[0]);
        }
    }

    private string Results => network.HasLengths ? ListOf("global::System.Memory<float>") : "global::System.Memory<float>";

    private static string ListOf(string type) => $"global::System.Collections.Generic.IReadOnlyList<{type}>";

    private void Explain(string name, Explanation explanation)
    {
        Explain(
            name + "Batch",
            explanation,
            "one output",
            ("global::System.ReadOnlyMemory<int>", "targets", "Index of the output for each sample."),
            explanation.Bounds is null ? BadArgument : OutOfBounds);
        Explain(
            name + "Batch<TObjective>",
            explanation,
            "an objective of the outputs",
            (ListOf("TObjective"), "objectives", "What is explained of each sample; <see cref=\"global::LrpGen.Objective\"/> makes some."),
            BadObjective,
            " where TObjective : global::LrpGen.IObjective");
    }

    private void Explain(
        string name,
        Explanation explanation,
        string subject,
        (string Type, string Name, string Text) starts,
        string badArgument,
        string where = "") => Member(
        $"Explains {subject} of every sample by {explanation.Composite}, several samples at a time.",
        [(starts.Name, starts.Text), ("relevances", "Receives the relevance of every value of the inputs.")],
        name,
        $"{starts.Type} {starts.Name}, {Results} relevances",
        [badArgument, NotFinite, .. explanation.Procedure is { Kind: ProcedureKind.AtRoot } ? [NoRoot] : Array.Empty<string>()],
        $"{Batch}.Explain(this, {Literal.String(explanation.Name)}, inputs, {starts.Name}, relevances, maxDegreeOfParallelism)",
        where);

    private void Member(
        string summary, (string Name, string Text)[] parameters, string name, string declared, string[] errors, string call, string where = "")
    {
        writer.Line();
        writer.Summary(summary);
        string samples = network.HasLengths
            ? $"The samples. Each has {char.ToLowerInvariant(sizes.InputValues[0]) + sizes.InputValues.Substring(1)}"
            : $"{Literal.Integer(network.Input.Size)} finite values for each sample, {network.Input}, one sample after another.";
        writer.Line($"/// <param name=\"inputs\">{samples}</param>");
        foreach ((string parameter, string text) in parameters)
        {
            writer.Line($"/// <param name=\"{parameter}\">{text}</param>");
        }

        writer.Line(
            "/// <param name=\"maxDegreeOfParallelism\">Samples at a time, at most as many as there are processors; −1 for that many.</param>");
        foreach (string error in errors)
        {
            writer.Line(error);
        }

        string inputs = $"global::System.ReadOnlyMemory<{sizes.InputType}>";
        writer.Line($"public void {name}({(network.HasLengths ? ListOf(inputs) : inputs)} inputs, {declared}, int maxDegreeOfParallelism = -1){where} =>");
        writer.Line($"    {call};");
    }
}
