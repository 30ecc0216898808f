using System.CommandLine;
using Samples;

namespace Architectures;

/// <summary>What the user asks for.</summary>
/// <param name="Architecture">The network to describe, or to explain an image by; none to list all.</param>
/// <param name="Weights">Its weights.</param>
/// <param name="Image">An image to explain.</param>
/// <param name="Output">The picture to write.</param>
internal sealed record Options(Architecture? Architecture, string? Weights, string? Image, string Output);

/// <summary>The command line.</summary>
internal static class CommandLine
{
    private static readonly Argument<string?> Name = new("architecture")
    {
        Description = "The network to describe; by default all are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Weights = new("--weights")
    {
        Description = "The state_dict of torchvision's network, as a safetensors or .npz file.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Image = new("--image") { Description = "An image to classify and explain.", HelpName = "FILE" };

    private static readonly Option<string> Output = new("--output")
    {
        Description = "The picture to write.",
        HelpName = "FILE",
        DefaultValueFactory = static _ => "relevance.png",
    };

    /// <summary>Parses the command line and runs the program.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, Action<Options> program)
    {
        Name.AcceptOnlyFromAmong([.. Architecture.All.Select(architecture => architecture.Name)]);
        RootCommand root = new("Describes networks of torchvision's, and shows which pixels of an image speak for their answers.")
        {
            Name, Weights, Image, Output,
        };
        root.Validators.Add(static result =>
        {
            bool[] given = [result.GetValue(Weights) is not null, result.GetValue(Image) is not null];
            if (given[0] != given[1] || (given[0] && result.GetValue(Name) is null))
            {
                result.AddError("To explain an image, give an architecture, --weights and --image.");
            }
        });
        root.SetAction(result => program(new Options(
            Architecture.All.FirstOrDefault(architecture => architecture.Name == result.GetValue(Name)),
            result.GetValue(Weights),
            result.GetValue(Image),
            result.GetRequiredValue(Output))));
        return ConsoleProgram.Run(root, arguments);
    }
}
