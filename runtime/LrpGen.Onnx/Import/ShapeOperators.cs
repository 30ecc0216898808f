namespace LrpGen.Onnx.Import;

/// <summary>Operators that move elements, and those that compute shapes.</summary>
internal static class ShapeOperators
{
    /// <summary>Integers that are computed from shapes: more than any shape or padding has, but not what a few nodes can make of a few numbers.</summary>
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
        IReadOnlyList<int> shape = call.Input(0) is Constant constant ? constant.Shape : call.Layer(0).GraphShape;
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
        if (call.Input(0) is not Constant { Integers: not null, Shape.Count: 1 } source || call.Node.Integer("axis", 0) != 0)
        {
            throw call.Node.Unsupported("it takes part of a layer's output");
        }

        int[] indices = call.Integers(1, "indices") ?? [];
        CheckComputed(call, indices.Length);
        IReadOnlyList<int> shape = call.Input(1) is Constant index ? index.Shape : [];
        return new Constant("", shape, null, Array.ConvertAll(indices, i => source.Integers![call.Axis(i, source.Count)]));
    }

    /// <summary>Rows of a tensor of integers, such as the sizes of an image from a shape, or padding in reverse order.</summary>
    public static Value Slice(Call call)
    {
        if (call.Input(0) is not Constant { Integers: { } integers, Shape: [int rows, ..] } source || Single(3, "axes", 0) != 0)
        {
            throw call.Node.Unsupported("it takes part of a layer's output");
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
        if (call.Input(0) is not Constant source)
        {
            throw call.Node.Unsupported("it adds an axis to a layer's output");
        }

        int[] axes = call.Integers(1, "axes") ?? [];
        int rank = source.Shape.Count + axes.Length;
        int[] added = [.. axes.Select(axis => call.Axis(axis, rank)).Distinct()];
        Queue<int> sizes = new(source.Shape);
        return added.Length == axes.Length
            ? source.Reshape([.. Enumerable.Range(0, rank).Select(axis => added.Contains(axis) ? 1 : sizes.Dequeue())])
            : throw call.Node.Unsupported("it adds an axis twice");
    }

    public static Value Squeeze(Call call)
    {
        int[]? axes = call.Integers(1, "axes");
        if (call.Input(0) is Constant constant)
        {
            int[] dropped = [.. (axes ?? []).Select(axis => call.Axis(axis, constant.Shape.Count))];
            return constant.Reshape([.. constant.Shape.Index().Where(axis => axes is null ? axis.Item != 1 : !dropped.Contains(axis.Index)).Select(axis => axis.Item)]);
        }

        LayerOutput source = call.Layer(0);
        int[] own = call.OwnAxes(source, axes ?? throw call.Node.Unsupported("it drops all axes of size 1, and so the batch of one sample"));
        return source.Shape.Index().Skip(1).All(axis => axis.Item == 1 && own.Contains(axis.Index))
            ? Flatten(call, source)
            : throw call.Node.Unsupported("only squeezing all spatial axes is supported");
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
        IReadOnlyList<int> shape = call.Input(0) is Constant known ? known.Shape : call.Layer(0).GraphShape;
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
            : result.Length == 2 && result[0] == 1 ? Flatten(call, call.Layer(0))
            : throw call.Node.Unsupported($"({string.Join(", ", shape)}) becomes ({string.Join(", ", result)}); only one vector for each sample is supported");
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
        LayerOutput first = sources[0];
        int axis = call.OwnAxes(first, [(int)Math.Clamp(call.Node.Integer("axis", 1), int.MinValue, int.MaxValue)])[0];
        if (axis != 0 || !sources.All(source => source.Order is null && source.HasViewOf(first) && source.Shape.Skip(1).SequenceEqual(first.Shape.Skip(1))))
        {
            throw call.Node.Unsupported("only outputs of one size can be put side by side, along their channels");
        }

        int channels = checked(sources.Sum(source => source.Shape[0]));
        return sources.Length == 1 ? first : call.Layers.Add(
            new ImportedLayer(call.Node, "Concat", [.. sources.Select(source => source.Layer)], []), first, [channels, .. first.Shape.Skip(1)]);
    }

    public static Value Softmax(Call call)
    {
        const int AxisByDefault = 13;
        LayerOutput source = call.Layer(0);
        int rank = source.Axes.Count + 1;
        int axis = call.Axis(call.Node.Integer("axis", call.OperatorSet < AxisByDefault ? 1 : -1), rank);

        // Until operator set 13, all axes from the given one on were one.
        bool isOverChannels = axis > 0 && source.Axes[axis - 1] == 0 && (call.OperatorSet >= AxisByDefault || axis == rank - 1);
        return isOverChannels ? new Normalized(call.Node, source) : throw call.Node.Unsupported("it is not over the channels");
    }

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
