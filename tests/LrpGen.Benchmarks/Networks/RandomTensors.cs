using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;

namespace LrpGen.Benchmarks.Networks;

/// <summary>A <c>state_dict</c> of random numbers, always the same for a network: they are made when they are read, and take no memory.</summary>
/// <remarks>Weights as He et al. 2015 draw them for ReLU, biases around 0, statistics of batch norms around those of a normalised layer.</remarks>
/// <param name="network">The network whose tensors these are.</param>
internal sealed class RandomTensors(NetworkDescription network) : ITensorSource
{
    private readonly List<TensorDescription> tensors = [.. network.Tensors];

    public string Description => "random weights";

    public IReadOnlyCollection<string> Names => [.. tensors.Select(tensor => tensor.Name)];

    public bool TryGetShape(string name, [NotNullWhen(true)] out IReadOnlyList<long>? shape)
    {
        int index = IndexOf(name);
        shape = index < 0 ? null : [.. tensors[index].Shape.Select(length => (long)length)];
        return shape is not null;
    }

    public void Read(string name, Span<float> destination)
    {
        int index = IndexOf(name);
        (double middle, double range) = Distribution(tensors[index]);
        Uniform.Fill(destination, seed: index, (float)(middle - range), (float)(middle + range));
    }

    private static (double Middle, double Range) Distribution(TensorDescription tensor) => tensor switch
    {
        { Shape.Count: > 1 } => (0, Math.Sqrt(6.0 / TensorPrimitives.Product<int>([.. tensor.Shape.Skip(1)]))),
        _ when tensor.Name.EndsWith("weight", StringComparison.Ordinal) => (1, 0.3),
        _ when tensor.Name.EndsWith("running_var", StringComparison.Ordinal) => (1, 0.3),
        _ => (0, 0.1),
    };

    private int IndexOf(string name) => tensors.FindIndex(tensor => tensor.Name == name);
}
