using LrpGen.Benchmarks.Networks;
using LrpGen.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace LrpGen.Benchmarks.Peers;

/// <summary>A network of images or of features with random weights.</summary>
/// <remarks>For F and E, memory is that of the network that declares E only.</remarks>
internal sealed class ImageContender(Subject subject) : IContender
{
    public string Name => subject.Name;

    public IReadOnlyList<Item> Items => [Item.F, Item.E, Item.C, Item.G];

    public bool TakesBatches => true;

    public void WriteModel(string path) => OnnxModel.Export(subject.Description, new RandomTensors(subject.Description), path);

    public Contest Open(string model, int threads, int batch)
    {
        Workload workload = new(subject.Load(batch == 1 ? threads : 1), batch, threads);
        float[] theirs = new float[workload.Outputs.Length];
        NetworkDescription description = subject.Description;
        OnnxRuntimeModel peer = new(
            model,
            threads,
            [OrtValue.CreateTensorValueFromMemory(workload.Inputs, [batch, .. description.InputShape])],
            OrtValue.CreateTensorValueFromMemory(theirs, [batch, .. description.Layers[^1].OutputShape]));
        return new(workload.CallOf, peer, workload.Outputs, theirs);
    }

    public void Once(Item item)
    {
        INetwork network = item is Item.F or Item.E ? subject.LoadEpsilon() : subject.Load(1).Network;
        float[] input = new float[network.InputSize];
        Uniform.Fill(input, seed: 0, low: -3, high: 3);
        if (item == Item.F)
        {
            network.Forward(input, new float[network.OutputSize]);
        }
        else
        {
            network.Explain(Calls.NameOf(item), input, target: 0, new float[network.InputSize]);
        }
    }
}
