using LrpGen.Onnx.Export;
using LrpGen.Onnx.Import;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Layers;

/// <summary>Means, largest values and norms along axes.</summary>
internal static class Reductions
{
    public static Family Family { get; } = new(
        new()
        {
            ["Mean"] = layer => Reduce(layer, "ReduceMean"),
            ["Max"] = layer => Reduce(layer, "ReduceMax"),
        },
        new()
        {
            ["ReduceMean"] = Reduce,
            ["ReduceMax"] = Reduce,
            ["ReduceL2"] = Reduce,
            ["Expand"] = Expand,
        });

    private static string Reduce(ExportedLayer layer, string op) =>
        layer.Result(op, [layer.Input], Attribute("axes", [layer.Axis("dim")]), Attribute("keepdims", 0));

    private static Value Reduce(Call call)
    {
        Value source = call.Input(0) is Constant ? throw call.Node.Unsupported("its input does not depend on the network's") : call.Input(0);
        int rank = call.Rank(source);
        int[] given = call.Integers(1, "axes") ?? [];
        if (given.Length == 0 && call.Node.Integer("noop_with_empty_axes", 0) == 1)
        {
            return source;
        }

        int[] axes = [.. (given.Length == 0 ? [.. Enumerable.Range(0, rank)] : given).Select(axis => call.Axis(axis, rank)).Distinct().Order()];
        if (axes[0] == 0)
        {
            throw call.Node.Unsupported("it works across the samples of a batch");
        }

        return call.Node.Integer("keepdims", 1) == 1 ? new Reduced(call, source, axes) : Layer(call, call.Layers.LayerOf(source), axes, keeps: false);
    }

    /// <summary>A constant repeated along axes, or a norm in the shape of what it divides, which the division does by itself.</summary>
    private static Value Expand(Call call)
    {
        if (call.Input(0) is Constant constant)
        {
            int[] given = call.Integers(1, "") ?? throw call.Node.Unsupported("it lacks a shape");
            int[] shape = Broadcasting.Together(call, constant.Shape, given);
            return constant.Pick(shape, Broadcasting.Indices(call, constant.Shape, shape));
        }

        return IsNorm(call.Input(0)) ? call.Input(0) : throw call.Node.Unsupported("no layer repeats its input");
    }

    /// <exception cref="UnsupportedException">No layer computes it.</exception>
    public static LayerOutput Layer(Reduced reduced) =>
        Layer(reduced.Call, reduced.Call.Layers.LayerOf(reduced.Source), reduced.Axes, keeps: true);

    private static LayerOutput Layer(Call call, LayerOutput source, int[] axes, bool keeps)
    {
        string kind = call.Node.Operator switch
        {
            "ReduceMean" => "Avg",
            "ReduceMax" => "Max",
            _ => throw call.Node.Unsupported("a norm is supported only where the input is divided by it"),
        };
        int[] own = call.OwnAxes(source, axes);
        int rank = source.Shape.Count;
        bool isWhole = own.Length == rank - 1 && !own.Contains(0);
        if (rank is 2 or 3 && !own.Contains(0) && (isWhole ? keeps || rank == 3 || kind == "Avg" : keeps && kind == "Avg"))
        {
            LayerOutput pooled = Pools.AdaptivePool(
                call, kind, source, [.. source.Shape.Index().Skip(1).Select(axis => own.Contains(axis.Index) ? 1 : axis.Item)]);
            return keeps ? pooled : Shapes.Flatten(call, pooled);
        }

        if (axes.Length == rank)
        {
            throw call.Node.Unsupported("it reduces all axes to one number");
        }

        // Each axis that goes renumbers those after it.
        LayerOutput natural = call.Natural(source);
        LayerOutput reduced = natural;
        foreach (int dim in axes.Select(axis => axis - 1).Reverse())
        {
            int[] shape = [.. reduced.Shape.Where((_, axis) => axis != dim)];
            reduced = call.Layers.Add(
                call.Node, kind == "Avg" ? "Mean" : "Max", new LayerOutput(reduced.Layer, shape), shape, dim == 0 ? [] : [$"Dim = {dim}"]);
        }

        return keeps
            ? Shapes.Reshape(call, reduced, [.. natural.Shape.Select((size, axis) => axes.Contains(axis + 1) ? 1 : size)])
            : reduced;
    }

    private static bool IsNorm(Value value) => value switch
    {
        Reduced reduced => reduced.Call.Node.Operator == "ReduceL2",
        Elementwise { Layer: null } function => function.Parts.Where(part => part is not Scalar and not Elementwise) is var leaves
            && leaves.Any() && leaves.All(IsNorm),
        _ => false,
    };
}
