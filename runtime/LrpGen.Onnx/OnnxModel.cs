using Google.Protobuf;
using LrpGen.Onnx.Export;
using LrpGen.Onnx.Format;
using LrpGen.Onnx.Import;

namespace LrpGen.Onnx;

/// <summary>ONNX models in and out.</summary>
public static class OnnxModel
{
    /// <summary>Writes a network as an ONNX model, of operator set 17 and for batches of any size N.</summary>
    /// <param name="network">The network, such as <c>Net.Description</c>.</param>
    /// <param name="weights">The tensors that it reads; they keep their names.</param>
    /// <param name="path">Path of the file; replaced if there is one.</param>
    /// <exception cref="WeightsException">Tensors are missing, unexpected or of another shape.</exception>
    /// <exception cref="OnnxException">The network is larger than an ONNX file may be, or of layers that this version does not know.</exception>
    public static void Export(NetworkDescription network, ITensorSource weights, string path)
    {
        ModelProto model = ModelWriter.Write(network, weights);
        using FileStream stream = File.Create(path);
        model.WriteTo(stream);
    }

    /// <summary>Writes a network as an ONNX model to a stream.</summary>
    /// <inheritdoc cref="Export(NetworkDescription, ITensorSource, string)"/>
    /// <param name="network">The network, such as <c>Net.Description</c>.</param>
    /// <param name="weights">The tensors that it reads; they keep their names.</param>
    /// <param name="stream">Stays open.</param>
    public static void Export(NetworkDescription network, ITensorSource weights, Stream stream) =>
        ModelWriter.Write(network, weights).WriteTo(stream);

    /// <summary>Reads an ONNX model as an annotated C# class and its weights.</summary>
    /// <param name="path">Path of the file. It is not trusted: a damaged or hostile one gives an exception.</param>
    /// <param name="options">How the class is written.</param>
    /// <exception cref="OnnxException">The file is damaged, or parts of the model cannot be imported; the message lists them all.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImportedNetwork Import(string path, ImportOptions? options = null)
    {
        using FileStream stream = File.OpenRead(path);
        return Importer.Import(stream, path, options ?? new ImportOptions());
    }

    /// <summary>Reads an ONNX model from a stream.</summary>
    /// <inheritdoc cref="Import(string, ImportOptions?)"/>
    /// <param name="stream">Read to its end, and left open.</param>
    /// <param name="options">How the class is written.</param>
    public static ImportedNetwork Import(Stream stream, ImportOptions? options = null) =>
        Importer.Import(stream, "the stream", options ?? new ImportOptions());
}
