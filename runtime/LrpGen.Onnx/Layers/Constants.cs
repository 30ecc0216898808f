using LrpGen.Onnx.Import;

namespace LrpGen.Onnx.Layers;

/// <summary>What is known before any input, and so is no layer: constants, and shapes.</summary>
internal static class Constants
{
    /// <summary>
    /// Integers that are computed from shapes: more than any shape or padding has, but not what a few nodes can make of a few numbers.
    /// </summary>
    private const int MostComputed = 1024;

    public static Family Family { get; } = new(
        [],
        new()
        {
            ["Constant"] = Constant,
            ["ConstantOfShape"] = ConstantOfShape,
            ["Shape"] = Shape,
        });

    private static Value Constant(Call call)
    {
        Node node = call.Node;
        return node.Tensor("value") is { } tensor ? TensorReader.Read(tensor)
            : node.Has("value_float") ? new Constant("", [], [(float)node.Number("value_float", 0)], null)
            : node.Has("value_int") ? new Constant("", [], null, [node.Integer("value_int", 0)])
            : node.Integers("value_ints") is { } integers ? Import.Constant.Of(Array.ConvertAll(integers, value => (long)value))
            : throw node.Unsupported("its value is of a kind that is not read");
    }

    /// <summary>A short vector of one number, as the zeros that make padding complete.</summary>
    private static Value ConstantOfShape(Call call)
    {
        Constant value = call.Node.Tensor("value") is { } tensor ? TensorReader.Read(tensor) : new Constant("", [1], [0], null);
        return call.Integers(0, "") is [int length and >= 0 and <= MostComputed] && value.Count == 1
            ? new Constant(
                "",
                [length],
                value.Floats is { } floats ? [.. Enumerable.Repeat(floats[0], length)] : null,
                value.Integers is { } integers ? [.. Enumerable.Repeat(integers[0], length)] : null)
            : throw call.Node.Unsupported("only short vectors are supported");
    }

    private static Value Shape(Call call)
    {
        IReadOnlyList<int> shape = call.ShapeOf(0);
        int start = Bound("start", 0);
        int end = Bound("end", shape.Count);
        return Import.Constant.Of([.. shape.Take(end).Skip(start).Select(size => (long)size)]);

        int Bound(string attribute, int otherwise)
        {
            long axis = call.Node.Integer(attribute, otherwise);
            return (int)Math.Clamp(axis < 0 ? axis + shape.Count : axis, 0, shape.Count);
        }
    }

    /// <summary>Refuses to compute that many integers.</summary>
    /// <exception cref="UnsupportedException">They are too many.</exception>
    public static void CheckCount(Call call, long count)
    {
        if (count > MostComputed)
        {
            throw call.Node.Unsupported($"it computes {count} integers; at most {MostComputed} are supported");
        }
    }
}
