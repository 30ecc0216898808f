namespace LrpGen.Onnx
{
    public sealed class ImportOptions : System.IEquatable<LrpGen.Onnx.ImportOptions>
    {
        public ImportOptions() { }
        public string? ClassName { get; init; }
        public System.Collections.Generic.IReadOnlyList<string>? Explanations { get; init; }
        public bool KeepSoftmax { get; init; }
        public string Namespace { get; init; }
        public string? Output { get; init; }
        public int? Tokens { get; init; }
    }
    public sealed class ImportedNetwork : System.IEquatable<LrpGen.Onnx.ImportedNetwork>
    {
        public ImportedNetwork(string ClassName, string Source, LrpGen.ITensorSource Weights, System.Collections.Generic.IReadOnlyList<string> Notes) { }
        public string ClassName { get; init; }
        public System.Collections.Generic.IReadOnlyList<string> Notes { get; init; }
        public string Source { get; init; }
        public string SourceFileName { get; }
        public LrpGen.ITensorSource Weights { get; init; }
        public string WeightsFileName { get; }
        public void Save(string directory) { }
    }
    public sealed class OnnxException : System.Exception
    {
        public OnnxException(string message) { }
    }
    public static class OnnxModel
    {
        public static void Export(LrpGen.NetworkDescription network, LrpGen.ITensorSource weights, System.IO.Stream stream) { }
        public static void Export(LrpGen.NetworkDescription network, LrpGen.ITensorSource weights, string path) { }
        public static LrpGen.Onnx.ImportedNetwork Import(System.IO.Stream stream, LrpGen.Onnx.ImportOptions? options = null) { }
        public static LrpGen.Onnx.ImportedNetwork Import(string path, LrpGen.Onnx.ImportOptions? options = null) { }
    }
}