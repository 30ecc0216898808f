using System.CommandLine;
using LrpGen;
using Samples;

namespace Architectures;

/// <summary>What the user asks for.</summary>
/// <param name="Architecture">The network to describe, or to explain an image by; none to list all.</param>
/// <param name="Sequences">Instead, one to explain token ids by.</param>
/// <param name="Weights">Its weights.</param>
/// <param name="Image">An image to explain.</param>
/// <param name="Tokens">Token ids to explain.</param>
/// <param name="Output">The picture to write.</param>
internal sealed record Options(
    Architecture? Architecture, TokenArchitecture? Sequences, string? Weights, string? Image, IReadOnlyList<int> Tokens, string Output)
{
    /// <summary>Of the network; null if none is given.</summary>
    public NetworkDescription? Description => Architecture?.Description ?? Sequences?.Description;
}

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
        Description = "The network's state_dict: a safetensors or .npz file, an index of several, or a checkpoint's folder.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Image = new("--image") { Description = "An image to classify and explain.", HelpName = "FILE" };

    private static readonly Option<int[]> Tokens = new("--tokens")
    {
        Description = "Token ids to classify and explain.",
        HelpName = "IDS",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = static _ => [],
    };

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
        Name.AcceptOnlyFromAmong(
        [
            .. Architecture.All.Select(architecture => architecture.Name), .. TokenArchitecture.All.Select(architecture => architecture.Name),
        ]);
        RootCommand root = new(
            "Describes networks with the names of known checkpoints, and shows which pixels of an image or which tokens speak for their answers.")
        {
            Name, Weights, Image, Tokens, Output,
        };
        root.Validators.Add(static result =>
        {
            bool hasImage = result.GetValue(Image) is not null;
            int[] tokens = result.GetValue(Tokens) ?? [];
            bool ofImages = Of(result.GetValue(Name)) is not null;
            TokenArchitecture? ofTokens = OfTokens(result.GetValue(Name));
            if ((result.GetValue(Weights) is not null || hasImage || tokens.Length > 0)
                && (result.GetValue(Weights) is null || hasImage != ofImages || (tokens.Length > 0) != (ofTokens is not null)))
            {
                result.AddError("To explain, give an architecture, --weights, and --image for one of images or --tokens for one of tokens.");
            }
            else if (ofTokens?.FaultOf(tokens) is { } fault)
            {
                result.AddError(fault);
            }
        });
        root.SetAction(result => program(new Options(
            Of(result.GetValue(Name)),
            OfTokens(result.GetValue(Name)),
            result.GetValue(Weights),
            result.GetValue(Image),
            result.GetValue(Tokens) ?? [],
            result.GetRequiredValue(Output))));
        return ConsoleProgram.Run(root, arguments);
    }

    private static Architecture? Of(string? name) => Architecture.All.FirstOrDefault(architecture => architecture.Name == name);

    private static TokenArchitecture? OfTokens(string? name) => TokenArchitecture.All.FirstOrDefault(architecture => architecture.Name == name);
}
