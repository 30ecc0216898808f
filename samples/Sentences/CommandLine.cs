using System.CommandLine;
using Samples;

namespace Sentences;

/// <summary>What the user asks for.</summary>
/// <param name="Query">The sentence that others are compared with.</param>
/// <param name="Document">One that it is compared with; none to search the file.</param>
/// <param name="File">The sentences to search.</param>
/// <param name="Output">The picture to write.</param>
internal sealed record Options(string Query, string? Document, string File, string Output);

/// <summary>The command line.</summary>
internal static class CommandLine
{
    private static readonly Option<string> Query = new("--query")
    {
        Description = "What to look for.",
        HelpName = "TEXT",
        DefaultValueFactory = static _ => "every rich bachelor needs a bride",
    };

    private static readonly Option<string?> Document = new("--document") { Description = "Compare with this sentence only.", HelpName = "TEXT" };

    private static readonly Option<string> File = new("--file")
    {
        Description = "Sentences to search, one a line; what follows a tab is where it comes from.",
        HelpName = "FILE",
        DefaultValueFactory = static _ => Path.Combine(AppContext.BaseDirectory, "Data", "sentences.txt"),
    };

    private static readonly Option<string> Output = new("--output")
    {
        Description = "The picture to write.",
        HelpName = "FILE",
        DefaultValueFactory = static _ => "match.png",
    };

    /// <summary>Parses the command line and runs the program.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, Action<Options> program)
    {
        RootCommand root = new("Finds the sentence that is most like another, and shows which words make them alike.")
        {
            Query, Document, File, Output,
        };
        root.Validators.Add(static result =>
        {
            if (result.GetValue(Document) is not null && result.GetResult(File) is { Implicit: false })
            {
                result.AddError("Give --document or --file, not both.");
            }
        });
        root.SetAction(result => program(new Options(
            result.GetRequiredValue(Query),
            result.GetValue(Document),
            result.GetRequiredValue(File),
            result.GetRequiredValue(Output))));
        return ConsoleProgram.Run(root, arguments);
    }
}
