using System.CommandLine;
using LrpGen.Onnx;

namespace LrpGen.Tool;

/// <summary>What all commands share. Exit codes: 0, 1 when a command fails or finds a difference, 2 when the command line is wrong.</summary>
internal static class CommandLine
{
    /// <summary>Where weights may be.</summary>
    public const string WeightFiles = "a safetensors or .npz file, an index of several, or a checkpoint's folder";

    /// <summary>Parses the command line and runs the command.</summary>
    public static int Run(params string[] arguments)
    {
        RootCommand root = new("Imports and exports ONNX models for LrpGen, describes networks, and compares weight files with them.");
        foreach (Command command in (Command[])[ImportCommand.Create(), ExportCommand.Create(), DescribeCommand.Create(), WeightsCommand.Create()])
        {
            root.Add(command);
        }

        ParseResult result = root.Parse(arguments);
        if (result.Errors is [{ Message: string message }, ..])
        {
            return Fail($"{message} See --help.", exitCode: 2);
        }

        if (result.Tokens.Any(token => token.Value.Length == 0))
        {
            return Fail("An argument is empty. See --help.", exitCode: 2);
        }

        try
        {
            return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException
            or WeightsException or OnnxException or UserException)
        {
            return Fail(exception.Message, exitCode: 1);
        }
    }

    /// <summary>The assembly that a command is about.</summary>
    public static Argument<string> Assembly() =>
        new("ASSEMBLY") { Description = "A compiled assembly with networks, such as bin/Release/net10.0/App.dll." };

    /// <summary>Which of its networks.</summary>
    public static Option<string?> Network() => new("--network")
    {
        Description = "Name of the network's class, with or without its namespace; not needed if the assembly has one network.",
        HelpName = "CLASS",
    };

    private static int Fail(string message, int exitCode)
    {
        Console.Error.WriteLine($"error: {message}");
        return exitCode;
    }
}

/// <summary>What was asked for cannot be done; the message says why.</summary>
internal sealed class UserException(string message) : Exception(message);
