namespace LrpGen.Generator.Model;

/// <summary>What is known of the sign of a layer's output.</summary>
internal enum Sign
{
    Any,
    NonNegative,
}
