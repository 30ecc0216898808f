using System.Diagnostics.CodeAnalysis;

namespace LrpGen;

/// <summary>Named tensors, as of a PyTorch <c>state_dict</c>: what a network's weights are read from.</summary>
public interface ITensorSource
{
    /// <summary>Where the tensors come from, for messages.</summary>
    string Description { get; }

    /// <summary>Names of all tensors.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>Shape of a tensor, without reading it.</summary>
    /// <param name="name">Name of the tensor.</param>
    /// <param name="shape">Its shape, in PyTorch's order.</param>
    /// <returns>Whether there is such a tensor.</returns>
    bool TryGetShape(string name, [NotNullWhen(true)] out IReadOnlyList<long>? shape);

    /// <summary>Reads a tensor as float32, in row-major order.</summary>
    /// <param name="name">Name of the tensor.</param>
    /// <param name="destination">As many elements as the tensor has.</param>
    void Read(string name, Span<float> destination);
}
