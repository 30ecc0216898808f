using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using LrpGen.Benchmarks.Networks;

namespace LrpGen.Benchmarks;

/// <summary>Measures the time from a process's start to its first explanation of L, of programs as a user publishes them.</summary>
internal static class StartupCommand
{
    private const int WarmUps = 3;
    private const int Runs = 31;

    /// <summary>Unless told otherwise, the native compiler assumes an old processor, without the multiply-add instruction.</summary>
    private static readonly (string Name, string[] Options)[] Publications =
    [
        ("JIT", ["--no-self-contained"]),
        ("Native AOT", ["-p:Native=true"]),
        ("Native AOT for this processor", ["-p:Native=true", "-p:IlcInstructionSet=native"]),
    ];

    public static Command Create()
    {
        Command command = new("startup", "Time from the start of a process to its first explanation of L, with the JIT and with Native AOT.");
        command.SetAction(static _ =>
        {
            using TemporaryPath weights = new();
            SafetensorsWriter.Write(new RandomTensors(FashionNet.Description), weights.Path);
            Report.Print(
                Publications.Select(publication => Measure(publication.Name, publication.Options, weights.Path)),
                new("program", row => row.Program),
                new("to Main ms", row => $"{row.Begun.Median:F1}"),
                new("to explanation ms", row => $"{row.Explained.Median:F1}"),
                new("least ms", row => $"{row.Explained.Minimum:F1}"));
        });
        return command;
    }

    private static Row Measure(string name, string[] options, string weights)
    {
        using TemporaryPath folder = new();
        ChildProcess.Run("dotnet", ["publish", ProjectDirectory(), "-c", "Release", "-o", folder.Path, .. options]);
        string program = Path.Combine(folder.Path, OperatingSystem.IsWindows() ? "Startup.exe" : "Startup");
        (double Begun, double Explained)[] times = [.. Enumerable.Range(0, WarmUps + Runs).Select(_ => Run(program, weights)).Skip(WarmUps)];
        return new Row(
            name, Samples.Of([.. times.Select(time => time.Begun)]), Samples.Of([.. times.Select(time => time.Explained)]));
    }

    private static (double Begun, double Explained) Run(string program, string weights)
    {
        long start = Stopwatch.GetTimestamp();
        string[] ends = ChildProcess.Run(program, weights).Split(' ');
        return (Since(start, ends[0]), Since(start, ends[1]));
    }

    private static double Since(long start, string end) =>
        Stopwatch.GetElapsedTime(start, long.Parse(end, CultureInfo.InvariantCulture)).TotalMilliseconds;

    private static string ProjectDirectory() => Path.Combine(
        typeof(StartupCommand).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ProjectDirectory").Value!,
        "Startup");

    private sealed record Row(string Program, Samples Begun, Samples Explained);
}
