using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes the procedure of an explanation in the engine: an object of the runtime's that runs it, and the passes that it runs.</summary>
internal sealed class ProcedureEmitter(CodeWriter writer, Plan plan, EngineNames names, Explanation explanation, Procedure procedure)
{
    private readonly Network network = plan.Network;
    private readonly CallSizes sizes = new(plan.Network);

    /// <summary>What the runtime's <c>NetworkShape</c> is constructed from.</summary>
    public static string ShapeOf(Network network, Procedure procedure)
    {
        Shape input = network.Input;
        string features = network.IsOfTokens && !procedure.OnlyPredicts ? $", Features: {network.Layers[0].Output[-1]}" : "";
        return !network.HasLengths
            ? $"({input.Planes.Channels}, {input.Planes.Height}, {input.Planes.Width}, {network.Output.Size})"
            : $"(1, {input[0]}, {input.Size / input[0]}, {network.Output.Size}, Varies: true{features})";
    }

    /// <summary>Name of the field of the engine.</summary>
    public static string FieldOf(Explanation explanation) => $"procedureOf{explanation.Name}";

    /// <param name="pass">The method of one pass; empty if the procedure only predicts.</param>
    public void Emit(string pass)
    {
        string[] arguments = [$"new{ShapeOf(network, procedure)}", .. procedure.Parameters.Select(Argument)];
        string type = procedure.IsOfNumbers ? $"{procedure.Kind}" : $"{procedure.Kind}<{sizes.InputType}>";
        writer.Line($"private readonly {type} {FieldOf(explanation)} = new({string.Join(", ", arguments)});");
        writer.Line();
        EmitCall();
        writer.Line();
        EmitPasses(pass);
    }

    private void EmitCall()
    {
        string reference = procedure.Reference is { } point ? $", ReadOnlySpan<{sizes.InputType}> {point} = default" : "";
        string given = procedure.Reference is null ? "" : $"{procedure.Reference}, ";
        string trace = procedure.Reference is null ? "" : ", trace";
        string parameters = $"{EngineEmitter.ParametersOf(sizes.InputType)}, ProcedureRecorder? trace{reference}";
        writer.Summary($"Explains by {explanation.Composite}: {procedure.Display}.");
        writer.Line($"public void {EngineEmitter.Explaining($"Explain{explanation.Name}", parameters)} =>");
        writer.Line($"    {FieldOf(explanation)}.Explain(new {Passes}(this), input, target, objective, {given}relevance{trace});");
    }

    private void EmitPasses(string pass)
    {
        string input = $"ReadOnlySpan<{sizes.InputType}> input";
        string passes = procedure.OnlyPredicts ? "IForwardPass" : "INetworkPasses";
        writer.Summary("The passes that the procedure runs.");
        using (writer.Block($"private readonly struct {Passes}({names.Type} engine) : {passes}<{sizes.InputType}>"))
        {
            writer.Line($"public void Forward({input}, Span<float> output) => engine.Forward(input, output, null);");
            writer.Line();
            EmitOutputs();
            if (procedure.OnlyPredicts)
            {
                return;
            }

            writer.Line();
            writer.Line($"public void ToPoint({input}, Span<float> point) => {ToPoint};");
            writer.Line();
            writer.Line($"public void {EngineEmitter.Explaining("Explain", EngineEmitter.ParametersOf("float"))} =>");
            writer.Line($"    engine.{pass}(input, target, objective, relevance);");
            writer.Line();
            writer.Line($"public void FromPoint(ReadOnlySpan<float> ofPoint, Span<float> relevance) => {FromPoint};");
        }
    }

    private void EmitOutputs()
    {
        string[] axes = [.. network.Output.Sizes.Select(size => Literal.Integer(size))];
        using (writer.Block("public (int Rows, int Columns) OutputsOf(int inputs)"))
        {
            if (network.Output.Variable is { } variable)
            {
                writer.Line($"int {ProgramEmitter.Positions} = inputs / {sizes.Position};");
                axes[variable.Axis] = new CountNames(ProgramEmitter.Positions, Traces.Always).Require(writer, variable.Count);
            }

            string rows = axes.Length == 1 ? "1" : string.Join(" * ", axes.Take(axes.Length - 1));
            writer.Line($"return ({rows}, {axes[axes.Length - 1]});");
        }
    }

    private string ToPoint
    {
        get
        {
            if (!network.IsOfTokens)
            {
                return "input.CopyTo(point)";
            }

            Gather gather = plan.Forward.Blocks.SelectMany(block => block.Steps).OfType<Gather>().Single();
            return $"Layout.Gather(input, engine.{names[gather.Weights]}.Span, {gather.To.Pitch}, point, {Features})";
        }
    }

    private string FromPoint => network.IsOfTokens
        ? $"Layout.SumLanes(Part.Whole, ofPoint, {Features}, {Features}, relevance, 1)"
        : "ofPoint.CopyTo(relevance)";

    private int Features => network.Layers[0].Output[-1];

    private string Passes => $"PassesOf{explanation.Name}";

    private string Argument(ParameterValue parameter)
    {
        string name = parameter.Parameter.Argument();
        bool isInteger = parameter.Parameter.IsInteger() || (parameter.Parameter == RuleParameter.Baseline && network.IsOfTokens);
        string[] values = [.. parameter.Values.Select(value => isInteger ? Literal.Integer((long)value) : Literal.Float(value))];
        return parameter.Parameter is RuleParameter.Low or RuleParameter.High ? $"{name}s: [{string.Join(", ", values)}]" : $"{name}: {values[0]}";
    }
}
