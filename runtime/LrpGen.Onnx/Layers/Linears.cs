using LrpGen.Onnx.Export;
using LrpGen.Onnx.Import;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Layers;

/// <summary>Linear layers, and products of two values.</summary>
internal static class Linears
{
    public static Family Family { get; } = new(
        new()
        {
            ["Linear"] = Linear,
            ["MatMul"] = MatMul,
        },
        new()
        {
            ["Gemm"] = Gemm,
            ["MatMul"] = MatMul,
        });

    /// <summary>A vector's is one operator; along the last axis of anything else it is a product with the transposed weights, and a sum.</summary>
    private static string Linear(ExportedLayer layer)
    {
        bool isTransposed = layer.Has("transposed");
        if (layer.InputShape.Count == 1)
        {
            return layer.Whole("Gemm", Attribute("transB", isTransposed ? 0 : 1));
        }

        return Rows(layer, layer.Input, layer.Tensor("weight")!, layer.Tensor("bias"), isTransposed, isLast: true);
    }

    /// <summary>A linear layer along the last axis.</summary>
    /// <param name="layer">The layer that it is, or is part of.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="weight">Its weights, (outputs, inputs), or transposed.</param>
    /// <param name="bias">Its bias, if it has one.</param>
    /// <param name="isTransposed">Whether they are transposed.</param>
    /// <param name="isLast">Whether it is the layer's value.</param>
    public static string Rows(ExportedLayer layer, string input, string weight, string? bias, bool isTransposed = false, bool isLast = false)
    {
        string[] factors = [input, isTransposed ? weight : layer.Part("Transpose", [weight], Attribute("perm", [1, 0]))];
        return (isLast, bias) switch
        {
            (true, null) => layer.Result("MatMul", factors),
            (true, _) => layer.Result("Add", layer.Part("MatMul", factors), bias),
            (false, null) => layer.Part("MatMul", factors),
            _ => layer.Part("Add", layer.Part("MatMul", factors), bias),
        };
    }

    /// <summary>A product of two values, whose heads become an axis of their own for it.</summary>
    private static string MatMul(ExportedLayer layer)
    {
        bool isTransposed = layer.Integer("transpose_b") == 1;
        (string a, string b) = (layer.Inputs[0].Value, layer.Inputs[1].Value);
        if (!layer.Has("heads"))
        {
            int rank = layer.InputShape.Count + 1;
            int[] exchanged = [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2];
            return layer.Result("MatMul", a, isTransposed ? layer.Part("Transpose", [b], Attribute("perm", exchanged)) : b);
        }

        int heads = layer.Integer("heads");
        return isTransposed
            ? layer.Result("MatMul", ExportedAttention.Heads(layer, a, heads, [0, 2, 1, 3]), ExportedAttention.Heads(layer, b, heads, [0, 2, 3, 1]))
            : ExportedAttention.Rows(layer, layer.Part("MatMul", a, ExportedAttention.Heads(layer, b, heads, [0, 2, 1, 3])), layer.OutputShape[1]);
    }

    private static Value Gemm(Call call)
    {
        if (call.Node.Integer("transA", 0) != 0)
        {
            throw call.Node.Unsupported("its first input is transposed");
        }

        bool isTransposed = call.Node.Integer("transB", 0) != 0;
        LayerOutput output = Linear(call, isTransposed, (float)call.Node.Number("alpha", 1));
        if (call.OptionalFloats(2) is { } bias)
        {
            float beta = (float)call.Node.Number("beta", 1);
            float[] perOutput = Channels.Expand(call, bias, output, own: output.Shape.Count - 1);
            call.Layers[output].Add("bias", [perOutput.Length], Array.ConvertAll(perOutput, value => beta * value));
        }

        return output;
    }

