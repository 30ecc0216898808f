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

    /// <summary>All tensors that a network reads.</summary>
    /// <param name="values">As many values as the tensor has.</param>
    public static TensorDictionary Fill(this NetworkDescription description, Func<TensorDescription, int, float[]> values)
    {
        TensorDictionary tensors = new();
        foreach (TensorDescription tensor in description.Tensors)
        {
            tensors.Add(
                tensor.Name, [.. tensor.Shape.Select(size => (long)size)], values(tensor, tensor.Shape.Aggregate(1, (count, size) => count * size)));
        }

        return tensors;
    }

    /// <summary>Values in −1 … 1.</summary>
    public static float[] Random(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
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
