using System.Numerics.Tensors;
using LrpGen.Benchmarks.Networks;

namespace LrpGen.Benchmarks.Accuracy;

/// <summary>A network of layers in a row, such as VGG-16, in float64.</summary>
internal sealed class Float64Network
{
    private readonly List<Float64Layer> layers = [];

    /// <summary>Reads the weights.</summary>
    public Float64Network(NetworkDescription network, ITensorSource weights)
    {
        IReadOnlyList<int> shape = network.InputShape;
        foreach (LayerDescription layer in network.Layers)
        {
            if (Create(layer, shape, weights) is Float64Layer created)
            {
                layers.Add(created);
            }

            shape = layer.OutputShape;
        }
    }

    /// <summary>The input, and the output of every layer.</summary>
    public IReadOnlyList<double[]> Forward(double[] input)
    {
        List<double[]> activations = [input];
        foreach (Float64Layer layer in layers)
        {
            activations.Add(layer.Forward(activations[^1]));
        }

        return activations;
    }

    /// <summary>The relevance of the input.</summary>
    /// <param name="item">The explanation.</param>
    /// <param name="activations">What <see cref="Forward"/> gave.</param>
    /// <param name="target">Index of the output.</param>
    public double[] Explain(Item item, IReadOnlyList<double[]> activations, int target)
    {
        double[] r = new double[activations[^1].Length];
        r[target] = activations[^1][target];
        for (int k = layers.Count - 1; k >= 0; k--)
        {
            r = layers[k].Backward(item, activations[k], activations[k + 1], r);
        }

        return r;
    }

    /// <summary>The layer, or null if it changes nothing.</summary>
    private Float64Layer? Create(LayerDescription layer, IReadOnlyList<int> input, ITensorSource weights) => layer.Kind switch
    {
        "Conv2d" => Weighted(layer, new Planes(input[0], layer.OutputShape[0], input[1], input[2]), weights),
        "Linear" => Weighted(layer, new Rows(input[0], layer.OutputShape[0]), weights),
        "ReLU" => new ReLULayer(),
        "MaxPool2d" => new MaxPoolLayer(layer.OutputShape[^1]),
        "AdaptiveAvgPool2d" when input.SequenceEqual(layer.OutputShape) => new UnitPoolLayer(),
        "Flatten" or "Dropout" => null,
        _ => throw new NotSupportedException($"{layer.Kind} {layer.Name}"),
    };

    private WeightedLayer Weighted(LayerDescription layer, IProduct map, ITensorSource weights)
    {
        float[][] tensors = [.. layer.Tensors.Select(tensor =>
        {
            float[] values = new float[TensorPrimitives.Product<int>([.. tensor.Shape])];
            weights.Read(tensor.Name, values);
            return values;
        })];
        return new WeightedLayer(map, tensors[0], tensors[1], IsFirst: !layers.OfType<WeightedLayer>().Any());
    }
}
