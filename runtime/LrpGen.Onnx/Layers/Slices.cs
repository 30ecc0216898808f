using LrpGen.Onnx.Export;
using LrpGen.Onnx.Import;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Layers;

/// <summary>Parts along an axis, and parts put side by side.</summary>
internal static class Slices
{
    public static Family Family { get; } = new(
        new()
        {
            ["Select"] = layer => layer.Result("Gather", [layer.Input, layer.Index(layer.Integer("index"))], Attribute("axis", layer.Axis("dim"))),
            ["Narrow"] = Narrow,
            ["Concat"] = layer => layer.Whole("Concat", Attribute("axis", layer.Has("dim") ? layer.Axis("dim") : 1)),
        },
        new()
        {
            ["Gather"] = Gather,
            ["Slice"] = Slice,
            ["Split"] = Split,
            ["Concat"] = Concat,
        });

    private static string Narrow(ExportedLayer layer)
    {
        int start = layer.Integer("start");
        return layer.Result(
            "Slice",
            layer.Input,
            layer.Constant("starts", [start]),
            layer.Constant("ends", [start + layer.Integer("length")]),
            layer.Constant("axes", [layer.Axis("dim")]));
    }

    private static Value Gather(Call call)
    {
        if (call.Input(0) is not Constant)
        {
            return Select(call);
        }

        if (call.Input(0) is not Constant { Integers: not null, Shape.Count: 1 } source || call.Node.Integer("axis", 0) != 0)
        {
            throw call.Node.Unsupported("it takes part of a tensor");
        }

        int[] indices = call.Integers(1, "indices") ?? [];
        Constants.CheckCount(call, indices.Length);
        IReadOnlyList<int> shape = call.Input(1) is Constant index ? index.Shape : [];
        return new Constant("", shape, null, Array.ConvertAll(indices, i => source.Integers![call.Axis(i, source.Count)]));
    }

    /// <summary>Rows of a tensor of integers, such as the sizes of an image from a shape, or padding in reverse order.</summary>
    private static Value Slice(Call call)
    {
        if (call.Input(0) is not Constant)
        {
            return Narrow(call);
        }

        if (call.Input(0) is not Constant { Integers: { } integers, Shape: [int rows, ..] } source || Single(3, "axes", 0) != 0)
        {
            throw call.Node.Unsupported("it takes part of a tensor");
        }

        int step = Single(4, "steps", 1);
        int[] taken =
        [
            .. Enumerable.Range(0, rows).Where(row => step > 0
                ? row >= From(Single(1, "starts", 0)) && row < From(Single(2, "ends", rows))
                : row <= From(Single(1, "starts", 0)) && row > From(Single(2, "ends", 0))),
        ];
        if (Math.Abs(step) != 1)
        {
            throw call.Node.Unsupported($"it takes every {step}th row");
        }

        int length = source.Count / Math.Max(rows, 1);
        return new Constant(
            "",
            [taken.Length, .. source.Shape.Skip(1)],
            null,
            [.. (step > 0 ? taken : taken.Reverse()).SelectMany(row => integers.Skip(row * length).Take(length))]);

        long From(int index) => index < 0 ? (long)index + rows : index;

        int Single(int index, string attribute, int otherwise) => call.Integers(index, attribute) switch
        {
            null => otherwise,
            [int value] => value,
            _ => throw call.Node.Unsupported("it slices several axes"),
        };
    }

    /// <summary>One of the parts that an axis is cut into.</summary>
    private static Value Split(Call call)
    {
        LayerOutput source = call.Natural(0);
        int dim = OwnAxis(call, source, call.Node.Integer("axis", 0));
        int size = source.Shape[dim];
        int parts = call.Node.Outputs.Count;
        int even = (size + parts - 1) / parts;
        int[] lengths = call.Integers(1, "split") ?? [.. Enumerable.Range(0, parts).Select(part => Math.Min(even, size - (part * even)))];
        if (lengths.Length != parts || lengths.Any(length => length < 1) || lengths.Sum(length => (long)length) != size)
        {
            throw call.Node.Unsupported($"parts of ({string.Join(", ", lengths)}) do not fit an axis of {size}");
        }

        return Narrow(call, source, dim, lengths.Take(call.Output).Sum(), lengths[call.Output]);
    }

