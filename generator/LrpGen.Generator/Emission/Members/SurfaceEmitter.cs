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
            ExplanationEmitter members = new(writer, plan, explanation);
            members.Explain("Explain" + explanation.Name);
            members.Trace();
        }

        if (network.Explanations.Count > 0)
        {
            new ExplanationEmitter(writer, plan, network.Explanations[0]).Explain("Explain");
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
                string count = new CountNames(ProgramEmitter.Positions, Traces.Always).Require(writer, variable.Count);
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
        writer.Line("/// <param name=\"path\">The file; of a checkpoint in several its index, or the folder that has it.</param>");
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
        writer.Line(CallChecks.BadArgument);
        writer.Line(CallChecks.NotFinite);
        using (writer.Block($"public void Forward({Input}, global::System.Span<float> output)"))
        {
            checks.Input(explanation: null);
            writer.Line($"global::LrpGen.Execution.Guard.Output(output, {sizes.Output}, nameof(output));");
            writer.Line("engine.Forward(input, output, null);");
            checks.Outputs();
        }
    }

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
        Dispatch($"void {type}.Explain<TObjective>({input}, TObjective objective, {relevance})", "", "Explain", "(input, objective, relevance)");
        Dispatch($"global::LrpGen.Explanation {type}.Trace({input}, int target)", "return ", "Trace", "(input, target)");
        Dispatch(
            $"global::LrpGen.Explanation {type}.Trace<TObjective>({input}, TObjective objective)", "return ", "Trace", "(input, objective)");
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

    private const string Values = "global::System.ReadOnlySpan<float>";
}
