using System.CommandLine;
using Samples;

namespace Mail;

/// <summary>What the user asks for.</summary>
/// <param name="File">A mail of the user's own, else the held-out ones.</param>
/// <param name="Output">The picture to write, if any.</param>
internal sealed record Options(string? File, string? Output);

/// <summary>The command line.</summary>
internal static class CommandLine
{
    private static readonly Option<string?> File = new("--file")
    {
        Description = "Judge this mail instead of the bundled ones: plain text, the subject first.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Output = new("--output")
    {
        Description = "Write the colored mail, or some of the bundled ones, as a picture.",
        HelpName = "PNG",
    };

    /// <summary>Parses the command line and runs the program.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, Action<Options> program)
    {
        RootCommand root = new("Tells spam from other mail, and shows which words speak for the answer.") { File, Output };
        root.SetAction(result => program(new Options(result.GetValue(File), result.GetValue(Output))));
        return ConsoleProgram.Run(root, arguments);
    }
}
