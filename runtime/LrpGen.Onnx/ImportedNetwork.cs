namespace LrpGen.Onnx;

/// <summary>A model as an annotated C# class with its weights.</summary>
/// <param name="ClassName">Name of the class.</param>
/// <param name="Source">The class: a whole C# file.</param>
/// <param name="Weights">What the class loads.</param>
/// <param name="Notes">What differs from the model, a sentence each.</param>
public sealed record ImportedNetwork(string ClassName, string Source, ITensorSource Weights, IReadOnlyList<string> Notes)
{
    /// <summary>Name of the C# file that <see cref="Save"/> writes.</summary>
    public string SourceFileName => $"{ClassName}.cs";

    /// <summary>Name of the weight file that <see cref="Save"/> writes.</summary>
    public string WeightsFileName => $"{ClassName.ToLowerInvariant()}.safetensors";

    /// <summary>Writes the weights and then, beside them, the class: there is no class without its weights.</summary>
    /// <param name="directory">Made if there is none; files of these names in it are replaced.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Save(string directory)
    {
        Directory.CreateDirectory(directory);
        SafetensorsWriter.Write(Weights, Path.Combine(directory, WeightsFileName));
        File.WriteAllText(Path.Combine(directory, SourceFileName), Source);
    }
}
