namespace LrpGen.Generator.Emission;

/// <summary>The methods of a network's engine: each text is written once, in the file that first calls it.</summary>
internal sealed class Methods
{
    private readonly Dictionary<string, string> nameByText = [];
    private readonly UniqueNames names = new("");
    private readonly List<CodeWriter> pending = [];

    /// <summary>Name of the method with that text, which is written unless it has been.</summary>
    /// <param name="preferred">Its name, unless another method has it.</param>
    /// <param name="text">Writes the method under a name.</param>
    public string Require(string preferred, Action<CodeWriter, string> text)
    {
        string anonymous = Write(text, "?").ToString();
        if (!nameByText.TryGetValue(anonymous, out string? name))
        {
            name = names.Next(preferred);
            nameByText.Add(anonymous, name);
            pending.Add(Write(text, name));
        }

        return name;
    }

    /// <summary>Writes the methods that were required since the last time.</summary>
    public void WritePending(CodeWriter writer)
    {
        foreach (CodeWriter method in pending)
        {
            writer.Line();
            writer.Lines(method);
        }

        pending.Clear();
    }

    private static CodeWriter Write(Action<CodeWriter, string> text, string name)
    {
        CodeWriter writer = new();
        text(writer, name);
        return writer;
    }
}
