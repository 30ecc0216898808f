namespace LrpGen.Onnx;

/// <summary>A model that cannot be read, imported or exported. The message says all that is in the way.</summary>
/// <param name="message">What is in the way.</param>
public sealed class OnnxException(string message) : Exception(message);
