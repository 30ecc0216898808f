using System.Diagnostics.CodeAnalysis;

namespace LrpGen.Architectures.Tests;

/// <summary>A <c>state_dict</c> of a network of torchvision's, with the weights that <c>make_data.py</c> gives it.</summary>
/// <param name="reference">Names, shapes, and the statistics of batch norms.</param>
/// <param name="biases">Whether biases of layers and batch norms, and means, are other than 0.</param>
internal sealed class SyntheticTensors(Reference reference, bool biases = true) : ITensorSource
{
    public string Description => "synthetic weights";

    public IReadOnlyCollection<string> Names => [.. reference.Shapes.Keys];

    public bool TryGetShape(string name, [NotNullWhen(true)] out IReadOnlyList<long>? shape)
    {
        shape = reference.Shapes.GetValueOrDefault(name);
        return shape is not null;
    }

    public void Read(string name, Span<float> destination)
    {
        if (!biases && (name.EndsWith("bias", StringComparison.Ordinal) || name.EndsWith("running_mean", StringComparison.Ordinal)))
        {
            destination.Clear();
        }
        else if (reference.Results.TryGetShape(name, out _))
        {
            reference.Results.Read(name, destination);
        }
        else
        {
            (double middle, double range) = Distribution(name);
            double[] values = Uniform.Sequence(name, destination.Length);
            for (int index = 0; index < values.Length; index++)
            {
                destination[index] = (float)(middle + (range * values[index]));
            }
        }
    }

    /// <summary>Weights of layers as He et al. draw them, factors of batch norms around 1, biases around 0.</summary>
    private (double Middle, double Range) Distribution(string name) => reference.Shapes[name] switch
    {
        [_, _, ..] shape => (0, Math.Sqrt(6.0 / shape.Skip(1).Aggregate((product, length) => product * length))),
        _ when name.EndsWith("weight", StringComparison.Ordinal) => (1, 0.3),
        _ => (0, 0.1),
    };
}
