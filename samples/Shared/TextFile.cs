using System.Text;

namespace Samples;

/// <summary>Text files.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a text.</summary>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    /// <exception cref="InvalidDataException">It is no text in UTF-8.</exception>
    public static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path, Strict);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException($"'{path}' is not text in UTF-8.", exception);
        }
    }
}
