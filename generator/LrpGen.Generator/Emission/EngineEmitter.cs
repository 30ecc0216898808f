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
        writer.Line($"private TeamPool teams = new({length});");
        writer.Line();
        weights.EmitConstructor();
        writer.Line();
        if (plan.IsShared)
        {
            Share(writer, length);
        }

        Run(writer, "Predicts.", "Forward", [InputOf(null), ("Span<float>", "output"), Trace], plan.Forward);
        methods.WritePending(writer);
    }

    /// <summary>The part of one explanation.</summary>
    public void EmitExplanation(CodeWriter writer, Program program)
    {
        Explanation explanation = program.Explanation!;
        if (explanation.Procedure is { } procedure)
        {
            new ProcedureEmitter(writer, plan, names, explanation, procedure).Emit(program.Name);
        }

        if (program.Blocks.Count > 0)
        {
            const string start = "from the target, or if that is negative from the objective";
            string what = explanation.Procedure is null ? "Explains by" : "One pass of";
            IEnumerable<(string Type, string Name)> parameters = [.. ExplanationParametersOf(InputOf(explanation)), .. OwnParameters(explanation)];
            Run(writer, $"{what} {explanation.Composite}: {start}.", program.Name, parameters, program);
            methods.WritePending(writer);
        }
    }

    /// <summary>The parameters of every explanation.</summary>
    /// <param name="type">Of the values of an input.</param>
    public static string ParametersOf(string type) => Declared(ExplanationParametersOf(($"ReadOnlySpan<{type}>", "input")));

    private (string Type, string Name) InputOf(Explanation? explanation) =>
        ($"ReadOnlySpan<{(plan.Network.IsOfTokens && plan.Network.StartOf(explanation) < 0 ? "int" : "float")}>", "input");

    private static (string Type, string Name) Trace => ("TraceRecorder?", "trace");

    private static IEnumerable<(string Type, string Name)> ExplanationParametersOf((string Type, string Name) input) =>
        [input, ("int", "target"), ("TObjective", "objective"), ("Span<float>", "relevance")];

    // A pass of a procedure has no trace.
    private static IEnumerable<(string Type, string Name)> OwnParameters(Explanation explanation) =>
    [
        .. explanation.Procedure is null ? [Trace] : Array.Empty<(string, string)>(),
        .. explanation.Mask is null ? [] : new[] { ("ReadOnlySpan<int>", "channels") },
    ];

    private static string Declared(IEnumerable<(string Type, string Name)> parameters) =>
        string.Join(", ", parameters.Select(parameter => $"{parameter.Type} {parameter.Name}"));

    /// <summary>What runs the programs on several threads.</summary>
    private void Share(CodeWriter writer, int length)
    {
        writer.Summary("The same engine, each of whose calls runs on that many threads.");
        using (writer.Block($"public {names.Type} WithThreads(int threads)"))
        {
            writer.Line($"{names.Type} engine = ({names.Type})MemberwiseClone();");
            writer.Line($"engine.teams = new({length}, threads);");
            writer.Line("return engine;");
        }

        writer.Line();
        using (writer.Block("void ITeamWork.Run(int program, Part part, Span<float> workspace, in Call call)"))
        using (writer.Block("switch (program)"))
        {
            foreach (Program program in Programs)
            {
                IEnumerable<string> arguments = program.Explanation switch
                {
                    null => ["null"],
                    { Procedure: null } => ["call.Target", "null"],
                    _ => ["call.Target"],
                };
                IEnumerable<string> positions = Varies ? ["call.Positions"] : [];
                string given = string.Join(", ", positions.Concat(arguments).Concat(SpansOf(program).Select(OfNone)));
                writer.Line($"case {Number(program)}:");
                writer.Line($"    {StepsOf(program)}(part, workspace, {given});");
                writer.Line("    break;");
            }
        }

        writer.Line();
    }

    /// <summary>What other threads get in place of what only the caller's uses.</summary>
    private static string OfNone((string Type, string Name) parameter) => parameter.Name == "objective" ? "GivenRelevance.None" : "default";

    /// <summary>Whether calls choose how long the input is.</summary>
    private bool Varies => plan.Network.Input.Variable is not null;

    private IEnumerable<Program> Programs => plan.Explanations.Where(program => program.Blocks.Count > 0).Prepend(plan.Forward);

    private int Number(Program program) => Programs.ToList().IndexOf(program);

    private static string StepsOf(Program program) => $"StepsOf{program.Name}";

    /// <summary>The spans of a call, which only the caller's thread sees.</summary>
    private IEnumerable<(string Type, string Name)> SpansOf(Program program) => program.Explanation is null
        ? [InputOf(null), ("Span<float>", "output")]
        :
        [
            .. ExplanationParametersOf(InputOf(program.Explanation)).Where(parameter => parameter.Type != "int"),
            .. OwnParameters(program.Explanation).Where(parameter => parameter.Name == "channels"),
        ];

    private void Run(CodeWriter writer, string summary, string name, IEnumerable<(string Type, string Name)> parameters, Program program)
    {
        bool isPass = program.Explanation?.Procedure is not null;
        string declared = Declared(parameters.Select(parameter =>
            parameter.Name == "channels" ? (parameter.Type, parameter.Name + " = default") : parameter));
        writer.Summary(summary);
        using (writer.Block($"{(isPass ? "private" : "public")} void {Header(program, name, declared)}"))
        {
            if (Varies)
            {
                Shape input = plan.Network.ShapeOf(plan.Network.StartOf(program.Explanation));
                writer.Line($"int {ProgramEmitter.Positions} = input.Length / {input.Size / input[0]};");
            }

            writer.Line("Team team = teams.Rent();");
            using (writer.Block("try"))
            {
                if (plan.IsShared)
                {
                    CallSteps(writer, program);
                }
                else
                {
                    writer.Line("Span<float> workspace = team.Workspace;");
                    new ProgramEmitter(writer, blocks, program.IsTraced).Emit(program);
                }
            }

            using (writer.Block("finally"))
            {
                writer.Line("teams.Return(team);");
            }
        }

        if (plan.IsShared)
        {
            WriteSteps(writer, name, program);
        }
    }

    private static string Header(Program program, string name, string parameters) =>
        program.Explanation is null ? $"{name}({parameters})" : Explaining(name, parameters);

    /// <summary>The header of a method that explains.</summary>
    public static string Explaining(string name, string parameters) =>
        $"{name}<TObjective>({parameters}) where TObjective : IObjective, allows ref struct";

    /// <summary>Runs the steps on the team, of which the caller's thread is the first.</summary>
    private void CallSteps(CodeWriter writer, Program program)
    {
        string call = program.Explanation is null ? "0" : "target";
        string begin = $"team.Begin(this, {Number(program)}, new({call}{(Varies ? ", " + ProgramEmitter.Positions : "")}))";
        IEnumerable<string> arguments =
        [
            .. Varies ? [ProgramEmitter.Positions] : Array.Empty<string>(),
            .. program.Explanation is null ? [] : new[] { "target" },
            .. program.IsTraced ? ["trace"] : Array.Empty<string>(),
            .. SpansOf(program).Select(span => span.Name),
        ];
        if (program.IsTraced)
        {
            writer.Line("// A trace keeps tensors that other threads would go on to overwrite.");
            begin = $"trace is null ? {begin} : Part.Whole";
        }

        writer.Line($"Part part = {begin};");
        writer.Line($"{StepsOf(program)}(part, team.Workspace, {string.Join(", ", arguments)});");
        writer.Line("team.End();");
    }

    private void WriteSteps(CodeWriter writer, string name, Program program)
    {
        List<(string Type, string Name)> own = [("Part", "part"), ("Span<float>", "workspace")];
        own.AddRange(Varies ? [("int", ProgramEmitter.Positions)] : []);
        own.AddRange(program.Explanation is null ? [] : [("int", "target")]);
        own.AddRange(program.IsTraced ? [Trace] : []);
        writer.Line();
        writer.Summary($"The steps of {name}, or one thread's part of each.");
        using (writer.Block($"private void {Header(program, StepsOf(program), Declared(own.Concat(SpansOf(program))))}"))
        {
            new ProgramEmitter(writer, blocks, program.IsTraced).Emit(program);
        }
    }
}
