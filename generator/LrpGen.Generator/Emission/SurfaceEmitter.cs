using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes the members that users call.</summary>
internal sealed class SurfaceEmitter(CodeWriter writer, Plan plan)
{
    private readonly Network network = plan.Network;

    public void Emit()
    {
        writer.Line("private readonly Engine engine;");
        writer.Line();
        writer.Line($"private {network.Type.Name}(Engine engine) => this.engine = engine;");
        Constants();
        Load();
        Predict();
        foreach (Explanation explanation in network.Explanations)
        {
            Explain("Explain" + explanation.Name, explanation);
            Trace(explanation);
        }

        if (network.Explanations.Count > 0 && network.Explanations.All(explanation => explanation.Name.Length > 0))
        {
            Explain("Explain", network.Explanations[0]);
        }

        Interface();
        new DescriptionEmitter(writer, plan).Emit();
    }

    private void Constants()
    {
        writer.Line();
        writer.Summary($"Number of values of an input, {network.Input}.");
        writer.Line($"public const int InputSize = {network.Input.Size};");
        writer.Line();
        writer.Summary($"Number of outputs, {network.Output}.");
        writer.Line($"public const int OutputSize = {network.Output.Size};");
    }

    private void Load()
    {
        const string errors = "/// <exception cref=\"WeightsException\">Tensors are missing, unexpected or of another shape; the message lists them all.</exception>";
        const string damaged = "/// <exception cref=\"InvalidDataException\">The data are damaged, or of no format that can be read.</exception>";
        string type = network.Type.Name;
        writer.Line();
        writer.Summary("Loads the weights from a safetensors or NumPy .npz file with the tensors of a PyTorch state_dict.");
        writer.Line("/// <param name=\"path\">The file.</param>");
        writer.Line(errors);
        writer.Line(damaged);
        using (writer.Block($"public static {type} Load(string path)"))
        {
            writer.Line("using TensorFile file = TensorFile.Open(path);");
            writer.Line("return Load(file);");
        }

        writer.Line();
        writer.Summary("Loads the weights from the contents of a safetensors or NumPy .npz file.");
        writer.Line("/// <param name=\"stream\">The contents; may be unseekable, and stays open.</param>");
        writer.Line(errors);
        writer.Line(damaged);
        using (writer.Block($"public static {type} Load(Stream stream)"))
        {
            writer.Line("using TensorFile file = TensorFile.Open(stream);");
            writer.Line("return Load(file);");
        }

        writer.Line();
        writer.Summary("Loads the weights from named tensors.");
        writer.Line("/// <param name=\"source\">The tensors of a PyTorch state_dict.</param>");
        writer.Line(errors);
        writer.Line($"public static {type} Load(ITensorSource source) => new(new Engine(source));");
    }

    private void Predict()
    {
        writer.Line();
        writer.Summary("Predicts.");
        writer.Line($"/// <param name=\"input\">{InputValues}</param>");
        writer.Line($"/// <param name=\"output\">Receives {Literal.Integer(network.Output.Size)} values.</param>");
        writer.Line(BadLength);
        using (writer.Block("public void Forward(ReadOnlySpan<float> input, Span<float> output)"))
        {
            writer.Line("Guard.Input(input, InputSize);");
            writer.Line("Guard.Output(output, OutputSize, nameof(output));");
            writer.Line("engine.Forward(input, output);");
        }
    }

