namespace LrpGen.Onnx.Import;

/// <summary>Operators that move elements, and those that compute shapes.</summary>
internal static class ShapeOperators
{
    /// <summary>
    /// Integers that are computed from shapes: more than any shape or padding has, but not what a few nodes can make of a few numbers.
    /// </summary>
    private const int MostComputed = 1024;

    public static Value Constant(Call call)
    {
        Node node = call.Node;
        return node.Tensor("value") is { } tensor ? TensorReader.Read(tensor)
            : node.Has("value_float") ? new Constant("", [], [(float)node.Number("value_float", 0)], null)
            : node.Has("value_int") ? new Constant("", [], null, [node.Integer("value_int", 0)])
            : node.Integers("value_ints") is { } integers ? Import.Constant.Of(Array.ConvertAll(integers, value => (long)value))
            : throw node.Unsupported("its value is of a kind that is not read");
    }

    /// <summary>What changes nothing in a prediction.</summary>
    public static Value Identity(Call call) => call.Node.Operator == "Dropout" && call.Optional(2) is { } training
        && training is not Import.Constant { Count: 1, Integers: [0] }
        ? throw call.Node.Unsupported("it is in training mode; export the model in evaluation mode")
        : call.Input(0);

    /// <summary>Other floating-point types are computed as float32 anyway; constants keep whether they are integers.</summary>
    public static Value Cast(Call call) => (call.Input(0), (Format.ElementType)call.Node.Integer("to", 0)) switch
    {
        (Constant { Floats: { } floats } constant, Format.ElementType.Int64 or Format.ElementType.Int32) =>
            new Constant("", constant.Shape, null, Array.ConvertAll(floats, value => (long)value)),
        (Constant { Integers: { } integers } constant, Format.ElementType.Float or Format.ElementType.Double or Format.ElementType.Float16) =>
            new Constant("", constant.Shape, Array.ConvertAll(integers, value => (float)value), null),
        (Constant { Integers: not null } constant, Format.ElementType.Int64 or Format.ElementType.Int32) => constant,
        (var value, Format.ElementType.Float or Format.ElementType.Double or Format.ElementType.Float16) => value,
        (_, var type) => throw call.Node.Unsupported($"a cast to {type}"),
    };

    public static Value Shape(Call call)
    {
        IReadOnlyList<int> shape = ShapeOf(call);
        int start = Bound("start", 0);
        int end = Bound("end", shape.Count);
        return Import.Constant.Of([.. shape.Take(end).Skip(start).Select(size => (long)size)]);

        int Bound(string attribute, int otherwise)
        {
            long axis = call.Node.Integer(attribute, otherwise);
            return (int)Math.Clamp(axis < 0 ? axis + shape.Count : axis, 0, shape.Count);
        }
    }

    public static Value Gather(Call call)
    {
        if (call.Input(0) is not Import.Constant)
        {
            return Select(call);
        }

        if (call.Input(0) is not Constant { Integers: not null, Shape.Count: 1 } source || call.Node.Integer("axis", 0) != 0)
        {
            throw call.Node.Unsupported("it takes part of a tensor");
        }

        int[] indices = call.Integers(1, "indices") ?? [];
        CheckComputed(call, indices.Length);
        IReadOnlyList<int> shape = call.Input(1) is Constant index ? index.Shape : [];
        return new Constant("", shape, null, Array.ConvertAll(indices, i => source.Integers![call.Axis(i, source.Count)]));
    }

