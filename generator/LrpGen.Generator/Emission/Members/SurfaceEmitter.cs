using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes the members that users call.</summary>
internal sealed class SurfaceEmitter(CodeWriter writer, Plan plan, EngineNames names)
{
    private readonly Network network = plan.Network;
    private readonly CallSizes sizes = new(plan.Network);
    private readonly CallChecks checks = new(writer, new(plan.Network));

    public void Emit()
    {
        string engine = $"global::{TypeName.NamespaceOfEngines}.{names.Type}";
        writer.Line($"private readonly {engine} engine;");
        writer.Line();
        writer.Line($"private {network.Type.Name}({engine} engine) => this.engine = engine;");
        Constants();
        Load();
        Share();
        Predict();
        foreach (Explanation explanation in network.Explanations)
        {
            Explain("Explain" + explanation.Name, explanation);
            Trace(explanation, masked: null);
            if (MaskedLayer(explanation) is { } masked)
            {
                Trace(explanation, masked);
            }
        }

        if (network.Explanations.Count > 0)
        {
            Explain("Explain", network.Explanations[0]);
        }

        new BatchEmitter(writer, network).Emit();
        Interface();
        new DescriptionEmitter(writer, plan).Emit();
    }

    private void Constants()
    {
        writer.Line();
        writer.Summary($"{(network.Input.Variable is null ? "Number" : "Largest number")} of values of an input, {network.Input}.");
        writer.Line($"public const int InputSize = {network.Input.Size};");
        writer.Line();
        writer.Summary($"{(network.Output.Variable is null ? "Number" : "Largest number")} of outputs, {network.Output}.");
        writer.Line($"public const int OutputSize = {network.Output.Size};");
        if (network.Output.Variable is { } variable)
        {
            writer.Line();
            writer.Summary("Number of outputs for an input of that many values.");
            using (writer.Block($"public static int {CallSizes.OutputSizeOf}(int inputSize)"))
            {
                writer.Line($"int {ProgramEmitter.Positions} = inputSize / {sizes.Position};");
                string count = new CountNames(ProgramEmitter.Positions).Require(writer, variable.Count);
                writer.Line($"return {count} * {network.Output.Size / variable.Count.Most};");
            }
        }
    }

    private void Load()
    {
        const string errors = "/// <exception cref=\"global::LrpGen.WeightsException\">"
            + "Tensors are missing, unexpected or of another shape; the message lists them all.</exception>";
        const string damaged = "/// <exception cref=\"global::System.IO.InvalidDataException\">"
            + "The data are damaged, or of no format that can be read.</exception>";
        string type = network.Type.Name;
        writer.Line();
        writer.Summary("Loads the weights from a safetensors or NumPy .npz file with the tensors of a PyTorch state_dict.");
        writer.Line("/// <param name=\"path\">The file.</param>");
        writer.Line(errors);
        writer.Line(damaged);
        using (writer.Block($"public static {type} Load(string path)"))
        {
            writer.Line("using global::LrpGen.TensorFile file = global::LrpGen.TensorFile.Open(path);");
            writer.Line("return Load(file);");
        }

        writer.Line();
        writer.Summary("Loads the weights from the contents of a safetensors or NumPy .npz file.");
        writer.Line("/// <param name=\"stream\">The contents; may be unseekable, and stays open.</param>");
        writer.Line(errors);
        writer.Line(damaged);
        using (writer.Block($"public static {type} Load(global::System.IO.Stream stream)"))
        {
            writer.Line("using global::LrpGen.TensorFile file = global::LrpGen.TensorFile.Open(stream);");
            writer.Line("return Load(file);");
        }

        writer.Line();
        writer.Summary("Loads the weights from named tensors.");
        writer.Line("/// <param name=\"source\">The tensors of a PyTorch state_dict.</param>");
        writer.Line(errors);
        writer.Line($"public static {type} Load(global::LrpGen.ITensorSource source) => new(new(source));");
    }