    private void Explain(string name, Explanation explanation)
    {
        string engine = $"engine.Explain{explanation.Name}";
        writer.Line();
        writer.Summary($"Explains one output by {explanation.Composite}.");
        writer.Line($"/// <param name=\"input\">{InputValues}</param>");
        writer.Line("/// <param name=\"target\">Index of the output.</param>");
        writer.Line("/// <param name=\"relevance\">Receives the relevance of every value of the input.</param>");
        writer.Line(BadLength);
        using (writer.Block($"public void {name}(ReadOnlySpan<float> input, int target, Span<float> relevance)"))
        {
            CheckInputAndTarget();
            writer.Line("Guard.Output(relevance, InputSize, nameof(relevance));");
            writer.Line($"{engine}(input, target, default, relevance, null);");
        }

        writer.Line();
        writer.Summary($"Explains by {explanation.Composite} from a given relevance of the outputs.");
        writer.Line($"/// <param name=\"input\">{InputValues}</param>");
        writer.Line("/// <param name=\"outputRelevance\">Relevance of every output.</param>");
        writer.Line("/// <param name=\"relevance\">Receives the relevance of every value of the input.</param>");
        writer.Line(BadLength);
        using (writer.Block($"public void {name}(ReadOnlySpan<float> input, ReadOnlySpan<float> outputRelevance, Span<float> relevance)"))
        {
            writer.Line("Guard.Input(input, InputSize);");
            writer.Line("Guard.OutputRelevance(outputRelevance, OutputSize);");
            writer.Line("Guard.Output(relevance, InputSize, nameof(relevance));");
            writer.Line($"{engine}(input, -1, outputRelevance, relevance, null);");
        }

        writer.Line();
        writer.Summary($"Explains one output by {explanation.Composite}.");
        writer.Line($"/// <param name=\"input\">{InputValues}</param>");
        writer.Line("/// <param name=\"target\">Index of the output.</param>");
        writer.Line("/// <returns>The relevance of every value of the input.</returns>");
        writer.Line(BadLength);
        using (writer.Block($"public float[] {name}(ReadOnlySpan<float> input, int target)"))
        {
            writer.Line("float[] relevance = new float[InputSize];");
            writer.Line($"{name}(input, target, relevance);");
            writer.Line("return relevance;");
        }
    }

    private void Trace(Explanation explanation)
    {
        writer.Line();
        writer.Summary($"Explains one output by {explanation.Composite}, and keeps every layer's activation and relevance.");
        writer.Line($"/// <param name=\"input\">{InputValues}</param>");
        writer.Line("/// <param name=\"target\">Index of the output.</param>");
        writer.Line(BadLength);
        using (writer.Block($"public Explanation Trace{explanation.Name}(ReadOnlySpan<float> input, int target)"))
        {
            CheckInputAndTarget();
            writer.Line($"TraceRecorder trace = new({Literal.String(explanation.Name)}, target, Layouts);");
            writer.Line("float[] relevance = new float[InputSize];");
            writer.Line($"engine.Explain{explanation.Name}(input, target, default, relevance, trace);");
            writer.Line("return trace.Finish(relevance);");
        }
    }

    private void CheckInputAndTarget()
    {
        writer.Line("Guard.Input(input, InputSize);");
        writer.Line("Guard.Target(target, OutputSize);");
    }

    private void Interface()
    {
        writer.Line();
        writer.Line("int INetwork.InputSize => InputSize;");
        writer.Line();
        writer.Line("int INetwork.OutputSize => OutputSize;");
        writer.Line();
        writer.Line("NetworkDescription INetwork.Description => Description;");
        writer.Line();
        writer.Line($"IReadOnlyList<string> INetwork.Explanations {{ get; }} = [{string.Join(", ", network.Explanations.Select(explanation => Literal.String(explanation.Name)))}];");
        Dispatch("void INetwork.Explain(string explanation, ReadOnlySpan<float> input, int target, Span<float> relevance)", "", "Explain", "(input, target, relevance)");
        Dispatch("void INetwork.Explain(string explanation, ReadOnlySpan<float> input, ReadOnlySpan<float> outputRelevance, Span<float> relevance)", "", "Explain", "(input, outputRelevance, relevance)");
        Dispatch("Explanation INetwork.Trace(string explanation, ReadOnlySpan<float> input, int target)", "return ", "Trace", "(input, target)");
    }

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
                writer.Line("    throw Guard.NoExplanation(explanation, ((INetwork)this).Explanations);");
            }
        }
    }

    private string InputValues => $"{Literal.Integer(network.Input.Size)} finite values, {network.Input}.";

    private const string BadLength = "/// <exception cref=\"ArgumentException\">A length, a value or the target is not as expected.</exception>";
}
