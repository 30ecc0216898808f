namespace LrpGen.Onnx.Import;

/// <summary>The output of a layer as the graph sees it, which may be with other axes: as (H, W, C).</summary>
/// <param name="layer">Index of the layer; −1 is the network's input.</param>
/// <param name="shape">The layer's own shape, without the batch.</param>
/// <param name="axes">For each axis of the graph's tensor after the batch, the layer's own axis.</param>
/// <param name="order">For a vector that was flattened with other axes: of each element of the graph's, the layer's own index. Else null.</param>
internal sealed class LayerOutput(int layer, IReadOnlyList<int> shape, IReadOnlyList<int> axes, int[]? order = null) : Value
{
    public LayerOutput(int layer, params IReadOnlyList<int> shape)
        : this(layer, shape, [.. Enumerable.Range(0, shape.Count)])
    {
    }

    public int Layer => layer;

    public IReadOnlyList<int> Shape => shape;

    public IReadOnlyList<int> Axes => axes;

    public int[]? Order => order;

    /// <summary>Whether graph and layer agree on the axes.</summary>
    public bool IsNatural => order is null && axes.SequenceEqual(Enumerable.Range(0, axes.Count));

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
        Batch == other.Batch && axes.SequenceEqual(other.Axes) && (order ?? []).SequenceEqual(other.Order ?? []);

    /// <summary>Of a vector in another order, the shape of the layer's own before it was flattened, and the axes as the graph saw them.</summary>
    public (IReadOnlyList<int> Shape, IReadOnlyList<int> Axes)? Unflattened { get; init; }

    /// <summary>The layer that gives it with the graph's axes, once there is one.</summary>
    public LayerOutput? Natural { get; set; }

    /// <summary>What lies side by side in it, and along which of the layer's axes; null if it is no such.</summary>
    public (int Axis, IReadOnlyList<LayerOutput> Of)? Parts { get; init; }

    /// <summary>What another layer makes of it that keeps the axes.</summary>
    public LayerOutput With(int newLayer, IReadOnlyList<int> newShape) => new(newLayer, newShape, axes, order) { Unflattened = Unflattened, Batch = Batch };
}