    private void Share()
    {
        string type = network.Type.Name;
        writer.Line();
        writer.Summary(
            "The same network, each of whose calls runs on several threads if it is long enough; with the same weights and results, bit by bit.");
        writer.Line("/// <param name=\"threads\">Threads of a call, at least 1; as many as there are processors are enough.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">There is none.</exception>");
        using (writer.Block($"public {type} WithThreads(int threads)"))
        {
            writer.Line("global::LrpGen.Execution.Guard.Threads(threads);");
            writer.Line($"return {(plan.IsShared ? "new(engine.WithThreads(threads))" : "this")};");
        }
    }

    private void Predict()
    {
        writer.Line();
        writer.Summary("Predicts.");
        writer.Line($"/// <param name=\"input\">{sizes.InputValues}</param>");
        writer.Line($"/// <param name=\"output\">Receives {Literal.Integer(network.Output.Size)} values.</param>");
        writer.Line(BadLength);
        writer.Line(CallChecks.NotFinite);
        using (writer.Block($"public void Forward({Input}, global::System.Span<float> output)"))
        {
            checks.Input(explanation: null);
            writer.Line($"global::LrpGen.Execution.Guard.Output(output, {sizes.Output}, nameof(output));");
            writer.Line("engine.Forward(input, output, null);");
            checks.Outputs();
        }
    }

    private void Explain(string name, Explanation explanation)
    {
        ExplainTarget(name, explanation, masked: null);
        ExplainGiven(name, explanation);
        ReturnRelevance(name, explanation, masked: null);
        if (MaskedLayer(explanation) is { } masked)
        {
            ExplainTarget(name, explanation, masked);
            ReturnRelevance(name, explanation, masked);
        }

        if (explanation.Procedure is { } procedure)
        {
            new ProcedureMembersEmitter(writer, network, explanation, procedure).Explain(name);
        }
    }

    /// <param name="masked">The layer whose channels the call chooses; null if it chooses none.</param>
    private void ExplainTarget(string name, Explanation explanation, Layer? masked)
    {
        StartExplainingTarget(explanation, masked, traced: false);
        writer.Line("/// <param name=\"relevance\">Receives the relevance of every value of the input.</param>");
        Errors(explanation);
        using (writer.Block($"public void {name}({TargetParameters(masked)}, global::System.Span<float> relevance)"))
        {
            CheckInputAndTarget(explanation, masked);
            writer.Line($"global::LrpGen.Execution.Guard.Output(relevance, {sizes.Input}, nameof(relevance));");
            Call(explanation, "target, default", masked);
        }
    }

    private void ExplainGiven(string name, Explanation explanation)
    {
        writer.Line();
        writer.Summary($"Explains by {explanation.Composite} from a given relevance of the outputs.");
        writer.Line($"/// <param name=\"input\">{sizes.InputValues}</param>");
        writer.Line("/// <param name=\"outputRelevance\">Relevance of every output.</param>");
        writer.Line("/// <param name=\"relevance\">Receives the relevance of every value of the input.</param>");
        Errors(explanation);
        using (writer.Block($"public void {name}({Input}, {Values} outputRelevance, global::System.Span<float> relevance)"))
        {
            checks.Input(explanation);
            writer.Line($"global::LrpGen.Execution.Guard.OutputRelevance(outputRelevance, {sizes.Output});");
            writer.Line($"global::LrpGen.Execution.Guard.Output(relevance, {sizes.Input}, nameof(relevance));");
            Call(explanation, "-1, outputRelevance", masked: null);
        }
    }

    private void Call(Explanation explanation, string explained, Layer? masked)
    {
        string call(string relevance, string trace) =>
            $"Explain{explanation.Name}(input, {explained}, {relevance}, {trace}{ChannelsArgument(masked)})";
        writer.Line($"engine.{call("relevance", "null")};");
        if (explanation.Procedure is null)
        {
            checks.Relevance(call($"new float[{sizes.Input}]", "layers"));
        }
        else
        {
            checks.RelevanceOfProcedure();
        }
    }

    private void ReturnRelevance(string name, Explanation explanation, Layer? masked)
    {
        StartExplainingTarget(explanation, masked, traced: false);
        writer.Line("/// <returns>The relevance of every value of the input.</returns>");
        Errors(explanation);
        using (writer.Block($"public float[] {name}({TargetParameters(masked)})"))
        {
            writer.Line($"float[] relevance = new float[{sizes.Input}];");
            writer.Line($"{name}(input, target{ChannelsArgument(masked)}, relevance);");
            writer.Line("return relevance;");
        }
    }

    private void Trace(Explanation explanation, Layer? masked)
    {
        if (explanation.Procedure is { } procedure)
        {
            new ProcedureMembersEmitter(writer, network, explanation, procedure).Trace();
            return;
        }

        StartExplainingTarget(explanation, masked, traced: true);
        writer.Line(BadLength);
        writer.Line(CallChecks.NotFinite);
        using (writer.Block($"public global::LrpGen.Explanation Trace{explanation.Name}({TargetParameters(masked)})"))
        {
            CheckInputAndTarget(explanation, masked);
            writer.Line("global::LrpGen.Execution.TraceRecorder trace = new(Layouts);");
            writer.Line($"float[] relevance = new float[{sizes.Input}];");
            writer.Line($"engine.Explain{explanation.Name}(input, target, default, relevance, trace{ChannelsArgument(masked)});");
            writer.Line($"return trace.Finish(Description, {Literal.String(explanation.Name)}, target, relevance);");
        }
    }

    /// <summary>The documentation of a method up to its last parameters.</summary>
    private void StartExplainingTarget(Explanation explanation, Layer? masked, bool traced)
    {
        string trace = traced ? ", and keeps every layer's activation and relevance" : "";
        string condition = masked is null
            ? ""
            : $" Of the relevance of layer {masked.Name}'s output, only what lies in the given channels flows on{(traced ? " and is kept" : "")}.";
        writer.Line();
        writer.Summary($"Explains one output by {explanation.Composite}{trace}.{condition}");
        writer.Line($"/// <param name=\"input\">{sizes.InputValues}</param>");
        writer.Line("/// <param name=\"target\">Index of the output.</param>");
        if (masked is not null)
        {
            writer.Line($"/// <param name=\"channels\">One or more of the channels 0 to {LanesOf(masked) - 1}, in any order.</param>");
        }
    }

    private void Errors(Explanation explanation)
    {
        writer.Line(BadLength);
        writer.Line(CallChecks.NotFinite);
        if (explanation.Procedure is { Kind: ProcedureKind.AtRoot })
        {
            writer.Line(ProcedureMembersEmitter.NoRoot);
        }
    }

    private void CheckInputAndTarget(Explanation explanation, Layer? masked)
    {
        checks.Input(explanation);
        writer.Line($"global::LrpGen.Execution.Guard.Target(target, {sizes.Output});");
        if (masked is not null)
        {
            writer.Line($"global::LrpGen.Execution.Guard.Channels(channels, {LanesOf(masked)}, {Literal.String(masked.Name)});");
        }
    }

    private Layer? MaskedLayer(Explanation explanation) => explanation.MaskedLayer is int index ? network.Layers[index] : null;

    private string TargetParameters(Layer? masked) =>
        $"{Input}, int target{(masked is null ? "" : ", global::System.ReadOnlySpan<int> channels")}";

    private static string ChannelsArgument(Layer? masked) => masked is null ? "" : ", channels";

    private void Interface()
    {
        string type = $"global::LrpGen.INetworkOf<{sizes.InputType}>";
        string own = $"global::LrpGen.{InterfaceOf(network)}";
        string explanations = string.Join(", ", network.Explanations.Select(explanation => Literal.String(explanation.Name)));
        foreach (string member in new[]
        {
            $"int {type}.InputSize => InputSize;",
            $"{own} {own}.WithThreads(int threads) => WithThreads(threads);",
            $"int {type}.OutputSize => OutputSize;",
            $"global::LrpGen.NetworkDescription {type}.Description => Description;",
            $"global::System.Collections.Generic.IReadOnlyList<string> {type}.Explanations => ExplanationNames;",
            $"private static readonly string[] ExplanationNames = [{explanations}];",
        })
        {
            writer.Line();
            writer.Line(member);
        }

        string input = $"string explanation, {Input}";
        const string relevance = "global::System.Span<float> relevance";
        Dispatch($"void {type}.Explain({input}, int target, {relevance})", "", "Explain", "(input, target, relevance)");
        Dispatch($"void {type}.Explain({input}, {Values} outputRelevance, {relevance})", "", "Explain", "(input, outputRelevance, relevance)");
        Dispatch($"global::LrpGen.Explanation {type}.Trace({input}, int target)", "return ", "Trace", "(input, target)");
    }

    /// <summary>What a network implements.</summary>
    public static string InterfaceOf(Network network) => network.IsOfTokens ? "ITokenNetwork" : "INetwork";

    private string Input => $"global::System.ReadOnlySpan<{sizes.InputType}> input";

    private void Dispatch(string header, string result, string method, string arguments)
    {
        writer.Line();
        using (writer.Block(header))
        {
            using (writer.Block("switch (explanation)"))
            {
                foreach (Explanation explanation in network.Explanations)
                {
                    writer.Line($"case {Literal.String(explanation.Name)}:");
                    writer.Line($"    {result}{method}{explanation.Name}{arguments};");
                    if (result.Length == 0)
                    {
                        writer.Line("    break;");
                    }
                }

                writer.Line("default:");
                writer.Line("    throw global::LrpGen.Execution.Guard.NoExplanation(explanation, ExplanationNames);");
            }
        }
    }

    private int LanesOf(Layer layer) => plan.Facts.Arrangements[layer.Index].Lanes;

    private const string Values = "global::System.ReadOnlySpan<float>";

    private const string BadLength =
        "/// <exception cref=\"global::System.ArgumentException\">A length, a value or the target is not as expected.</exception>";
}
