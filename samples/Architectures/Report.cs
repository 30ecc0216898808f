using LrpGen;
using Samples;
using Spectre.Console;

namespace Architectures;

/// <summary>What the program prints.</summary>
internal static class Report
{
    private const int Best = 5;

    /// <summary>Prints all architectures.</summary>
    public static void Architectures()
    {
        Table table = Terminal.NewTable("Networks with the names of known checkpoints", "Architecture");
        table.AddColumns([.. new[] { "Layers", "Parameters", "Multiply-adds", "Working memory" }.Select(Terminal.Numeric)]);
        IEnumerable<(string Name, NetworkDescription Description)> all =
        [
            .. Architecture.All.Select(architecture => (architecture.Name, architecture.Description)),
            .. TokenArchitecture.All.Select(architecture => (architecture.Name, architecture.Description)),
        ];
        foreach ((string name, NetworkDescription description) in all)
        {
            table.AddRow(
                name,
                $"{description.Layers.Count}",
                $"{description.Layers.Sum(layer => layer.Parameters):N0}",
                $"{description.Layers.Sum(layer => layer.MultiplyAdds):N0}",
                $"{description.WorkspaceBytes / 1e6:N1} MB");
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Prints the largest outputs: of a classifier the likeliest classes.</summary>
    public static void Prediction(float[] logits)
    {
        Table table = Terminal.NewTable("Largest outputs").AddColumns(Terminal.Numeric("Output"), Terminal.Numeric("Value"));
        foreach ((int index, float logit) in logits.Index().OrderByDescending(output => output.Item).Take(Best))
        {
            table.AddRow($"{index}", $"{logit:F3}");
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Prints the relevance of each token.</summary>
    /// <param name="tokens">Their ids.</param>
    /// <param name="columns">Name of each explanation, and its relevances.</param>
    public static void Tokens(IReadOnlyList<int> tokens, IReadOnlyList<(string Name, float[] Relevance)> columns)
    {
        Table table = Terminal.NewTable("Relevance of tokens").AddColumn(Terminal.Numeric("Token"));
        table.AddColumns([.. columns.Select(column => Terminal.Numeric(column.Name))]);
        foreach ((int index, int token) in tokens.Index())
        {
            table.AddRow([$"{token}", .. columns.Select(column => $"{column.Relevance[index]:F3}")]);
        }

        AnsiConsole.Write(table);
    }
}
