using System.Text;

namespace LrpGen.Generator.Emission;

/// <summary>C# text, indented by blocks; lines end with \n on every machine.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder text = new();
    private int depth;
    private bool closed;

    /// <summary>Writes a line; after the end of a block, an empty one before it.</summary>
    public void Line(string line = "")
    {
        bool continues = line.Length == 0 || line[0] is '}' or ']' || line is "else" or "finally";
        if (closed && !continues)
        {
            text.Append('\n');
        }

        closed = line.Length > 0 && line[0] == '}';
        if (line.Length > 0)
        {
            text.Append(' ', 4 * depth).Append(line);
        }

        text.Append('\n');
    }

    /// <summary>Lines that were written elsewhere, at this depth.</summary>
    public void Lines(string lines)
    {
        foreach (string line in lines.TrimEnd('\n').Split('\n'))
        {
            text.Append(line.Length > 0 ? new string(' ', 4 * depth) : "").Append(line).Append('\n');
        }
    }

    /// <summary>A doc comment of one sentence or more.</summary>
    public void Summary(string summary) => Line($"/// <summary>{Escape(summary)}</summary>");

    /// <summary>Writes a header and an opening brace; the closing one on disposal.</summary>
    public IDisposable Block(string header)
    {
        Line(header);
        return Scope();
    }

    /// <summary>Braces around what comes until disposal.</summary>
    public IDisposable Scope() => Open("{", "}");

    /// <summary>A collection expression that starts after the header; ends with what comes after it.</summary>
    public IDisposable List(string header, string end)
    {
        Line(header);
        return Open("[", end);
    }

    private End Open(string brace, string end)
    {
        Line(brace);
        depth++;
        return new End(this, end);
    }

    public override string ToString() => text.ToString();

    private static string Escape(string summary) => summary.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private sealed class End(CodeWriter writer, string end) : IDisposable
    {
        public void Dispose()
        {
            writer.depth--;
            writer.Line(end);
        }
    }
}
