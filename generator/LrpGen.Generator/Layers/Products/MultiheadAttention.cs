using LrpGen.Generator.Declarations;

namespace LrpGen.Generator.Layers;

/// <summary>
/// Attention between projections, of one sequence or to another: three linear layers whose weights are slices of one tensor,
/// <see cref="Attention"/>, and a linear layer.
/// </summary>
internal static class MultiheadAttention
{
    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        int heads = layer.Arguments.Integer(1, 1, "heads");
        bool bias = layer.Arguments.Flag("Bias", true);
        bool causal = layer.Arguments.Flag("Causal", false);
        if (!layer.Arguments.Valid)
        {
            return null;
        }

        (Shape input, Shape memory) = (layer.Input, layer.Inputs[layer.Inputs.Count - 1]);
        if (input.Rank != 2 || memory.Rank != 2 || input[1] != memory[1] || input[1] % heads != 0)
        {
            return layer.Inputs.Count == 1
                ? layer.DoesNotFit($"(T, {heads}·d)")
                : layer.InputsDiffer($"inputs (T, {heads}·d) and (S, {heads}·d)");
        }

        // The output is as long as the input in every call, so that cannot be one row where the memory's are many.
        if (layer.Inputs.FirstOrDefault(shape => shape.Variable is not null) is { Variable: { } variable } varying
            && (variable.Axis != 0 || input.Variable != memory.Variable))
        {
            layer.Fault(Descriptors.LengthIsUnknown, null, layer.Kind, variable.Axis, varying);
            return null;
        }

        int features = input[1];
        if (!layer.Holds(3L * features, Limits.Pitch(features)))
        {
            return null;
        }

        int inner = features / heads;
        int ofMemory = ~(layer.Inputs.Count - 1);
        Attention attention = new(heads, heads, input[0], memory[0], inner, inner, 1 / Math.Sqrt(inner), causal);
        if (!attention.Fits(layer))
        {
            return null;
        }

        return new ParsedLayer(Projection(input, "out_proj.", 0, 0), input)
        {
            OwnKind = "Linear",
            Parts =
            [
                new("query", "Linear", Packed(input, 0), [~0], input),
                new("key", "Linear", Packed(memory, 1), [ofMemory], memory),
                new("value", "Linear", Packed(memory, 2), [ofMemory], memory),
                new("attention", "ScaledDotProductAttention", attention, [0, 1, 2], input),
            ],
            Details = [.. attention.Details, .. layer.Inputs.Count > 1 ? ["to another sequence"] : Array.Empty<string>()],
            Arguments = [("num_heads", [heads]), ("causal", [causal ? 1 : 0])],
        };

        Linear Packed(Shape of, int slice) => Projection(of, "in_proj_", slice * features, 3 * features);

        Linear Projection(Shape of, string prefix, int first, int length) =>
            new(of[0], features, features, bias, of.Variable is not null) { IsProjection = true, Stored = (prefix, first, length) };
    }
}
