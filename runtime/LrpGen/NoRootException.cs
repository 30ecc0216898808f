namespace LrpGen;

/// <summary>A Taylor decomposition found no root of the explained output. The message says how far the search came and why it ended.</summary>
public sealed class NoRootException : InvalidOperationException
{
    internal NoRootException(string message)
        : base(message)
    {
    }

    internal NoRootException(string message, NoRootException innerException)
        : base(message, innerException)
    {
    }
}
