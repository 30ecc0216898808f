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
            ["Select"] = Select,
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

    private static string Select(ExportedLayer layer)
    {
        (int axis, int index) = (layer.Axis("dim"), layer.Integer("index"));

        // Of positions of which calls choose the number, the first and the last are known.
        bool isLast = layer.IsVariable && axis == 1 && index > 0 && index == layer.InputShape[0] - 1;
        return layer.Result("Gather", [layer.Input, layer.Index(isLast ? -1 : index)], Attribute("axis", axis));
    }

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
        if (call.Input(1) is TokenIds ids)
        {
            return Embeddings.OfTokens(call, ids);
        }

        if (call.Input(0) is not Constant source)
        {
            return Select(call);
        }

        int[] indices = call.Integers(1, "indices") ?? [];
        int axis = call.Axis(call.Node.Integer("axis", 0), source.Shape.Count);
        int size = source.Shape[axis];
        indices = Array.ConvertAll(indices, index => index >= -size && index < size
            ? (index + size) % size
            : throw call.Node.Unsupported($"it looks up position {index} of {size}"));
        Constant taken = Take(call, source, axis, indices, ((Constant)call.Input(1)).Shape);
        return axis == 0 && source is { Floats: not null, Shape.Count: 2 } ? Embeddings.OfRows(taken, source, indices) : taken;
    }

    /// <summary>Positions along an axis of a constant, in the place of which come others.</summary>
    private static Constant Take(Call call, Constant source, int axis, int[] positions, IReadOnlyList<int> shape)
    {
        int inner = source.Shape.Skip(axis + 1).Aggregate(1, (product, size) => product * size);
        int outer = source.Shape.Take(axis).Aggregate(1, (product, size) => product * size);
        int size = source.Shape[axis];
        call.Layers.CountComputed(call.Node, (long)Int128.Min((Int128)outer * positions.Length * inner, long.MaxValue));
        return source.Pick(
            [.. source.Shape.Take(axis), .. shape, .. source.Shape.Skip(axis + 1)],
            [
                .. Enumerable.Range(0, outer).SelectMany(block => positions.SelectMany(
                    position => Enumerable.Range(((block * size) + position) * inner, inner))),
            ]);
    }

    /// <summary>Part of a constant, such as the sizes of an image of a shape, padding in reverse order, or a mask of the longest input.</summary>
    private static Value Slice(Call call)
    {
        if (call.Input(0) is not Constant source)
        {
            return Narrow(call);
        }

        int[] starts = call.Integers(1, "starts") ?? throw call.Node.Unsupported("it lacks its starts");
        int[] ends = call.Integers(2, "ends") ?? throw call.Node.Unsupported("it lacks its ends");
        int[] axes = call.Integers(3, "axes") ?? [.. Enumerable.Range(0, starts.Length)];
        int[] steps = call.Integers(4, "steps") ?? [.. Enumerable.Repeat(1, starts.Length)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
        {
            throw call.Node.Unsupported("its starts, ends, axes and steps are not as many");
        }

        if (steps.Contains(0))
        {
            throw call.Node.Unsupported("it has a step of 0");
        }

        for (int k = 0; k < axes.Length; k++)
        {
            int axis = call.Axis(axes[k], source.Shape.Count);
            int size = source.Shape[axis];
            (int first, int end) = (From(starts[k], size), From(ends[k], size));
            int step = steps[k];
            int[] taken = step > 0
                ? [.. Enumerable.Range(0, size).Where(
                    position => position >= first && position < end && (position - Math.Max(first, 0L)) % step == 0)]
                : [.. Enumerable.Range(0, size).Reverse().Where(
                    position => position <= first && position > end && (Math.Min(first, size - 1L) - position) % step == 0)];
            Constant part = Take(call, source, axis, taken, [taken.Length]);
            source = axis > 0 || source is not { Floats: not null, Name.Length: > 0 } ? part

                // Rows of an embedding, or the first ones of a parameter.
                : source.Name.EndsWith(".weight", StringComparison.Ordinal) && source.Shape.Count == 2 ? Embeddings.OfRows(part, source, taken)
                : taken.SequenceEqual(Enumerable.Range(0, taken.Length)) ? part.Named(source.Name)
                : part;
        }

        return source;

        static int From(int index, int size) => index < 0 ? (int)Math.Max((long)index + size, -1) : index;
    }

    /// <summary>One of the parts that an axis is cut into.</summary>
    private static Value Split(Call call)
    {
        LayerOutput source = call.Natural(call.View(0));
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
        if (inputs.All(input => input is Constant))
        {
            return Concat(call, [.. inputs.Cast<Constant>()]);
        }

        if (inputs is [Constant token, not Constant])
        {
            return Embeddings.ClassToken(call, token);
        }

        LayerOutput[] sources = [.. Enumerable.Range(0, inputs.Length).Select(call.View)];
        if (!sources.All(source => source.HasViewOf(sources[0])))
        {
            sources = Array.ConvertAll(sources, call.Natural);
        }

        return Concat(call, sources, OwnAxis(call, sources[0], call.Node.Integer("axis", 1)));
    }

    /// <summary>Outputs side by side along a layer's axis.</summary>
    public static LayerOutput Concat(Call call, LayerOutput[] sources, int axis)
    {
        LayerOutput first = sources[0];
        if (!sources.All(source => source.Order is null && source.Batch == first.Batch && WithoutAxis(source).SequenceEqual(WithoutAxis(first))))
        {
            throw call.Node.Unsupported("only outputs of one size can be put side by side");
        }

        int size = checked(sources.Sum(source => source.Shape[axis]));
        if (sources.Length == 1)
        {
            return first;
        }

        LayerOutput joined = call.Layers.Add(
            new ImportedLayer(call.Node, "Concat", [.. sources.Select(source => source.Layer)], Dim(axis)),
            first,
            [.. first.Shape.Select((given, own) => own == axis ? size : given)]);
        return new(joined.Layer, joined.Shape, joined.Axes) { Batch = joined.Batch, Parts = (axis, sources) };

        IEnumerable<int> WithoutAxis(LayerOutput source) => source.Shape.Where((_, own) => own != axis);
    }

    private static Constant Concat(Call call, Constant[] parts)
    {
        IReadOnlyList<int> first = parts[0].Shape;
        int axis = call.Axis(call.Node.Integer("axis", 0), first.Count);
        bool isInteger = parts[0].Floats is null;
        if (!parts.All(part => part.Shape.Count == first.Count && part.Floats is null == isInteger
            && WithoutAxis(part).SequenceEqual(WithoutAxis(parts[0]))))
        {
            throw call.Node.Unsupported("only tensors of one size can be put side by side");
        }

        call.Layers.CountComputed(call.Node, parts.Sum(part => (long)part.Count));

        // Of no elements, there is nothing to take apart.
        int outer = Math.Max(1, first.Take(axis).Aggregate(1, (product, size) => product * size));
        double[] values =
        [
            .. Enumerable.Range(0, outer).SelectMany(block => parts.SelectMany(
                part => Enumerable.Range(block * (part.Count / outer), part.Count / outer).Select(index => part[index]))),
        ];
        return Constant.Of([.. first.Select((size, own) => own == axis ? parts.Sum(part => part.Shape[axis]) : size)], values, isInteger);

        IEnumerable<int> WithoutAxis(Constant part) => part.Shape.Where((_, own) => own != axis);
    }

    /// <summary>One position along an axis, which is gone then; or one that stays, if the index is a list of one.</summary>
    private static Value Select(Call call)
    {
        if (Attentions.Shared(call) is { } shared)
        {
            return shared;
        }

        LayerOutput source = call.Natural(call.View(0));
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

        return Select(call, source, dim, position, isLast: index.Integers[0] == -1 && call.HasTokens);
    }

    /// <summary>One position along an axis, which is gone then.</summary>
    /// <param name="call">The node.</param>
    /// <param name="source">What it reads, with the graph's axes.</param>
    /// <param name="dim">The layer's axis.</param>
    /// <param name="position">Which.</param>
    /// <param name="isLast">Whether it is the last of any number of tokens, and so not the one of that position.</param>
    public static LayerOutput Select(Call call, LayerOutput source, int dim, int position, bool isLast)
    {
        int? batch = source.Batch > dim ? source.Batch - 1 : source.Batch;
        int[] shape = [.. source.Shape.Where((_, own) => own != dim)];
        if (source.Parts is var (axis, parts) && axis == dim)
        {
            int part = 0;
            for (; position >= parts[part].Shape[dim]; part++)
            {
                position -= parts[part].Shape[dim];
            }

            LayerOutput given = parts[part];
            return given.Shape[dim] > 1
                ? Select(call, given, dim, position, isLast: false)
                : Shapes.Reshape(call, given, [.. new LayerOutput(given.Layer, shape) { Batch = batch }.GraphShape], batch);
        }

        LayerOutput selected = call.Layers.Add(
            call.Node, "Select", new LayerOutput(source.Layer, shape), shape, [isLast ? "-1" : $"{position}", .. Dim(dim)]);
        return new(selected.Layer, shape) { Batch = batch };
    }

    /// <summary>Neighbouring positions along axes.</summary>
    private static LayerOutput Narrow(Call call)
    {
        LayerOutput source = call.Natural(call.View(0));
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

    public static LayerOutput Narrow(Call call, LayerOutput source, int dim, int start, int length) => length == source.Shape[dim]
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
