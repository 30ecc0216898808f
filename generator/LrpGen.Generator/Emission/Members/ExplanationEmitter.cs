using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes the members of one explanation: for all that can be explained, alone and with what else a call may choose.</summary>
internal sealed class ExplanationEmitter(CodeWriter writer, Plan plan, Explanation explanation)
{
    private const string Guard = "global::LrpGen.Execution.Guard";

    private readonly Network network = plan.Network;
    private readonly CallSizes sizes = new(plan.Network);
    private readonly CallChecks checks = new(writer, new(plan.Network));

    /// <summary>What is explained.</summary>
    /// <param name="Type">Of the parameter.</param>
    /// <param name="Name">Of the parameter.</param>
    /// <param name="Text">Documents the parameter.</param>
    /// <param name="Title">Begins the summary.</param>
    /// <param name="Check">A statement; null where nothing can be known before the call.</param>
    /// <param name="Argument">Target and objective of the engine's method.</param>
    private sealed record Subject(string Type, string Name, string Text, string Title, string? Check, string Argument)
    {
        public bool IsGiven => Name == "outputRelevance";

        public bool IsGeneric => Type == "TObjective";
    }

    /// <summary>What a call chooses besides.</summary>
    /// <param name="Title">Ends the first sentence of the summary.</param>
    /// <param name="Remark">Follows it.</param>
    /// <param name="Check">Writes the statements that check it.</param>
    private sealed record Choice(string Type, string Name, string Text, string Title, string Remark, Action<CodeWriter> Check);

    private IEnumerable<Subject> Subjects =>
    [
        new(
            "int",
            "target",
            "Index of the output.",
            "Explains one output by",
            $"{Guard}.Target(target, {sizes.Output});",
            "target, global::LrpGen.Execution.GivenRelevance.None"),
        new(
            "global::System.ReadOnlySpan<float>",
            "outputRelevance",
            "Relevance of every output.",
            "Explains from a given relevance of the outputs by",
            $"{Guard}.OutputRelevance(outputRelevance, {sizes.Output});",
            "-1, new global::LrpGen.Execution.GivenRelevance(outputRelevance)"),
        new(
            "TObjective",
            "objective",
            "What is explained of the outputs; <see cref=\"global::LrpGen.Objective\"/> makes some.",
            "Explains an objective of the outputs by",
            Check: null,
            "-1, objective"),
    ];

    /// <summary>What calls may choose; of these, null is nothing.</summary>
    private IEnumerable<Choice?> Choices =>
    [
        null,
        .. explanation.Mask is { } mask ? [Channels(mask)] : Array.Empty<Choice>(),
        .. explanation.Procedure?.Reference is { } reference ? [Reference(reference)] : Array.Empty<Choice>(),
    ];

    private Choice Channels(Mask mask)
    {
        string layer = network.Layers[mask.Layer].Name;
        MaskedAxis axis = MaskedAxis.Of(plan.Facts, mask);
        return new(
            "int",
            "channels",
            $"One or more of the {axis.Kind} 0 to {axis.Count - 1}{(axis.Positions is null ? "" : ", as far as there are so many")}, in any order.",
            "",
            $" Of the relevance of layer {layer}'s output, only what lies in the given {axis.Kind} flows on.",
            text =>
            {
                string count = $"{axis.Count}";
                if (axis.Positions is { } positions)
                {
                    text.Line($"int {ProgramEmitter.Positions} = input.Length / {sizes.Position};");
                    count = new CountNames(ProgramEmitter.Positions, Traces.Always).Require(text, positions);
                }

                text.Line($"{Guard}.Channels(channels, {count}, {Literal.String(layer)}, {Literal.String(axis.Kind)});");
            });
    }

    private Choice Reference(string name)
    {
        string condition = explanation.Procedure!.Kind == ProcedureKind.AtRoot ? ", at which what is explained is 0" : "";
        return new(
            sizes.InputType,
            name,
            $"As many values{condition}.",
            $", relative to a given {name}",
            "",
            text => text.Line(sizes.CheckReference(name)));
    }

    /// <summary>Writes the methods of a name that explain.</summary>
    public void Explain(string name)
    {
        foreach (Choice? choice in Choices)
        {
            foreach (Subject subject in Subjects.Where(subject => choice?.Name != "channels" || !subject.IsGiven))
            {
                Explain(name, subject, choice);
                if (!subject.IsGiven && choice?.Name is null or "channels")
                {
                    ReturnRelevance(name, subject, choice);
                }
            }
        }
    }

    /// <summary>Writes the methods that trace.</summary>
    public void Trace()
    {
        foreach (Choice? choice in Choices)
        {
            foreach (Subject subject in Subjects.Where(subject => !subject.IsGiven))
            {
                Trace(subject, choice);
            }
        }
    }

