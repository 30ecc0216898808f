using Microsoft.CodeAnalysis.Text;

namespace LrpGen.Tests.Diagnostics;

/// <summary>A source in which <c>[|…|]</c> marks a place.</summary>
/// <param name="Text">The source without the marks.</param>
/// <param name="Place">What they enclose.</param>
internal sealed record MarkedSource(string Text, TextSpan Place)
{
    public static MarkedSource Parse(string source)
    {
        const string open = "[|";
        const string close = "|]";
        int start = source.IndexOf(open, StringComparison.Ordinal);
        int end = source.IndexOf(close, StringComparison.Ordinal) - open.Length;
        return new MarkedSource(source.Remove(start, open.Length).Remove(end, close.Length), TextSpan.FromBounds(start, end));
    }
}
