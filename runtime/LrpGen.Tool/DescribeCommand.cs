using System.CommandLine;

namespace LrpGen.Tool;

/// <summary><c>lrpgen describe App.dll</c>.</summary>
internal static class DescribeCommand
{
    public static Command Create()
    {
        Argument<string> assembly = CommandLine.Assembly();
        Option<string?> network = CommandLine.Network();
        Command command = new("describe", "Prints the layers of a network, or of all networks of an assembly, with shapes, rules and plan.")
        {
            assembly, network,
        };
        command.SetAction(result =>
        {
            using NetworkAssembly networks = new(result.GetRequiredValue(assembly));
            IEnumerable<NetworkDescription> shown = result.GetValue(network) is { } name ? [networks.Find(name)] : networks.Descriptions;
            Console.WriteLine(string.Join("\n\n", shown));
        });
        return command;
    }
}
