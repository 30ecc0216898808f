using LrpGen.Onnx.Import;

namespace LrpGen.Onnx.Layers;

/// <summary>Finds attention, softmax(c Q Kᵀ) V, in the two products, the softmax, the scale and the mask that it is made of.</summary>
internal static class Attentions
{
    /// <summary>What is added to a score below it leaves nothing of the key.</summary>
    private const double LargestMask = -1e4;

    /// <summary>Relative; PyTorch's exporter rounds √d to float32.</summary>
    private const double ToleranceOfScale = 1e-5;

    /// <summary>A product of weights and values as attention, in the graph's view of heads; null if it is none.</summary>
    public static Value? Find(Call call)
    {
        if (call.Input(0) is not Normalized { Node.Operator: "Softmax" } softmax
            || softmax.Axis != call.Rank(softmax) - 1
            || Scores(softmax.Source) is not var (product, scale, isCausal))
        {
            return null;
        }

        (Value left, double ofQueries) = Unscaled(product.Left);
        (Value right, double ofKeys) = Unscaled(product.Right);
        if (Heads.Of(call, left) is not { IsTransposed: false } q
            || Heads.Of(call, right) is not { IsTransposed: true } k
            || Heads.Of(call, call.Input(1)) is not { IsTransposed: false } v
            || k.Width != q.Width || q.Times != 1 || k.Count * k.Times != q.Count || v.Count != k.Count || v.Times != k.Times || v.Rows != k.Rows)
        {
            return null;
        }

        scale *= ofQueries * ofKeys;
        string[] arguments =
        [
            .. q.Count == 1 ? [] : new[] { $"Heads = {q.Count}" },
            .. k.Times == 1 ? [] : new[] { $"KeyValueHeads = {k.Count}" },
            .. isCausal ? ["Causal = true"] : Array.Empty<string>(),
            .. Math.Abs((scale * Math.Sqrt(q.Width)) - 1) < ToleranceOfScale ? [] : new[] { $"Scale = {CSharp.Number(scale)}" },
        ];
        ImportedLayer layer = new(call.Node, "ScaledDotProductAttention", [q.Layer, k.Layer, v.Layer], arguments);
        LayerOutput output = call.Layers.Add(layer, new LayerOutput(q.Layer, q.Rows, q.Count * v.Width), [q.Rows, q.Count * v.Width]);
        return q.View(call, output, v.Width);
    }

    /// <summary>Heads of which each is repeated, so that several of queries share it; null if a node does something else.</summary>
    public static Shared? Shared(Call call)
    {
        if (call.Input(0) is not LayerOutput { Layer: >= 0, Shape: [_, int heads, _] } source
            || call.Input(1) is not Constant { Integers: { Length: > 1 } indices, Shape.Count: 1 }
            || call.Layers[source].Kind != "Reshape"
            || source.OwnAxis(call.Axis(call.Node.Integer("axis", 0), source.Rank)) != 1
            || indices.Length % heads != 0)
        {
            return null;
        }

        int times = indices.Length / heads;
        return indices.Index().All(index => index.Item == index.Index / times) ? new Shared(call.Node, source, times) : null;
    }

    /// <summary>
    /// Scores of which a constant takes some away, by a sum or a choice: as they are if it takes none, as a mask of ones does; as a
    /// <see cref="Import.Masked"/> if it takes those of later keys. Else null.
    /// </summary>
    public static Value? Masked(Call call) => call.Inputs switch
    {
        [Constant mask, { } scores] when call.Node.Operator == "Add" => Masked(call, scores, mask, null),
        [{ } scores, Constant mask] when call.Node.Operator == "Add" => Masked(call, scores, mask, null),
        [Constant test, Constant other, { } scores] when call.Node.Operator == "Where" => Masked(call, scores, test, other),
        [Constant test, { } scores, Constant other] when call.Node.Operator == "Where" =>
            Masked(call, scores, Broadcasting.Apply(call, [test], x => x[0] == 0 ? 1 : 0, isInteger: true), other),
        _ => null,
    };

    /// <param name="call">The node.</param>
    /// <param name="scores">What it reads.</param>
    /// <param name="mask">What is added, or where the other number is taken.</param>
    /// <param name="other">That number; null for a sum.</param>
    private static Value? Masked(Call call, Value scores, Constant mask, Constant? other)
    {
        if (Unscaled(scores).Source is not (Product or Import.Masked) || mask.Shape.Count > call.Rank(scores) || other is { Count: not 1 })
        {
            return null;
        }

        if (mask.IsAll(0))
        {
            return scores;
        }

        return mask.Shape is [.., > 1 and int rows, int columns]
            && Enumerable.Range(0, mask.Count).All(index => index % columns > index / columns % rows
                ? (other is null ? mask[index] : mask[index] == 0 ? 0 : other[0]) <= LargestMask
                : mask[index] == 0)
            ? new Masked(call.Node, scores)
            : null;
    }

