using LrpGen.Onnx.Export;
using LrpGen.Onnx.Import;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Layers;

/// <summary>
/// The same elements with other sizes, in the order in which the graph sees them, or with the axes in another order, which only changes how the
/// graph sees them.
/// </summary>
internal static class Shapes
{
    public static Family Family { get; } = new(
        new()
        {
            ["Flatten"] = Reshape,
            ["Reshape"] = Reshape,
            ["Permute"] = Permute,
            ["Transpose"] = Permute,
        },
        new()
        {
            ["Flatten"] = Flatten,
            ["Reshape"] = Reshape,
            ["Squeeze"] = Squeeze,
            ["Unsqueeze"] = Unsqueeze,
            ["Transpose"] = Transpose,
        });

    private static string Reshape(ExportedLayer layer)
    {
        int[] shape = layer.Integers("shape");
        return shape.Length == 1
            ? layer.Whole("Flatten", Attribute("axis", 1))
            : layer.Result("Reshape", layer.Input, layer.Constant("shape", [-1, .. shape]));
    }

    private static string Permute(ExportedLayer layer) =>
        layer.Whole("Transpose", Attribute("perm", [0, .. layer.Integers("dims").Select(dim => dim + 1)]));

    private static Value Reshape(Call call)
    {
        int[] sizes = call.Integers(1, "shape") ?? throw call.Node.Unsupported("it lacks a shape");
        IReadOnlyList<int> shape = call.ShapeOf(0);
        bool copies = call.Node.Integer("allowzero", 0) == 0;
        long[] target = [.. sizes.Select((size, axis) => size == 0 && copies && axis < shape.Count ? shape[axis] : (long)size)];
        long count = shape.Aggregate(1L, (product, size) => product * size);
        Int128 rest = target.Where(size => size != -1).Aggregate((Int128)1, (product, size) => product * size);
        if (target.Count(size => size == -1) > 1 || rest <= 0 || count % rest != 0 || (!target.Contains(-1) && rest != count))
        {
            throw call.Node.Unsupported($"({string.Join(", ", shape)}) does not fit ({string.Join(", ", sizes)})");
        }

        int[] result = [.. target.Select(size => (int)(size == -1 ? count / rest : size))];
        return call.Input(0) is Constant constant ? constant.Reshape(result)
            : result.SequenceEqual(shape) ? call.View(0)
            : Reshape(call, call.View(0), result, BatchOf(call.View(0), result));
    }

    /// <summary>Which of the graph's sizes is the batch's: the same as before where nothing changes up to it, or the first that is 1.</summary>
    private static int? BatchOf(LayerOutput source, int[] sizes) =>
        source.Batch is int before && before < sizes.Length && sizes.Take(before + 1).SequenceEqual(source.GraphShape.Take(before + 1)) ? before
        : sizes.Length >= 2 && sizes.IndexOf(1) is >= 0 and var first ? first
        : null;

    /// <summary>The same elements with the sizes that the graph sees, of which one may be the batch's.</summary>
    public static LayerOutput Reshape(Call call, LayerOutput source, int[] sizes, int? batch)
    {
        int[] shape = [.. sizes.Where((_, axis) => axis != batch)];
        if (source.IsNatural && source.Shape.SequenceEqual(shape))
        {
            return source.Batch is null && batch is null ? source : source.WithBatch(batch);
        }

        if (source.IsNatural && source.Layer >= 0 && call.Layers[source] is { Kind: "Reshape", InputShape: { } before } inner
            && before.SequenceEqual(shape))
        {
            return new(inner.Inputs[0], shape) { Batch = batch };
        }

        return Reshape(call, source, shape).WithBatch(batch);
    }

    /// <summary>The same elements, in the order in which the graph sees them, with other sizes.</summary>
    public static LayerOutput Reshape(Call call, LayerOutput source, int[] shape)
    {
        if (shape.Length == 0)
        {
            throw call.Node.Unsupported("it leaves no axis but the batch");
        }

        if (shape.Length == 1)
        {
            return Flatten(call, source);
        }

        if ((Resampling.Shuffled(call, source, shape) ?? Normalizations.Grouped(call, source, shape)) is { } found)
        {
            return found;
        }

        LayerOutput natural = call.Natural(source);
        return natural.Shape.SequenceEqual(shape) ? natural : call.Layers.Add(
            new ImportedLayer(call.Node, "Reshape", [natural.Layer], [.. shape.Select(size => $"{size}")]) { InputShape = natural.Shape },
            new LayerOutput(natural.Layer, shape),
            shape);
    }

