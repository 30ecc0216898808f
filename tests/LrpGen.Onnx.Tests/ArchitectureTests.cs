using System.Reflection;
using Architectures;
using LrpGen.Architectures.Tests;
using LrpGen.Tests.Engine;

namespace LrpGen.Onnx.Tests;

/// <summary>
/// The sample's architectures to ONNX and back, with statistics of batch norm that PyTorch took. What is imported has the same layers with the
/// same weights, and predicts what ONNX Runtime does.
/// </summary>
public sealed class ArchitectureTests
{
    /// <summary>Both compute in float32 and sum in different orders, which adds up over dozens of layers.</summary>
    private const double Tolerance = 2e-5;

    /// <summary>Two tensors of VGG-16 are larger, whose values take longer to make than all others.</summary>
    private const int LargestCompared = 1 << 23;

    private static readonly float[] Image = Reference.Image();

    public static TheoryData<string> Names => [.. Architecture.All.Select(architecture => architecture.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void StaysTheSame(string name)
    {
        Architecture architecture = Architecture.All.Single(architecture => architecture.Name == name);
        using Reference reference = Reference.Of(name);
        SyntheticTensors weights = new(reference);
        using MemoryStream stream = new();
        OnnxModel.Export(architecture.Description, weights, stream);
        stream.Position = 0;
        ImportedNetwork imported = OnnxModel.Import(
            stream, new() { Namespace = Declaration.Namespace, ClassName = "Imported", Explanations = [] });
        Assembly assembly = Compiler.Load(null, imported.Source);
        INetwork network = NetworkLibrary.Load(assembly, imported.ClassName, imported.Weights);

        Assert.Equal(WithoutMovedViews(architecture.Description), WithoutMovedViews(network.Description));
        Assert.All(
            architecture.Description.Tensors.Where(tensor => SizeOf(tensor) <= LargestCompared),
            tensor => Assert.Equal(Read(weights, tensor), Read(imported.Weights, tensor)));
        float[] logits = new float[network.OutputSize];
        network.Forward(Image, logits);
        Numbers.AssertClose(Judge.Predict(stream.ToArray(), Image).ToDoubles(), logits.ToDoubles(), Tolerance, "ONNX Runtime");
    }

    /// <summary>Of a network that permutes axes the kinds of layers alone: what is elementwise may stand on either side of a permutation.</summary>
    private static List<string> WithoutMovedViews(NetworkDescription network)
    {
        List<string> layers = Layers(network);
        return layers.Any(IsPermutation) && network.Layers.Any(layer => layer.Kind == "LayerScale")
            ? [.. layers.Where(layer => !IsPermutation(layer)).Select(layer => layer.Split(';')[0]).Order()]
            : layers;

        static bool IsPermutation(string layer) => layer.StartsWith("Permute;", StringComparison.Ordinal);
    }

    /// <summary>
    /// All that layers are, but for the names of those without weights, which ONNX files need not keep, for those that change nothing, and for
    /// what else views are called.
    /// </summary>
    private static List<string> Layers(NetworkDescription network)
    {
        List<string> layers = [];
        Dictionary<string, (int Index, IReadOnlyList<int> Shape)> read = new() { [NetworkDescription.InputName] = (-1, network.InputShape) };
        foreach (LayerDescription layer in network.Layers)
        {
            if (ChangesNothing(layer, read[layer.Inputs[0]].Shape))
            {
                read.Add(layer.Name, read[layer.Inputs[0]]);
                continue;
            }

            read.Add(layer.Name, (layers.Count, layer.OutputShape));
            layers.Add(string.Join(
                "; ",
                [
                    layer.Kind switch { "Flatten" => "Reshape", "Transpose" => "Permute", { } kind => kind },
                    string.Join(", ", layer.Inputs.Select(input => read[input].Index)),
                    string.Join(", ", layer.OutputShape),
                    .. layer.Arguments.Select(argument => $"{argument.Name} = {string.Join(", ", argument.Values)}"),
                    .. layer.Tensors.Select(tensor => $"{tensor.Name} ({string.Join(", ", tensor.Shape)})"),
                ]));
        }

        return layers;
    }

    /// <summary>A dropout, or an average of windows of one value, which ONNX knows as such only.</summary>
    private static bool ChangesNothing(LayerDescription layer, IReadOnlyList<int> inputShape) => layer.OutputShape.SequenceEqual(inputShape)
        && layer.Kind switch
        {
            "Dropout" or "AdaptiveAvgPool2d" => true,
            "AvgPool2d" => layer.Arguments.Single(argument => argument.Name == "kernel_size").Values.All(size => size == 1),
            _ => false,
        };

    private static float[] Read(ITensorSource source, TensorDescription tensor)
    {
        float[] values = new float[SizeOf(tensor)];
        source.Read(tensor.Name, values);
        return values;
    }

    private static int SizeOf(TensorDescription tensor) => tensor.Shape.Aggregate(1, (product, size) => product * size);
}
