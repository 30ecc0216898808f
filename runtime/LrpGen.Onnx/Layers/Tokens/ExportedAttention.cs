using LrpGen.Onnx.Export;
using LrpGen.Onnx.Format;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Layers;

/// <summary>Attention in ONNX's operators: products of heads, a scale, a mask, a softmax. Any number of rows goes through.</summary>
internal static class ExportedAttention
{
    /// <summary>What a mask adds to scores, as a number that float16 has, too.</summary>
    private const float Gone = -6e4f;

    private static readonly int[] RowsOfHeads = [0, 2, 1, 3];
    private static readonly int[] ColumnsOfHeads = [0, 2, 3, 1];

    public static Family Family { get; } = new(
        new()
        {
            ["ScaledDotProductAttention"] = layer => Attention(
                layer,
                [.. layer.Inputs.Select(input => input.Value)],
                layer.Integer("heads"),
                layer.Integer("key_value_heads"),
                layer.Number("scale"),
                layer.OutputShape[1],
                isLast: true),
            ["MultiheadAttention"] = Multihead,
            ["RotaryEmbedding"] = Rotary,
        },
        []);

    /// <summary>(T, h·d) as (T, h, d), and then permuted.</summary>
    public static string Heads(ExportedLayer layer, string rows, int heads, int[] permutation)
    {
        string grouped = layer.Part("Reshape", rows, layer.Constant("heads", [0, 0, heads, -1]));
        return layer.Part("Transpose", [grouped], Attribute("perm", permutation));
    }

    /// <summary>The heads of every row side by side, (T, h·d), as the layer's value.</summary>
    public static string Rows(ExportedLayer layer, string heads, int features, bool isLast = true)
    {
        string[] read = [layer.Part("Transpose", [heads], Attribute("perm", RowsOfHeads)), layer.Constant("rows", [0, 0, features])];
        return isLast ? layer.Result("Reshape", read) : layer.Part("Reshape", read);
    }

    /// <param name="layer">The layer.</param>
    /// <param name="inputs">Queries, keys and values.</param>
    /// <param name="heads">Of queries.</param>
    /// <param name="shared">Heads of keys and values.</param>
    /// <param name="scale">c.</param>
    /// <param name="features">Of the result.</param>
    /// <param name="isLast">Whether it is the layer's value.</param>
    private static string Attention(
        ExportedLayer layer, IReadOnlyList<string> inputs, int heads, int shared, double scale, int features, bool isLast)
    {
        IEnumerable<int> repeats = Enumerable.Range(0, heads).Select(head => head / (heads / shared));
        string queries = Heads(layer, inputs[0], heads, RowsOfHeads);
        string keys = Repeated(Heads(layer, inputs[1], shared, ColumnsOfHeads));
        string values = Repeated(Heads(layer, inputs[2], shared, RowsOfHeads));
        string scores = layer.Part("Mul", layer.Part("MatMul", queries, keys), layer.Scalar(scale));
        if (layer.Integer("causal") == 1)
        {
            scores = layer.Part("Add", scores, Mask(layer));
        }

        string weights = layer.Part("Softmax", [scores], Attribute("axis", -1));
        return Rows(layer, layer.Part("MatMul", weights, values), features, isLast);

        string Repeated(string given) => shared == heads
            ? given
            : layer.Part("Gather", [given, layer.Constant("repeats", repeats)], Attribute("axis", 1));
    }

    /// <summary>For every query and key 0, or a low number where the key's position is behind the query's.</summary>
    private static string Mask(ExportedLayer layer)
    {
        string sizes = layer.Part("Concat", [layer.SizeOf(1), layer.SizeOf(1, layer.Inputs.Count == 1 ? 0 : 1)], Attribute("axis", 0));
        TensorProto gone = new() { Dims = { 1 }, DataType = (int)ElementType.Float, FloatData = { Gone } };
        string all = layer.Part("ConstantOfShape", [sizes], Attribute("value", gone));
        return layer.Part("Trilu", [all, layer.Index(1)], Attribute("upper", 1));
    }

    /// <summary>The weights of queries, keys and values are slices of one tensor; where all are of the same rows, it is one product.</summary>
    private static string Multihead(ExportedLayer layer)
    {
        int features = layer.InputShape[1];
        string weight = layer.Tensor("in_proj_weight")!;
        string? bias = layer.Tensor("in_proj_bias");
        string[] projected = layer.Inputs.Count == 1
            ? Thirds(Linears.Rows(layer, layer.Input, weight, bias), 2, "projections")
            : [.. Thirds(weight, 0, "weights").Zip(bias is null ? new string?[3] : Thirds(bias, 0, "biases"), (w, b) => (w, b))
                .Select((part, index) => Linears.Rows(layer, layer.Inputs[index == 0 ? 0 : 1].Value, part.w, part.b))];
        int heads = layer.Integer("num_heads");
        string rows = Attention(layer, projected, heads, heads, 1 / Math.Sqrt(features / heads), features, isLast: false);
        return Linears.Rows(layer, rows, layer.Tensor("out_proj.weight")!, layer.Tensor("out_proj.bias"), isLast: true);

        string[] Thirds(string of, int axis, string name) =>
        [
            .. Enumerable.Range(0, 3).Select(part => layer.Part(
                "Slice",
                of,
                layer.Constant($"{name}/first", [part * features]),
                layer.Constant($"{name}/end", [(part + 1) * features]),
                layer.Constant($"{name}/axis", [axis]))),
        ];
    }

    /// <summary>The halves of each head turned: y₁ = x₁ cos − x₂ sin, y₂ = x₂ cos + x₁ sin, with an angle for each position and pair.</summary>
    private static string Rotary(ExportedLayer layer)
    {
        (int rows, int features) = (layer.InputShape[0], layer.InputShape[1]);
        int heads = layer.Integer("heads");
        int half = features / heads / 2;
        double[] angles =
        [
            .. Enumerable.Range(0, rows * half).Select(index => index / half * Math.Pow(layer.Number("base"), -(double)(index % half) / half)),
        ];
        string grouped = layer.Part("Reshape", layer.Input, layer.Constant("halves", [0, 0, heads, 2 * half]));
        (string first, string second) = (Half(0), Half(1));
        (string cos, string sin) = (Table("cos", Math.Cos), Table("sin", Math.Sin));
        string one = layer.Part("Sub", layer.Part("Mul", first, cos), layer.Part("Mul", second, sin));
        string other = layer.Part("Add", layer.Part("Mul", second, cos), layer.Part("Mul", first, sin));
        return layer.Result("Reshape", layer.Part("Concat", [one, other], Attribute("axis", 3)), layer.Constant("rows", [0, 0, features]));

        string Half(int part) => layer.Part(
            "Slice", grouped, layer.Constant("first", [part * half]), layer.Constant("end", [(part + 1) * half]), layer.Constant("axis", [3]));

        string Table(string name, Func<double, double> function)
        {
            string table = layer.Constant(name, [rows, 1, half], [.. angles.Select(angle => (float)function(angle))]);
            return layer.IsVariable
                ? layer.Part("Slice", table, layer.Constant("first", [0]), layer.SizeOf(1), layer.Constant("axis", [0]))
                : table;
        }
    }
}