    /// <summary>A linear layer, or one axis of an adaptive average pool, or the product of two values.</summary>
    private static Value MatMul(Call call)
    {
        if (call.Input(0) is not Constant && call.Input(1) is not Constant)
        {
            return Attentions.Find(call) ?? new Product(call, call.Input(0), call.Input(1));
        }

        if (call.Input(0) is Constant { Floats: { } rows, Shape: [int outputs, int inputs] }
            && call.Natural(1) is { Shape: [_, int height, int width] } columnsDone
            && inputs == height
            && rows.SequenceEqual(AdaptiveWindows.Rows(inputs, outputs)))
        {
            return call.Layers.Layers.LastOrDefault() is { Kind: "AdaptiveAvgPool2d", InputShape: [_, int lastHeight, _] } last
                && lastHeight == height
                && columnsDone.Layer == call.Layers.Layers.Count - 1
                && call.IsOnlyReader(1)
                ? call.Layers.ReplaceLast(
                    new(call.Node, last.Kind, last.Inputs, [.. CSharp.Sizes([outputs, width])]), columnsDone, [columnsDone.Shape[0], outputs, width])
                : Pools.AdaptivePool(call, "Avg", columnsDone, [outputs, width]);
        }

        LayerOutput source = call.View(0);
        return source is { IsNatural: true, Batch: 0, Shape: [_, .., int length] }
            && call.Floats(1) is { Floats: { } columns, Shape: [int taps, int means] }
            && taps == length
            && source.Shape.Count is 2 or 3
            && columns.SequenceEqual(AdaptiveWindows.Columns(length, means))
            ? Pools.AdaptivePool(call, "Avg", source, [.. source.Shape.Skip(1).SkipLast(1), means])
            : Linear(call, isTransposed: false, scale: 1);
    }

    /// <summary>A product of two values as a layer.</summary>
    /// <exception cref="UnsupportedException">Their shapes do not fit.</exception>
    public static LayerOutput Layer(Product product)
    {
        Call call = product.Call;
        (LayerOutput left, LayerOutput right) = (call.Natural(call.View(0)), call.Natural(call.View(1)));
        return left.Shape is [.., int rows, int inner] && right.Shape is [.., int same, int columns]
            && inner == same
            && left.Shape.SkipLast(2).SequenceEqual(right.Shape.SkipLast(2))
            ? call.Layers.Add(new(call.Node, "MatMul", [left.Layer, right.Layer], []), left, [.. left.Shape.SkipLast(2), rows, columns])
            : throw call.Node.Unsupported(
                $"its inputs are of shapes ({string.Join(", ", left.GraphShape)}) and ({string.Join(", ", right.GraphShape)})");
    }

    private static LayerOutput Linear(Call call, bool isTransposed, float scale)
    {
        LayerOutput source = call.View(0);
        Constant weight = call.Floats(1);
        if (source.Order is null)
        {
            source = call.Natural(source);
        }

        int length = source.Shape[^1];
        if (weight.Shape.Count != 2 || weight.Shape[isTransposed ? 1 : 0] != length)
        {
            throw call.Node.Unsupported(
                $"a product of ({string.Join(", ", source.GraphShape)}) and weights ({string.Join(", ", weight.Shape)}), which is no linear layer");
        }

        (int inputs, int outputs) = (length, weight.Count / length);
        float[] values = new float[weight.Count];
        for (int j = 0; j < outputs; j++)
        {
            for (int i = 0; i < inputs; i++)
            {
                values[(j * inputs) + (source.Order is { } order ? order[i] : i)] =
                    scale * weight.Floats![isTransposed ? (j * inputs) + i : (i * outputs) + j];
            }
        }

        LayerOutput vector = new(source.Layer, source.Shape) { Batch = source.Batch };
        ImportedLayer layer = new(call.Node, "Linear", [source.Layer], [$"{outputs}"]) { TensorName = weight.Name };
        layer.Add("weight", [outputs, inputs], values);
        return call.Layers.Add(layer, vector, [.. source.Shape.SkipLast(1), outputs]);
    }
}
