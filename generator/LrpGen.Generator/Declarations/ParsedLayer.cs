namespace LrpGen.Generator.Declarations;

/// <summary>What a layer computes, and the shape of what it writes.</summary>
/// <param name="PaddedPixels">Pixels of its input or output with the padding that its windows need; 0 if it has no windows.</param>
internal sealed record ParsedLayer(Operation Operation, Shape Output, double PaddedPixels = 0);