    private static Value Unsqueeze(Call call)
    {
        IReadOnlyList<int> shape = call.ShapeOf(0);
        int[] axes = call.Integers(1, "axes") ?? [];
        int rank = shape.Count + axes.Length;
        int[] added = [.. axes.Select(axis => call.Axis(axis, rank)).Distinct()];
        Queue<int> sizes = new(shape);
        int[] result = added.Length == axes.Length
            ? [.. Enumerable.Range(0, rank).Select(axis => added.Contains(axis) ? 1 : sizes.Dequeue())]
            : throw call.Node.Unsupported("it adds an axis twice");
        return call.Input(0) is Constant constant ? constant.Reshape(result)
            : added.Contains(0) ? throw call.Node.Unsupported("it adds an axis before the batch")
            : Reshape(call, call.Layer(0), [.. result.Skip(1)]);
    }

    private static Value Squeeze(Call call)
    {
        int[]? axes = call.Integers(1, "axes");
        if (call.Input(0) is Constant constant)
        {
            int[] dropped = [.. (axes ?? []).Select(axis => call.Axis(axis, constant.Shape.Count))];
            return constant.Reshape([.. constant.Shape.Where((size, axis) => axes is null ? size != 1 : !dropped.Contains(axis))]);
        }

        LayerOutput source = call.View(0);
        int[] own = call.OwnAxes(source, axes ?? throw call.Node.Unsupported("it drops all axes of size 1, and so the batch of one sample"));
        if (own.Any(axis => source.Shape[axis] != 1))
        {
            throw call.Node.Unsupported($"it drops axes that are not of size 1 from ({string.Join(", ", source.GraphShape)})");
        }

        int[] kept = [.. Enumerable.Range(0, source.Rank).Where(axis => source.OwnAxis(axis) is not int given || !own.Contains(given))];
        int[] sizes = [.. kept.Select(axis => source.GraphShape[axis])];
        return Reshape(call, source, sizes, source.Batch is int batch ? kept.IndexOf(batch) : null);
    }

    private static Value Flatten(Call call)
    {
        LayerOutput source = call.Layer(0);
        long axis = call.Node.Integer("axis", 1);
        return (axis < 0 ? axis + source.Axes.Count + 1 : axis) == 1
            ? Flatten(call, source)
            : throw call.Node.Unsupported("only flattening all axes but the batch is supported");
    }

    /// <summary>A vector of all elements, in the order in which the graph sees them.</summary>
    public static LayerOutput Flatten(Call call, LayerOutput source)
    {
        if (source.Shape.Count == 1)
        {
            return source;
        }

        int size = checked(source.Shape.Aggregate(1, (product, length) => product * length));
        LayerOutput vector = call.Layers.Add(call.Node, "Flatten", new LayerOutput(source.Layer, size), [size]);
        int[] moved = [.. source.Axes.Where(axis => source.Shape[axis] > 1)];
        return moved.SequenceEqual(moved.Order())
            ? vector
            : new LayerOutput(vector.Layer, [size], [0], new Flattening(source.Shape, source.Axes));
    }

    private static Value Transpose(Call call)
    {
        Value input = call.Input(0);
        if (input is Constant constant)
        {
            return Transpose(constant, Permutation(call, constant.Shape.Count));
        }

        if (input is Padded padded)
        {
            return new Padded(padded.Node, Transpose(call, padded.Source), padded.Padding);
        }

        return Transpose(call, call.View(0));
    }

    private static LayerOutput Transpose(Call call, LayerOutput source)
    {
        int[] permutation = Permutation(call, source.Rank);
        return new(source.Layer, source.Shape, [.. permutation.Select(source.OwnAxis).OfType<int>()], source.Flattening)
        {
            Batch = source.Batch is int batch ? permutation.IndexOf(batch) : null,
        };
    }

    private static int[] Permutation(Call call, int rank)
    {
        int[] permutation = call.Node.Integers("perm") ?? [.. Enumerable.Range(0, rank).Reverse()];
        return permutation.Order().SequenceEqual(Enumerable.Range(0, rank))
            ? permutation
            : throw call.Node.Unsupported($"({string.Join(", ", permutation)}) is no order of {rank} axes");
    }

    private static Constant Transpose(Constant source, int[] permutation) =>
        source.Pick([.. permutation.Select(axis => source.Shape[axis])], Flattening.OrderOf(source.Shape, permutation));
}
