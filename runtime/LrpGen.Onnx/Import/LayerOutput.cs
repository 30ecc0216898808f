namespace LrpGen.Onnx.Import;

/// <summary>The output of a layer as the graph sees it, which may be with other axes: as (H, W, C).</summary>
/// <param name="layer">Index of the layer; −1 is the network's input.</param>
/// <param name="shape">The layer's own shape, without the batch.</param>
/// <param name="axes">For each axis of the graph's tensor after the batch, the layer's own axis.</param>
/// <param name="flattening">Of a vector that was flattened with other axes; else null.</param>
internal sealed class LayerOutput(int layer, IReadOnlyList<int> shape, IReadOnlyList<int> axes, Flattening? flattening = null) : Value
{
    public LayerOutput(int layer, params IReadOnlyList<int> shape)
        : this(layer, shape, [.. Enumerable.Range(0, shape.Count)])
    {
    }

    public int Layer => layer;

    public IReadOnlyList<int> Shape => shape;

    public IReadOnlyList<int> Axes => axes;

    /// <summary>How it became a vector in another order than the graph's; null if it is none.</summary>
    public Flattening? Flattening => flattening;

    /// <summary>Of each element of the graph's vector, the layer's own index, if these differ.</summary>
    public int[]? Order => flattening?.Order;

    /// <summary>Whether graph and layer agree on the axes.</summary>
    public bool IsNatural => flattening is null && axes.SequenceEqual(Enumerable.Range(0, axes.Count));

    /// <summary>The graph's axis of the batch, which is one sample; null where it is part of another axis, as of rows of all samples.</summary>
    public int? Batch { get; init; } = 0;

    /// <summary>Number of axes that the graph sees.</summary>
    public int Rank => axes.Count + (Batch is null ? 0 : 1);

    /// <summary>The shape that the graph sees, with a batch of one.</summary>
    public IReadOnlyList<int> GraphShape => [.. Enumerable.Range(0, Rank).Select(axis => OwnAxis(axis) is int own ? shape[own] : 1)];

    /// <summary>The layer's own axis for one of the graph's; null for the batch.</summary>
    public int? OwnAxis(int axis) => axis == Batch ? null : axes[axis > Batch ? axis - 1 : axis];

    /// <summary>Whether the graph sees both alike, but for the layer.</summary>
    public bool HasViewOf(LayerOutput other) =>
        Batch == other.Batch && axes.SequenceEqual(other.Axes) && (Order ?? []).SequenceEqual(other.Order ?? []);

    /// <summary>The layer that gives it with the graph's axes, once there is one.</summary>
    public LayerOutput? Natural { get; set; }

    /// <summary>What lies side by side in it, and along which of the layer's axes; null if it is no such.</summary>
    public (int Axis, IReadOnlyList<LayerOutput> Of)? Parts { get; init; }

    /// <summary>What another layer makes of it that keeps the axes.</summary>
    public LayerOutput With(int newLayer, IReadOnlyList<int> newShape) => new(newLayer, newShape, axes, flattening) { Batch = Batch };

    /// <summary>The same with the batch along another axis of the graph's.</summary>
    public LayerOutput WithBatch(int? batch) => new(layer, shape, axes, flattening) { Batch = batch };
}

/// <summary>How a layer's output became a vector whose elements the graph sees in another order.</summary>
/// <param name="shape">The layer's own before that.</param>
/// <param name="axes">For each axis that the graph saw, the layer's own.</param>
internal sealed class Flattening(IReadOnlyList<int> shape, IReadOnlyList<int> axes)
{
    public IReadOnlyList<int> Shape => shape;

    public IReadOnlyList<int> Axes => axes;

    /// <summary>Of each element of the graph's vector, the index in the layer's own.</summary>
    public int[] Order { get; } = OrderOf(shape, axes);

    /// <summary>For each element of a transposed tensor, its index in the tensor of that shape.</summary>
    public static int[] OrderOf(IReadOnlyList<int> shape, IReadOnlyList<int> axes)
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
