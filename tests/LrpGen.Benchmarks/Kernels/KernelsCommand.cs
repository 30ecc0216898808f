using System.CommandLine;

namespace LrpGen.Benchmarks.Kernels;

/// <summary>Measures single layers on one thread, beside what the machine can do at most.</summary>
internal static class KernelsCommand
{
    private const double Giga = 1e9;
    private const double Milli = 1e-3;

    public static Command Create()
    {
        Command command = new("kernels", "Single layers on one thread, beside the machine's ceiling.");
        command.SetAction(static _ =>
        {
            Ceiling ceiling = Ceiling.Measure();
            Report.Print(
                [ceiling],
                new("multiply-add in registers", row => $"{row.Operations / Giga:F1} GFLOP/s"),
                new("read from level 2 cache", row => $"{row.CacheBytes / Giga:F1} GB/s"),
                new("read from memory", row => $"{row.MemoryBytes / Giga:F1} GB/s"));
            Report.Print(
                Kernel.All.Select(KernelMeasurement.Of),
                new("layer", row => row.Name),
                new("work", row => row.ReadsOnce ? $"{row.WeightBytes / 1e6:F1} MB" : $"{row.Operations / Giga:F3} GFLOP"),
                new("forward ms", row => $"{row.Forward:G3}"),
                new("rate", row => Rate(row, row.Forward)),
                new("of ceiling", row => Share(row, row.Forward, ceiling)),
                new("backward ms", row => $"{row.Backward:G3}"),
                new("rate", row => Rate(row, row.Backward)),
                new("of ceiling", row => Share(row, row.Backward, ceiling)));
        });
        return command;
    }

    private static string Rate(KernelMeasurement row, double time) => $"{PerSecond(row, time) / Giga:F1} {(row.ReadsOnce ? "GB/s" : "GFLOP/s")}";

    private static string Share(KernelMeasurement row, double time, Ceiling ceiling) =>
        $"{PerSecond(row, time) / (row.ReadsOnce ? ceiling.MemoryBytes : ceiling.Operations):P0}";

    private static double PerSecond(KernelMeasurement row, double time) => (row.ReadsOnce ? row.WeightBytes : row.Operations) / (time * Milli);
}
