namespace LrpGen;

/// <summary>A column of a printed table: a title, a cell for each row, and perhaps a total.</summary>
internal sealed record TableColumn<TRow>(string Title, Func<TRow, string> Cell, string Total = "", bool IsNumber = false)
{
    /// <summary>The lines of a table: titles, a line for each row, totals.</summary>
    public static IEnumerable<string> Print(IReadOnlyList<TRow> rows, params IEnumerable<TableColumn<TRow>> columns)
    {
        string[][] cells = [.. columns.Select(column => column.Cells(rows))];
        return Enumerable.Range(0, rows.Count + 2).Select(line => string.Join("  ", cells.Select(column => column[line])).TrimEnd());
    }

    /// <summary>Title, a cell for each row, and total, all of one width.</summary>
    private string[] Cells(IEnumerable<TRow> rows)
    {
        string[] cells = [Title, .. rows.Select(Cell), Total];
        int width = cells.Max(cell => cell.Length);
        return Array.ConvertAll(cells, cell => IsNumber ? cell.PadLeft(width) : cell.PadRight(width));
    }
}