    /// <summary>Puts the projections of PyTorch's module, and the attention between them, into one layer.</summary>
    public static void Pack(LayerList list)
    {
        IReadOnlyList<ImportedLayer> layers = list.Layers;
        for (int last = 0; last < layers.Count; last++)
        {
            if (layers[last] is { Kind: "Linear", Inputs: [int inner and >= 0] } output
                && layers[inner] is { Kind: "ScaledDotProductAttention", Inputs: [>= 0, ..] inputs } attention
                && Packed(layers, inputs) is { } projection
                && NameOf(projection) is { } name && output.TensorName.StartsWith($"{name}.out_proj.", StringComparison.Ordinal)
                && !attention.Arguments.Any(argument => argument.StartsWith("Scale", StringComparison.Ordinal))
                && output.Tensors.ContainsKey("bias") == projection.Tensors.ContainsKey("bias"))
            {
                const string heads = "Heads = ";
                string count = attention.Arguments.FirstOrDefault(argument => argument.StartsWith(heads, StringComparison.Ordinal), $"{heads}1");
                bool hasBias = output.Tensors.ContainsKey("bias");
                string[] arguments =
                [
                    count[heads.Length..],
                    .. attention.Arguments.Where(argument => argument != count),
                    .. hasBias ? [] : new[] { "Bias = false" },
                ];
                ImportedLayer packed = new(output.Node, "MultiheadAttention", projection.Inputs, arguments) { TensorName = $"{name}.weight" };
                foreach (string tensor in hasBias ? ["weight", "bias"] : new[] { "weight" })
                {
                    packed.Add($"in_proj_{tensor}", projection.Tensors[tensor].Shape, projection.Tensors[tensor].Values);
                    packed.Add($"out_proj.{tensor}", output.Tensors[tensor].Shape, output.Tensors[tensor].Values);
                }

                list.Replace(last, packed);
            }
        }
    }

    /// <summary>The layer of which queries, keys and values are the thirds, in this order; null if there is none.</summary>
    private static ImportedLayer? Packed(IReadOnlyList<ImportedLayer> layers, IReadOnlyList<int> inputs)
    {
        ImportedLayer[] parts = [.. inputs.Select(input => layers[input])];
        if (parts.Any(part => part.Kind != "Narrow" || part.Inputs[0] < 0 || part.Inputs[0] != parts[0].Inputs[0])
            || parts[0].Inputs[0] is not (>= 0 and int inner)
            || layers[inner] is not { Kind: "Linear" } projection)
        {
            return null;
        }

        int features = projection.Tensors["weight"].Shape[0] / 3;
        return parts.Index().All(part => part.Item.Arguments.SequenceEqual([$"{part.Index * features}", $"{features}", "Dim = 1"]))
            ? projection
            : null;
    }

    /// <summary>What the module is called whose first projection a layer is; null if it is of no module.</summary>
    private static string? NameOf(ImportedLayer projection)
    {
        int start = projection.TensorName.LastIndexOf(".in_proj_", StringComparison.Ordinal);
        return start < 0 ? null : projection.TensorName[..start];
    }

    /// <summary>The product that scores are, what it is multiplied by, and whether it is masked.</summary>
    private static (Product Product, double Scale, bool IsCausal)? Scores(Value value)
    {
        (Value source, double scale) = Unscaled(value);
        bool isCausal = source is Masked;
        (source, double inner) = Unscaled(source is Masked masked ? masked.Source : source);
        return source is Product product ? (product, scale * inner, isCausal) : null;
    }

    /// <summary>What a value is a multiple of, and the factor.</summary>
    private static (Value Source, double Scale) Unscaled(Value value)
    {
        double scale = 1;
        while (true)
        {
            switch (value)
            {
                case Elementwise { Node.Operator: "Mul", Operands: [{ } source, Scalar factor] } when source is not Scalar:
                    (value, scale) = (source, scale * factor.Number);
                    break;
                case Elementwise { Node.Operator: "Mul", Operands: [Scalar factor, { } source] }:
                    (value, scale) = (source, scale * factor.Number);
                    break;
                case Elementwise { Node.Operator: "Div", Operands: [{ } source, Scalar divisor] }:
                    (value, scale) = (source, scale / divisor.Number);
                    break;
                default:
                    return (value, scale);
            }
        }
    }

    /// <summary>Rows of features, of which the graph sees each head as a matrix.</summary>
    /// <param name="Layer">The layer that gives the rows.</param>
    /// <param name="Rows">Number of rows.</param>
    /// <param name="Count">Number of heads.</param>
    /// <param name="Times">How often the graph sees each.</param>
    /// <param name="Width">Features of a head.</param>
    /// <param name="IsTransposed">Whether the graph sees features before rows.</param>
    /// <param name="Output">As the graph sees them.</param>
    private sealed record Heads(int Layer, int Rows, int Count, int Times, int Width, bool IsTransposed, LayerOutput Output)
    {
        public static Heads? Of(Call call, Value value) => value switch
        {
            Shared shared => Of(call, shared.Source) is { } heads ? heads with { Times = shared.Times } : null,
            LayerOutput { Order: null } output => Of(call, output),
            _ => null,
        };

        private static Heads? Of(Call call, LayerOutput output) => (output, output.Axes) switch
        {
            ({ Shape: [int rows, int width] }, [0, 1] or [1, 0]) => new(output.Layer, rows, 1, 1, width, output.Axes[0] == 1, output),
            ({ Layer: >= 0, Shape: [int rows, int count, int width] }, [1, 0, 2] or [1, 2, 0])
                when call.Layers[output] is { Kind: "Reshape", InputShape: [int before, int features] } reshape
                && before == rows && features == count * width => new(reshape.Inputs[0], rows, count, 1, width, output.Axes[1] == 2, output),
            _ => null,
        };

        /// <summary>Rows of as many heads, as the graph sees these.</summary>
        public LayerOutput View(Call call, LayerOutput rows, int width)
        {
            if (Output.Shape.Count == 2)
            {
                return new(rows.Layer, rows.Shape) { Batch = Output.Batch };
            }

            LayerOutput grouped = Shapes.Reshape(call, rows, [rows.Shape[0], Count, width]);
            return new(grouped.Layer, grouped.Shape, [1, 0, 2]) { Batch = Output.Batch };
        }
    }
}
