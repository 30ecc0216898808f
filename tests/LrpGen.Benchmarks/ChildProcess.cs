using System.Diagnostics;

namespace LrpGen.Benchmarks;

/// <summary>Runs programs.</summary>
internal static class ChildProcess
{
    /// <summary>Runs this program.</summary>
    /// <returns>What it prints.</returns>
    public static string RunSelf(params IEnumerable<string> arguments)
    {
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return Run(program, isHost ? [typeof(ChildProcess).Assembly.Location, .. arguments] : arguments);
    }

    /// <summary>Runs a program.</summary>
    /// <returns>What it prints.</returns>
    /// <exception cref="InvalidDataException">It fails.</exception>
    public static string Run(string program, params IEnumerable<string> arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidDataException($"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}.");
    }
}
