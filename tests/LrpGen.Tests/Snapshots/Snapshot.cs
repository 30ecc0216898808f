using System.Reflection;
using System.Runtime.CompilerServices;
using DiffEngine;

namespace LrpGen.Tests.Snapshots;

/// <summary>
/// Texts that a person has reviewed: files <c>Class.Method#Hint.verified.cs</c> beside the test. A text that differs is written to
/// <c>.received.cs</c> and shown in a diff tool. Names and behaviour are Verify's, so that Verify can replace this.
/// </summary>
internal static class Snapshot
{
    /// <summary>Set to 1, takes what tests give as reviewed; refused in continuous integration.</summary>
    public const string AcceptVariable = "LRPGEN_ACCEPT_SNAPSHOTS";

    private static readonly bool InContinuousIntegration = Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Folder of the test project.</summary>
    public static string ProjectDirectory { get; } = typeof(Snapshot).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "ProjectDirectory").Value!;

    /// <summary>Compares all snapshots of a test.</summary>
    /// <param name="texts">Hints with texts.</param>
    /// <param name="file">File of the test, which bears the name of its class.</param>
    /// <param name="method">The test.</param>
    public static void Verify(IReadOnlyDictionary<string, string> texts, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        string test = $"{Path.GetFileNameWithoutExtension(file)}.{method}";
        string folder = Path.GetDirectoryName(
            Directory.EnumerateFiles(ProjectDirectory, Path.GetFileName(file), SearchOption.AllDirectories).Single())!;
        Assert.All(texts, text => VerifyFile(Path.Combine(folder, $"{test}#{text.Key}.verified.cs"), text.Value));

        IEnumerable<string?> known = texts.Keys.Select(hint => $"{test}#{hint}.verified.cs");
        Assert.Empty(Directory.GetFiles(folder, $"{test}#*.verified.cs").Select(Path.GetFileName).Except(known));
    }

    /// <summary>Compares a file. What it should be is written beside it, with <c>.received</c> in its name.</summary>
    public static void VerifyFile(string verified, string given)
    {
        bool accept = Environment.GetEnvironmentVariable(AcceptVariable) == "1";
        Assert.False(accept && InContinuousIntegration, $"{AcceptVariable} is refused in continuous integration.");
        string text = given.ReplaceLineEndings("\n");
        string extension = Path.GetExtension(verified);
        string received = $"{verified[..^extension.Length].Replace(".verified", "", StringComparison.Ordinal)}.received{extension}";
        if (accept)
        {
            File.WriteAllText(verified, text);
        }

        string expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : "";
        if (expected == text)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        if (!InContinuousIntegration)
        {
            DiffRunner.LaunchForText(received, verified);
        }

        string[] lines = text.Split('\n');
        int line = lines.Zip(expected.Split('\n')).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.Fail($"{received} differs from {Path.GetFileName(verified)} from line {line + 1} on: {lines.ElementAtOrDefault(line)}");
    }
}
