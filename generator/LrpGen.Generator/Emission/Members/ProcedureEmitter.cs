namespace LrpGen.Generator.Emission;

/// <summary>Writes the procedure of an explanation in the engine: an object of the runtime's that runs it, and the passes that it runs.</summary>
internal sealed class ProcedureEmitter(CodeWriter writer, Network network, Explanation explanation, Procedure procedure)
{
    /// <summary>What the runtime's <c>NetworkShape</c> is constructed from.</summary>
    public static string ShapeOf(Network network)
    {
        Shape input = network.Input;
        return input.Variable is null
            ? $"({input.Planes.Channels}, {input.Planes.Height}, {input.Planes.Width}, {network.Output.Size})"
            : $"(1, {input[0]}, {input.Size / input[0]}, {network.Output.Size}, Varies: true)";
    }

    /// <summary>Name of the field of the engine.</summary>
    public static string FieldOf(Explanation explanation) => $"procedureOf{explanation.Name}";

    /// <param name="engine">Name of the engine.</param>
    /// <param name="pass">The method of one pass; empty if the procedure only predicts.</param>
    public void Emit(string engine, string pass)
    {
        string[] arguments = [$"new{ShapeOf(network)}", .. procedure.Parameters.Select(Argument)];
        writer.Line($"private readonly {procedure.Kind} {FieldOf(explanation)} = new({string.Join(", ", arguments)});");
        writer.Line();
        EmitCall();
        writer.Line();
        EmitPasses(engine, pass);
    }

    private void EmitCall()
    {
        string reference = procedure.Reference is { } point ? $", ReadOnlySpan<float> {point} = default" : "";
        string given = procedure.Reference is null ? "" : $"{procedure.Reference}, ";
        string name = $"Explain{explanation.Name}";
        string trace = procedure.Reference is null ? "" : ", trace";
        writer.Summary($"Explains by {explanation.Composite}: {procedure.Display}.");
        writer.Line($"public void {EngineEmitter.Explaining(name, $"{EngineEmitter.Parameters}, ProcedureRecorder? trace{reference}")} =>");
        writer.Line($"    {FieldOf(explanation)}.Explain(new {Passes}(this), input, target, objective, {given}relevance{trace});");
    }

    private void EmitPasses(string engine, string pass)
    {
        string passes = procedure.OnlyPredicts ? "IForwardPass" : "INetworkPasses";
        writer.Summary("The passes that the procedure runs.");
        using (writer.Block($"private readonly struct {Passes}({engine} engine) : {passes}"))
        {
            writer.Line("public void Forward(ReadOnlySpan<float> input, Span<float> output) => engine.Forward(input, output, null);");
            writer.Line();
            using (writer.Block("public (int Rows, int Columns) OutputsOf(int inputs)"))
            {
                Shape output = network.Output;
                string[] sizes = [.. output.Sizes.Select(size => Literal.Integer(size))];
                if (output.Variable is { } variable)
                {
                    writer.Line($"int {ProgramEmitter.Positions} = inputs / {network.Input.Size / network.Input[0]};");
                    sizes[variable.Axis] = new CountNames(ProgramEmitter.Positions).Require(writer, variable.Count);
                }

                string rows = sizes.Length == 1 ? "1" : string.Join(" * ", sizes.Take(sizes.Length - 1));
                writer.Line($"return ({rows}, {sizes[sizes.Length - 1]});");
            }

            if (!procedure.OnlyPredicts)
            {
                writer.Line();
                writer.Line($"public void {EngineEmitter.Explaining("Explain", EngineEmitter.Parameters)} =>");
                writer.Line($"    engine.{pass}(input, target, objective, relevance);");
            }
        }
    }

    private string Passes => $"PassesOf{explanation.Name}";

    private static string Argument(ParameterValue parameter)
    {
        string name = parameter.Parameter.Argument();
        bool isInteger = parameter.Parameter.IsInteger();
        string[] values = [.. parameter.Values.Select(value => isInteger ? Literal.Integer((long)value) : Literal.Float(value))];
        return parameter.Parameter is RuleParameter.Low or RuleParameter.High ? $"{name}s: [{string.Join(", ", values)}]" : $"{name}: {values[0]}";
    }
}
