using Spectre.Console;

namespace LrpGen.Benchmarks;

/// <summary>A column of a table.</summary>
/// <param name="Header">Its title.</param>
/// <param name="Text">What a row has in it.</param>
internal sealed record Column<TRow>(string Header, Func<TRow, string> Text);

/// <summary>What the program prints.</summary>
internal static class Report
{
    /// <summary>Characters of a line where no terminal says how many it has.</summary>
    private const int Width = 150;

    /// <summary>Prints a table; numbers and names alike are aligned to the right, but for the first column.</summary>
    public static void Print<TRow>(IEnumerable<TRow> rows, params IReadOnlyList<Column<TRow>> columns)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = Width;
        }

        Table table = new Table().RoundedBorder();
        table.AddColumns([.. columns.Select((column, index) =>
            new TableColumn(column.Header) { Alignment = index == 0 ? Justify.Left : Justify.Right })]);
        foreach (TRow row in rows)
        {
            table.AddRow([.. columns.Select(column => column.Text(row))]);
        }

        AnsiConsole.Write(table);
    }
}
