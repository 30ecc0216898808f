using System.CommandLine;
using LrpGen.Execution;

namespace LrpGen.Tool;

/// <summary><c>lrpgen weights App.dll --network Net net.safetensors</c>.</summary>
internal static class WeightsCommand
{
    public static Command Create()
    {
        Argument<string> assembly = CommandLine.Assembly();
        Argument<string> file = new("FILE") { Description = $"The weights: {CommandLine.WeightFiles}." };
        Option<string?> network = CommandLine.Network();
        Command command = new(
            "weights", "Compares a weight file with a network: lists tensors that are missing, unexpected or misshapen, and reads the others.")
        {
            assembly, file, network,
        };
        command.SetAction(result =>
        {
            using NetworkAssembly networks = new(result.GetRequiredValue(assembly));
            NetworkDescription description = networks.Find(result.GetValue(network));
            using TensorFile tensors = TensorFile.Open(result.GetRequiredValue(file));
            TensorDescription[] expected = [.. description.Tensors];
            StateDict weights = new(tensors, description.Name, expected, description.Ignored);
            foreach (TensorDescription tensor in expected)
            {
                _ = weights.Read(tensor.Name);
            }

            Console.WriteLine($"{tensors.Description} fits {description.Name}: {expected.Length} tensors.");
        });
        return command;
    }
}