    private void Explain(string name, Subject subject, Choice? choice)
    {
        Document(subject, choice, "");
        writer.Line("/// <param name=\"relevance\">Receives the relevance of every value of the input.</param>");
        Errors(choice);
        using (writer.Block($"public void {Header(name, subject, choice, ", global::System.Span<float> relevance")}"))
        {
            Check(subject, choice);
            writer.Line($"{Guard}.Output(relevance, {sizes.Input}, nameof(relevance));");
            Call(subject, choice, "null");
        }
    }

    private void ReturnRelevance(string name, Subject subject, Choice? choice)
    {
        Document(subject, choice, "");
        writer.Line("/// <returns>The relevance of every value of the input.</returns>");
        Errors(choice);
        using (writer.Block($"public float[] {Header(name, subject, choice, "")}"))
        {
            writer.Line($"float[] relevance = new float[{sizes.Input}];");
            writer.Line($"{name}(input, {subject.Name}{Argument(choice)}, relevance);");
            writer.Line("return relevance;");
        }
    }

    private void Trace(Subject subject, Choice? choice)
    {
        bool isProcedure = explanation.Procedure is not null;
        string kept = !isProcedure ? ", and keeps every layer's activation and relevance"
            : explanation.Procedure!.Reference is null ? ""
            : ", and what its relevance adds up to";
        Document(subject, choice, kept);
        Errors(choice);
        string target = subject.IsGeneric ? "-1" : subject.Name;
        string name = Literal.String(explanation.Name);
        using (writer.Block($"public global::LrpGen.Explanation {Header("Trace" + explanation.Name, subject, choice, "")}"))
        {
            Check(subject, choice);
            string recorder = isProcedure ? $"ProcedureRecorder trace = new({name}, {target});" : "TraceRecorder trace = new(Layouts);";
            writer.Line($"global::LrpGen.Execution.{recorder}");
            writer.Line($"float[] relevance = new float[{sizes.Input}];");
            if (isProcedure)
            {
                writer.Line($"float[] output = new float[{sizes.Output}];");
                writer.Line("Forward(input, output);");
                Call(subject, choice, "trace");
                writer.Line("return trace.Finish(output, relevance);");
            }
            else
            {
                writer.Line($"engine.{EngineCall(subject, choice, "relevance", "trace")};");
                writer.Line($"return trace.Finish(Description, {name}, {target}, relevance);");
            }
        }
    }

    private string Header(string name, Subject subject, Choice? choice, string result)
    {
        string chosen = choice is null ? "" : $", global::System.ReadOnlySpan<{choice.Type}> {choice.Name}";
        string input = $"global::System.ReadOnlySpan<{sizes.InputType}> input";
        string parameters = $"({input}, {subject.Type} {subject.Name}{chosen}{result})";
        return subject.IsGeneric
            ? $"{name}<TObjective>{parameters} where TObjective : global::LrpGen.IObjective, allows ref struct"
            : name + parameters;
    }

    /// <summary>The call of the engine, whose results are checked.</summary>
    private void Call(Subject subject, Choice? choice, string trace)
    {
        writer.Line($"engine.{EngineCall(subject, choice, "relevance", trace)};");
        if (explanation.Procedure is null)
        {
            checks.Relevance(EngineCall(subject, choice, $"new float[{sizes.Input}]", "layers"));
        }
        else
        {
            checks.RelevanceOfProcedure();
        }
    }

    private string EngineCall(Subject subject, Choice? choice, string relevance, string trace) =>
        $"Explain{explanation.Name}(input, {subject.Argument}, {relevance}, {trace}{Argument(choice)})";

    private static string Argument(Choice? choice) => choice is null ? "" : $", {choice.Name}";

    /// <summary>The documentation of a method up to its last parameters.</summary>
    private void Document(Subject subject, Choice? choice, string kept)
    {
        writer.Line();
        writer.Summary($"{subject.Title} {explanation.Composite}{kept}{choice?.Title}.{choice?.Remark}");
        writer.Line($"/// <param name=\"input\">{sizes.InputValues}</param>");
        writer.Line($"/// <param name=\"{subject.Name}\">{subject.Text}</param>");
        if (choice is not null)
        {
            writer.Line($"/// <param name=\"{choice.Name}\">{choice.Text}</param>");
        }
    }

    private void Errors(Choice? choice)
    {
        writer.Line(CallChecks.BadArgument);
        writer.Line(CallChecks.NotFinite);
        if (choice is null && explanation.Procedure is { Kind: ProcedureKind.AtRoot })
        {
            writer.Line("/// <exception cref=\"global::LrpGen.NoRootException\">The search finds no root.</exception>");
        }
    }

    private void Check(Subject subject, Choice? choice)
    {
        checks.Input(explanation);
        if (subject.Check is { } check)
        {
            writer.Line(check);
        }

        choice?.Check(writer);
    }
}
