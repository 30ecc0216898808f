using System.CommandLine;
using LrpGen.Onnx;

namespace LrpGen.Tool;

/// <summary><c>lrpgen export App.dll --network Net --weights net.safetensors -o net.onnx</c>.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        Argument<string> assembly = CommandLine.Assembly();
        Option<string?> network = CommandLine.Network();
        Option<string> weights = new("--weights") { Description = $"Its weights: {CommandLine.WeightFiles}.", HelpName = "FILE", Required = true };
        Option<string> output = new("--output", "-o") { Description = "The ONNX file to write.", HelpName = "FILE", Required = true };
        Command command = new("export", "Writes a network with its weights as an ONNX model.") { assembly, network, weights, output };
        command.SetAction(result =>
        {
            using NetworkAssembly networks = new(result.GetRequiredValue(assembly));
            NetworkDescription description = networks.Find(result.GetValue(network));
            using TensorFile tensors = TensorFile.Open(result.GetRequiredValue(weights));
            OnnxModel.Export(description, tensors, result.GetRequiredValue(output));
            Console.WriteLine(result.GetRequiredValue(output));
        });
        return command;
    }
}
