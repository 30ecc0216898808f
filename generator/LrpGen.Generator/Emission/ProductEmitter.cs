using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>
/// Writes the products of linear and convolutional layers: a method per direction and start, for all weight sets of all layers that are alike.
/// </summary>
internal sealed class ProductEmitter(Plan plan, Methods methods)
{
    private readonly Dictionary<(Operation, int, int), (Layer First, int Count)> alike = plan.Network.Layers
        .GroupBy(layer => Likeness(plan, layer))
        .ToDictionary(group => group.Key, group => (group.First(), group.Count()));

    /// <summary>Name of the method that computes the step.</summary>
    public string Require(Product step)
    {
        (Layer layer, int count) = alike[Likeness(plan, plan.Network.Layers[step.Layer])];
        SumStart start = step.Accumulate ? SumStart.Present : step.Bias is null ? SumStart.Zero : SumStart.Bias;
        bool unroll = Unrolling.IsUnrolled(layer, plan.UnrollBudget);
        (string input, string output) = step.Transposed ? ("s", "c") : ("a", "z");
        string product = (start == SumStart.Present ? "Add" : "") + (step.Transposed ? "TransposedProduct" : "Product");
        string remark = start == SumStart.Zero && !step.Transposed ? "WithoutBias" : "";
        string preferred = product + plan.Facts.Identifiers[layer.Index] + remark;
        return methods.Require(preferred, (writer, name) =>
        {
            string bias = start == SumStart.Bias ? "ReadOnlySpan<float> b, " : "";
            string reason = Unrolling.Reason(layer, plan.UnrollBudget);
            writer.Summary($"{Describe.Layer(layer, count - 1)} {Formula(step.Transposed, start)}; {reason}.");
            using (writer.Block($"private static void {name}(ReadOnlySpan<float> {input}, ReadOnlySpan<float> w, {bias}Span<float> {output})"))
            {
                foreach (string symbol in start == SumStart.Bias ? new[] { input, "w", "b", output } : [input, "w", output])
                {
                    writer.Line($"ref float {symbol}Origin = ref MemoryMarshal.GetReference({symbol});");
                }

                Body(writer, layer, step, start, unroll, input, output);
            }
        });
    }

    /// <summary>What the products of a layer depend on: its numbers and how its input and output lie in memory.</summary>
    private static (Operation, int, int) Likeness(Plan plan, Layer layer) =>
        (layer.Operation, plan.Facts.Pitches[layer.Inputs[0]], plan.Facts.Pitches[layer.Index]);

    private static void Body(CodeWriter writer, Layer layer, Product step, SumStart start, bool unroll, string input, string output)
    {
        switch (layer.Operation)
        {
            case Convolution convolution:
                Correlation shape = step.Transposed ? Correlation.Transposed(convolution) : Correlation.Forward(convolution);
                new CorrelationEmitter(writer, shape, step.Tensor.Pitch, step.To.Pitch, start, unroll, input, output).Emit();
                break;
            case Linear linear when step.Transposed:
                new LinearEmitter(writer, linear.Inputs, step.Tensor.Pitch, start, unroll).EmitTransposedProduct();
                break;
            case Linear linear:
                new LinearEmitter(writer, linear.Inputs, step.To.Pitch, start, unroll).EmitProduct();
                break;
        }
    }

    private static string Formula(bool transposed, SumStart start) => (transposed, start) switch
    {
        (true, SumStart.Present) => "c_i += Σ_j w_ij s_j",
        (true, _) => "c_i = Σ_j w_ij s_j",
        (_, SumStart.Bias) => "z_j = Σ_i a_i w_ij + b_j",
        (_, SumStart.Present) => "z_j += Σ_i a_i w_ij",
        _ => "z_j = Σ_i a_i w_ij",
    };
}