    /// <summary>Rows of a tensor of integers, such as the sizes of an image from a shape, or padding in reverse order.</summary>
    public static Value Slice(Call call)
    {
        if (call.Input(0) is not Import.Constant)
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
    public static Value Split(Call call)
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

    /// <summary>A short vector of one number, as the zeros that make padding complete.</summary>
    public static Value ConstantOfShape(Call call)
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

    public static Value Unsqueeze(Call call)
    {
        IReadOnlyList<int> shape = ShapeOf(call);
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

    public static Value Squeeze(Call call)
    {
        int[]? axes = call.Integers(1, "axes");
        if (call.Input(0) is Constant constant)
        {
            int[] dropped = [.. (axes ?? []).Select(axis => call.Axis(axis, constant.Shape.Count))];
            return constant.Reshape([.. constant.Shape.Where((size, axis) => axes is null ? size != 1 : !dropped.Contains(axis))]);
        }

        LayerOutput source = call.Layer(0);
        int[] own = call.OwnAxes(source, axes ?? throw call.Node.Unsupported("it drops all axes of size 1, and so the batch of one sample"));
        if (own.Any(axis => source.Shape[axis] != 1))
        {
            throw call.Node.Unsupported($"it drops axes that are not of size 1 from ({string.Join(", ", source.GraphShape)})");
        }

        return source.Shape.Index().Skip(1).All(axis => axis.Item == 1 && own.Contains(axis.Index)) && !own.Contains(0)
            ? Flatten(call, source)
            : Reshape(call, source, [.. source.Axes.Where(axis => !own.Contains(axis)).Select(axis => source.Shape[axis])]);
    }

    public static Value Transpose(Call call)
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

        return Transpose(call, call.Layer(0));
    }

    public static Value Reshape(Call call)
    {
        int[] sizes = call.Integers(1, "shape") ?? throw call.Node.Unsupported("it lacks a shape");
        IReadOnlyList<int> shape = ShapeOf(call);
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
            : result.SequenceEqual(shape) ? call.Layer(0)
            : result.Length >= 2 && result[0] == 1 ? Reshape(call, call.Layer(0), result[1..])
            : throw call.Node.Unsupported(
                $"({string.Join(", ", shape)}) becomes ({string.Join(", ", result)}), which is not one tensor for each sample");
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

        // Channels as groups × channels of a group, exchanged.
        if (source is { Layer: >= 0, Shape: [int groups, _, ..], Axes: [1, 0, ..] }
            && source.Axes.Skip(2).SequenceEqual(Enumerable.Range(2, source.Axes.Count - 2))
            && call.Layers[source] is { Kind: "Reshape", InputShape: { } before } grouped && before.SequenceEqual(shape)
            && shape.Length is 2 or 3 && shape[1..].SequenceEqual(source.Shape.Skip(2)))
        {
            return call.Layers.Add(
                new ImportedLayer(call.Node, "ChannelShuffle", grouped.Inputs, [$"{groups}"]), new LayerOutput(grouped.Inputs[0], shape), shape);
        }

        if (NormalizationOperators.Grouped(call, source, shape) is { } normalized)
        {
            return normalized;
        }

        LayerOutput natural = call.Natural(source);
        return natural.Shape.SequenceEqual(shape) ? natural : call.Layers.Add(
            new ImportedLayer(call.Node, "Reshape", [natural.Layer], [.. shape.Select(size => $"{size}")]) { InputShape = natural.Shape },
            new LayerOutput(natural.Layer, shape),
            shape);
    }

    public static Value Flatten(Call call)
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
        return moved.SequenceEqual(moved.Order()) ? vector : new LayerOutput(vector.Layer, [size], [0], Order(source.Shape, source.Axes));
    }

    public static Value Concat(Call call)
    {
        Value[] inputs = [.. call.Inputs.OfType<Value>()];
        if (inputs.All(input => input is Constant { Integers: not null, Shape.Count: 1 }))
        {
            CheckComputed(call, inputs.Cast<Constant>().Sum(input => (long)input.Count));
            return Import.Constant.Of([.. inputs.Cast<Constant>().SelectMany(input => input.Integers!)]);
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

    public static Value Softmax(Call call)
    {
        const int AxisByDefault = 13;
        LayerOutput source = call.Layer(0);
        int rank = source.Axes.Count + 1;
        int axis = call.Axis(call.Node.Integer("axis", call.OperatorSet < AxisByDefault ? 1 : -1), rank);

        // Until operator set 13, all axes from the given one on were one.
        return axis > 0 && (call.OperatorSet >= AxisByDefault || axis == rank - 1)
            ? new Normalized(call.Node, source, source.Axes[axis - 1])
            : throw call.Node.Unsupported("it is not over one axis");
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

    private static IReadOnlyList<int> ShapeOf(Call call) => call.Input(0) is Constant constant ? constant.Shape : call.Layer(0).GraphShape;

    private static void CheckComputed(Call call, long count)
    {
        if (count > MostComputed)
        {
            throw call.Node.Unsupported($"it computes {count} integers; at most {MostComputed} are supported");
        }
    }

    private static LayerOutput Transpose(Call call, LayerOutput source)
    {
        int[] permutation = Permutation(call, source.Axes.Count + 1);
        return permutation[0] == 0
            ? new LayerOutput(source.Layer, source.Shape, [.. permutation.Skip(1).Select(axis => source.Axes[axis - 1])], source.Order)
            : throw call.Node.Unsupported("it moves the batch");
    }

    private static int[] Permutation(Call call, int rank)
    {
        int[] permutation = call.Node.Integers("perm") ?? [.. Enumerable.Range(0, rank).Reverse()];
        return permutation.Order().SequenceEqual(Enumerable.Range(0, rank))
            ? permutation
            : throw call.Node.Unsupported($"({string.Join(", ", permutation)}) is no order of {rank} axes");
    }

    private static Constant Transpose(Constant source, int[] permutation)
    {
        int[] order = Order(source.Shape, permutation);
        return new Constant(
            source.Name,
            [.. permutation.Select(axis => source.Shape[axis])],
            source.Floats is { } floats ? Array.ConvertAll(order, index => floats[index]) : null,
            source.Integers is { } integers ? Array.ConvertAll(order, index => integers[index]) : null);
    }

    /// <summary>For each element of the transposed tensor, its index in the tensor of that shape.</summary>
    private static int[] Order(IReadOnlyList<int> shape, IReadOnlyList<int> axes)
    {
        if (shape.Contains(0))
        {
            return [];
        }

        int[] order = [0];
        foreach (int axis in axes)
        {
            int stride = shape.Skip(axis + 1).Aggregate(1, (product, size) => product * size);
            order = [.. order.SelectMany(index => Enumerable.Range(0, shape[axis]).Select(i => index + (i * stride)))];
        }

        return order;
    }
}
