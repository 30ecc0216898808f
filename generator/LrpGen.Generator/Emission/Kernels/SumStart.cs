namespace LrpGen.Generator.Emission;

/// <summary>What sums start from.</summary>
internal enum SumStart
{
    Bias,
    Zero,
    Present,
}