    private static Value Concat(Call call)
    {
        Value[] inputs = [.. call.Inputs.OfType<Value>()];
        if (inputs.All(input => input is Constant { Integers: not null, Shape.Count: 1 }))
        {
            Constants.CheckCount(call, inputs.Cast<Constant>().Sum(input => (long)input.Count));
            return Constant.Of([.. inputs.Cast<Constant>().SelectMany(input => input.Integers!)]);
        }

        LayerOutput[] sources = [.. Enumerable.Range(0, inputs.Length).Select(call.Layer)];
        if (!sources.All(source => source.HasViewOf(sources[0])))
        {
            sources = Array.ConvertAll(sources, call.Natural);
        }

        LayerOutput first = sources[0];
        int axis = call.OwnAxes(first, [(int)Math.Clamp(call.Node.Integer("axis", 1), int.MinValue, int.MaxValue)])[0];
        if (!sources.All(source => source.Order is null && WithoutAxis(source).SequenceEqual(WithoutAxis(first))))
        {
            throw call.Node.Unsupported("only outputs of one size can be put side by side");
        }

        int size = checked(sources.Sum(source => source.Shape[axis]));
        return sources.Length == 1 ? first : call.Layers.Add(
            new ImportedLayer(call.Node, "Concat", [.. sources.Select(source => source.Layer)], axis == 0 ? [] : [$"Dim = {axis}"]),
            first,
            [.. first.Shape.Select((given, own) => own == axis ? size : given)]);

        IEnumerable<int> WithoutAxis(LayerOutput source) => source.Shape.Where((_, own) => own != axis);
    }

    /// <summary>One position along an axis, which is gone then; or one that stays, if the index is a list of one.</summary>
    private static LayerOutput Select(Call call)
    {
        LayerOutput source = call.Natural(0);
        int dim = OwnAxis(call, source, call.Node.Integer("axis", 0));
        if (call.Input(1) is not Constant { Integers: [_], Shape.Count: < 2 } index || (index.Shape.Count == 0 && source.Shape.Count < 2))
        {
            throw call.Node.Unsupported("it takes several positions, or ones that are not known");
        }

        int position = call.Axis(index.Integers![0], source.Shape[dim]);
        if (index.Shape.Count == 1)
        {
            return Narrow(call, source, dim, position, length: 1);
        }

        int[] shape = [.. source.Shape.Where((_, own) => own != dim)];
        return call.Layers.Add(call.Node, "Select", new LayerOutput(source.Layer, shape), shape, [$"{position}", .. Dim(dim)]);
    }

    /// <summary>Neighbouring positions along axes.</summary>
    private static LayerOutput Narrow(Call call)
    {
        LayerOutput source = call.Natural(0);
        int[] starts = call.Integers(1, "starts") ?? throw call.Node.Unsupported("it lacks its starts");
        int[] ends = call.Integers(2, "ends") ?? throw call.Node.Unsupported("it lacks its ends");
        int[] axes = call.Integers(3, "axes") ?? [.. Enumerable.Range(0, starts.Length)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || (call.Integers(4, "steps") ?? []).Any(step => step != 1))
        {
            throw call.Node.Unsupported("it leaves positions out");
        }

        foreach ((int index, int axis) in axes.Index())
        {
            int dim = OwnAxis(call, source, axis);
            int size = source.Shape[dim];
            int start = Bound(starts[index], size);
            int length = Bound(ends[index], size) - start;
            if (length < 1)
            {
                throw call.Node.Unsupported("it leaves nothing");
            }

            source = Narrow(call, source, dim, start, length);
        }

        return source;

        static int Bound(int position, int size) => (int)Math.Clamp(position < 0 ? (long)position + size : position, 0, size);
    }

    private static LayerOutput Narrow(Call call, LayerOutput source, int dim, int start, int length) => length == source.Shape[dim]
        ? source
        : call.Layers.Add(
            call.Node,
            "Narrow",
            source,
            [.. source.Shape.Select((given, own) => own == dim ? length : given)],
            [$"{start}", $"{length}", .. Dim(dim)]);

    private static string[] Dim(int dim) => dim == 0 ? [] : [$"Dim = {dim}"];

    private static int OwnAxis(Call call, LayerOutput source, long axis) =>
        call.OwnAxes(source, [(int)Math.Clamp(axis, int.MinValue, int.MaxValue)])[0];
}
