using System.CommandLine;
using Samples;

namespace FashionMnist;

/// <summary>What the user asks for.</summary>
/// <param name="Image">An image of the user's own, else the bundled ones.</param>
/// <param name="Invert">Whether that image shows a dark garment on white.</param>
/// <param name="Weights">The network's weights.</param>
/// <param name="Output">The picture to write.</param>
/// <param name="Ledger">Whether to print where the relevance of the first image went.</param>
internal sealed record Options(string? Image, bool Invert, string Weights, string Output, bool Ledger);

/// <summary>The command line.</summary>
internal static class CommandLine
{
    private static readonly Option<string?> Image = new("--image")
    {
        Description = "Explain this image instead of the bundled ones.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Invert = new("--invert") { Description = "The image shows a dark garment on white." };

    private static readonly Option<string> Weights = new("--weights")
    {
        Description = "Weights, as a safetensors or .npz file.",
        HelpName = "FILE",
        DefaultValueFactory = static _ => Path.Combine(AppContext.BaseDirectory, "Data", "fashion.safetensors"),
    };

    private static readonly Option<string> Output = new("--output")
    {
        Description = "The picture to write.",
        HelpName = "FILE",
        DefaultValueFactory = static _ => "gallery.png",
    };

    private static readonly Option<bool> Ledger = new("--ledger") { Description = "Print where the relevance of the first image went." };

    /// <summary>Parses the command line and runs the program.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, Action<Options> program)
    {
        RootCommand root = new("Classifies images of clothes, and shows which pixels speak for the answer.")
        {
            Image, Invert, Weights, Output, Ledger,
        };
        root.Validators.Add(static result =>
        {
            if (result.GetValue(Invert) && result.GetValue(Image) is null)
            {
                result.AddError("--invert needs --image.");
            }
        });
        root.SetAction(result => program(new Options(
            result.GetValue(Image),
            result.GetValue(Invert),
            result.GetRequiredValue(Weights),
            result.GetRequiredValue(Output),
            result.GetValue(Ledger))));

        return ConsoleProgram.Run(root, arguments);
    }
}
