using System.Text;

namespace LrpGen.Generator.Emission;

/// <summary>C# text, indented by blocks; lines end with \n on every machine.</summary>
internal sealed class CodeWriter
{
    private readonly List<(int Depth, string Text)> lines = [];
    private readonly Stack<Braces> open = new();
    private bool closed;

    public void Line(string line = "")
    {
        // An empty line after the end of a block, unless it goes on or its parent ends too.
        bool continues = line.Length == 0 || line[0] is '}' or ']' || line is "finally" || line.StartsWith("else", StringComparison.Ordinal);
        if (closed && !continues)
        {
            lines.Add((0, ""));
        }

        closed = line.Length > 0 && line[0] == '}';
        lines.Add((open.Count, line));
    }

    /// <summary>What another writer has written, at this depth.</summary>
    public void Lines(CodeWriter other)
    {
        foreach ((int depth, string text) in other.lines)
        {
            lines.Add((open.Count + depth, text));
        }
    }

    /// <summary>A doc comment of one sentence or more.</summary>
    public void Summary(string summary) => Line($"/// <summary>{Escape(summary)}</summary>");

    /// <summary>Writes a header and an opening brace; the closing one on disposal.</summary>
    public IDisposable Block(string header)
    {
        Line(header);
        return Open("{", "}", isScope: false);
    }

    /// <summary>Braces around what comes until disposal; left out if the block around holds no other block and ends with them.</summary>
    public IDisposable Scope() => Open("{", "}", isScope: true);

    /// <summary>A collection expression that starts after the header; ends with what comes after it.</summary>
    public IDisposable List(string header, string end)
    {
        Line(header);
        return Open("[", end, isScope: false);
    }

    /// <summary>Indents what comes until disposal.</summary>
    public IDisposable Indent() => Open("", "", isScope: false);

    public override string ToString()
    {
        StringBuilder text = new();
        foreach ((int depth, string line) in lines)
        {
            text.Append(line.Length > 0 ? new string(' ', 4 * depth) : "").Append(line).Append('\n');
        }

        return text.ToString();
    }

    private Braces Open(string brace, string end, bool isScope)
    {
        if (brace.Length > 0)
        {
            Line(brace);
        }

        if (open.Count > 0)
        {
            open.Peek().Inner++;
        }

        Braces braces = new(this, lines.Count - 1, end, isScope);
        open.Push(braces);
        return braces;
    }

    private void Close(Braces braces)
    {
        open.Pop();
        if (braces is { Inner: 1, Last: { IsScope: true } scope } && scope.EndLine == lines.Count - 1)
        {
            LeaveOut(scope);
        }

        if (braces.End.Length > 0)
        {
            Line(braces.End);
        }

        braces.EndLine = lines.Count - 1;
        if (open.Count > 0)
        {
            open.Peek().Last = braces;
        }
    }

    private void LeaveOut(Braces scope)
    {
        lines.RemoveAt(scope.EndLine);
        for (int line = scope.StartLine + 1; line < lines.Count; line++)
        {
            lines[line] = (lines[line].Depth - 1, lines[line].Text);
        }

        lines.RemoveAt(scope.StartLine);
        closed = false;
    }

    private static string Escape(string summary) => summary.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>A block from its opening brace on.</summary>
    private sealed class Braces(CodeWriter writer, int startLine, string end, bool isScope) : IDisposable
    {
        public int StartLine { get; } = startLine;

        public string End { get; } = end;

        public bool IsScope { get; } = isScope;

        public int EndLine { get; set; }

        /// <summary>Number of blocks directly inside.</summary>
        public int Inner { get; set; }

        /// <summary>The last of them.</summary>
        public Braces? Last { get; set; }

        public void Dispose() => writer.Close(this);
    }
}
