namespace LrpGen.Generator.Emission;

/// <summary>A file of generated code.</summary>
/// <param name="HintName">Its name in the compilation.</param>
/// <param name="Text">C#.</param>
internal sealed record GeneratedFile(string HintName, string Text);
