using System.Diagnostics.CodeAnalysis;

namespace LrpGen;

/// <summary>Named tensors in memory, for weights that come from elsewhere than a file.</summary>
public sealed class TensorDictionary : ITensorSource
{
    private readonly Dictionary<string, (IReadOnlyList<long> Shape, ReadOnlyMemory<float> Values)> tensors = [];

    /// <inheritdoc/>
    public string Description { get; init; } = "memory";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => tensors.Keys;

    /// <summary>Adds a tensor.</summary>
    /// <param name="name">Its name, as in a <c>state_dict</c>: <c>0.weight</c>.</param>
    /// <param name="shape">Its shape, in PyTorch's order.</param>
    /// <param name="values">Its elements in row-major order. They are not copied.</param>
    /// <exception cref="ArgumentException">There is such a tensor already, or the elements are not as many as the shape says.</exception>
    public void Add(string name, IReadOnlyList<long> shape, ReadOnlyMemory<float> values)
    {
        if (shape.Any(long.IsNegative) || !TensorShape.TryCount(shape, sizeof(float), out long count) || count != values.Length)
        {
            throw new ArgumentException(
                $"Shape {TensorShape.Format(shape)} of tensor '{name}' does not fit its {values.Length} elements.", nameof(shape));
        }

        tensors.Add(name, (shape, values));
    }

    /// <inheritdoc/>
    public bool TryGetShape(string name, [NotNullWhen(true)] out IReadOnlyList<long>? shape)
    {
        shape = tensors.GetValueOrDefault(name).Shape;
        return shape is not null;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such tensor, or it has another number of elements.</exception>
    public void Read(string name, Span<float> destination)
    {
        if (!tensors.TryGetValue(name, out (IReadOnlyList<long> _, ReadOnlyMemory<float> Values) tensor)
            || tensor.Values.Length != destination.Length)
        {
            throw new ArgumentException($"{Description} has no tensor '{name}' of {destination.Length} elements.", nameof(name));
        }

        tensor.Values.Span.CopyTo(destination);
    }
}
