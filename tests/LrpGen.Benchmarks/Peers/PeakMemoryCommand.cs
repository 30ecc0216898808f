using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using LrpGen.Benchmarks.Networks;

namespace LrpGen.Benchmarks.Peers;

/// <summary>
/// Prints the peak memory of a process that does nothing but load a network and do an item. For F and E, networks of images declare E only; for C
/// and G they declare E, C and G.
/// </summary>
internal static class PeakMemoryCommand
{
    private const string Name = "peak-memory";

    /// <summary>Runs the command in a process of its own.</summary>
    /// <returns>MB.</returns>
    public static double Measure(IContender contender, Item item) =>
        double.Parse(ChildProcess.RunSelf(Name, "--nets", contender.Name, "--items", $"{item}"), CultureInfo.InvariantCulture);

    public static Command Create()
    {
        Command command = new(Name, "Peak memory of this process, in MB.") { ListOption.Contenders, ListOption.Items };
        command.Hidden = true;
        command.SetAction(static result =>
        {
            result.GetRequiredValue(ListOption.Contenders).Single().Once(result.GetRequiredValue(ListOption.Items).Single());
            Console.WriteLine(PeakBytes() / 1e6);
        });
        return command;
    }

    /// <summary>Linux tells its own peak; elsewhere the process does.</summary>
    private static long PeakBytes()
    {
        const string Status = "/proc/self/status";
        const string Peak = "VmHWM:";
        if (!File.Exists(Status))
        {
            return Process.GetCurrentProcess().PeakWorkingSet64;
        }

        string line = File.ReadLines(Status).Single(line => line.StartsWith(Peak, StringComparison.Ordinal));
        return long.Parse(line[Peak.Length..^" kB".Length], CultureInfo.InvariantCulture) * 1024;
    }
}
