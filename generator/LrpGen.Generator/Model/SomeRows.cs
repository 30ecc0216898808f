namespace LrpGen.Generator.Model;

/// <summary>Some positions along the first axis of a tensor.</summary>
/// <param name="Count">How many; no call has fewer.</param>
/// <param name="AreLast">Whether they are the last of all, rather than the first.</param>
internal sealed record SomeRows(int Count, bool AreLast);
