using System.CommandLine;
using LrpGen;

namespace Samples;

/// <summary>A program with a command line. Exit codes: 0, 1 when the program fails, 2 when the command line is wrong.</summary>
internal static class ConsoleProgram
{
    /// <summary>Parses the command line and runs the command's action. What users can mend is an error message, not a stack trace.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(RootCommand root, string[] arguments)
    {
        ParseResult result = root.Parse(arguments);
        if (result.Errors is [{ Message: string message }, ..])
        {
            return Fail($"{message} See --help.", exitCode: 2);
        }

        try
        {
            return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or WeightsException)
        {
            return Fail(exception.Message, exitCode: 1);
        }
    }

    private static int Fail(string message, int exitCode)
    {
        Console.Error.WriteLine($"error: {message}");
        return exitCode;
    }
}
