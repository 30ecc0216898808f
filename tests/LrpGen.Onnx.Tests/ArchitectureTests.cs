using System.Reflection;
using Architectures;
using LrpGen.Architectures.Tests;
using LrpGen.Tests.Engine;

namespace LrpGen.Onnx.Tests;

/// <summary>The sample's architectures, with statistics of batch norm that PyTorch took, to ONNX Runtime and back.</summary>
public sealed class ArchitectureTests
{
    private const string Explanation = "EpsilonPlusFlat";

    /// <summary>Both compute in float32 and sum in different orders, which adds up over dozens of layers.</summary>
    private const double Tolerance = 2e-5;

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
        INetwork network = architecture.Load(weights);
        double[] logits = Forward(network);
        Numbers.AssertClose(Judge.Predict(stream.ToArray(), Image).ToDoubles(), logits, Tolerance, "ONNX Runtime");

        stream.Position = 0;
        ImportedNetwork imported = OnnxModel.Import(stream, new() { Namespace = Declaration.Namespace, ClassName = "Imported" });
        Assembly assembly = Compiler.Load(null, imported.Source);
        INetwork again = NetworkLibrary.Load(assembly, imported.ClassName, imported.Weights);
        Assert.Equal(logits, Forward(again));
        Assert.Equal(Relevance(network), Relevance(again));
    }

    private static double[] Forward(INetwork network)
    {
        float[] logits = new float[network.OutputSize];
        network.Forward(Image, logits);
        return logits.ToDoubles();
    }

    private static double[] Relevance(INetwork network)
    {
        float[] relevance = new float[network.InputSize];
        network.Explain(Explanation, Image, target: 0, relevance);
        return relevance.ToDoubles();
    }
}
