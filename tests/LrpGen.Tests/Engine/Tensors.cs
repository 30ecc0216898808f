using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Engine;

/// <summary>Tensors from and to arrays.</summary>
internal static class Tensors
{
    /// <summary>A network's weights as what a generated network loads.</summary>
    public static TensorDictionary ToTensors(this NetworkSpec network, IReadOnlyDictionary<string, float[]> weights)
    {
        TensorDictionary tensors = new();
        foreach ((string name, Shape shape) in network.Tensors())
        {
            tensors.Add(name, [.. shape.Sizes.Select(size => (long)size)], weights[name]);
        }

        return tensors;
    }

    /// <summary>The weights of a network, as the interpreter takes them.</summary>
    public static Dictionary<string, double[]> ReadWeights(this ITensorSource source, NetworkSpec network) =>
        network.Tensors().ToDictionary(tensor => tensor.Name, tensor => source.Read(tensor.Name).ToDoubles());

    /// <summary>Reads a tensor that exists.</summary>
    public static float[] Read(this ITensorSource source, string name)
    {
        Assert.True(source.TryGetShape(name, out IReadOnlyList<long>? shape), $"There is no tensor '{name}'.");
        float[] values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        source.Read(name, values);
        return values;
    }
}
