using LrpGen.Onnx.Import;

namespace LrpGen.Onnx.Layers;

/// <summary>What is known before any input, and so is no layer: constants, and what is computed of shapes.</summary>
internal static class Constants
{
    public static Family Family { get; } = new(
        [],
        new()
        {
            ["Constant"] = Constant,
            ["ConstantOfShape"] = ConstantOfShape,
            ["Shape"] = Shape,
            ["Size"] = call => new Constant("", [], null, [call.ShapeOf(0).Aggregate(1L, (product, size) => product * size)]),
            ["Range"] = Range,
            ["Trilu"] = Trilu,
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

    private static Value ConstantOfShape(Call call)
    {
        Constant value = call.Node.Tensor("value") is { } tensor ? TensorReader.Read(tensor) : new Constant("", [1], [0], null);
        int[] shape = call.Integers(0, "") ?? throw call.Node.Unsupported("it lacks a shape");
        return shape.All(size => size >= 0) && value.Count == 1
            ? value.Pick(shape, Broadcasting.Indices(call, [], shape))
            : throw call.Node.Unsupported($"a tensor of ({string.Join(", ", shape)}) with {value.Count} values");
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

    private static Value Range(Call call)
    {
        Constant[] given = [.. Enumerable.Range(0, 3).Select(call.Number)];
        (double start, double limit, double step) = (given[0][0], given[1][0], given[2][0]);
        double count = Math.Max(0, Math.Ceiling((limit - start) / step));
        if (!double.IsFinite(count))
        {
            throw call.Node.Unsupported($"from {start} to {limit} by {step}");
        }

        call.Layers.CountComputed(call.Node, (long)Math.Min(count, long.MaxValue));
        double[] values = [.. Enumerable.Range(0, (int)count).Select(index => start + (index * step))];
        return Import.Constant.Of([values.Length], values, given.All(number => number.Floats is null));
    }

    /// <summary>A triangle of matrices, and zeros beside it.</summary>
    private static Value Trilu(Call call)
    {
        if (call.Input(0) is not Constant { Shape: [.., int rows, int columns] } matrices)
        {
            throw call.Node.Unsupported("only triangles of constants are supported");
        }

        double diagonal = call.Optional(1) is null ? 0 : call.Number(1)[0];
        bool isUpper = call.Node.Integer("upper", 1) != 0;
        call.Layers.CountComputed(call.Node, matrices.Count);
        double[] values = [.. Enumerable.Range(0, matrices.Count).Select(index => IsKept(index) ? matrices[index] : 0)];
        return Import.Constant.Of(matrices.Shape, values, matrices.Floats is null);

        bool IsKept(int index)
        {
            int offset = (index % columns) - (index / columns % rows);
            return isUpper ? offset >= diagonal : offset <= diagonal;
        }
    }
}
