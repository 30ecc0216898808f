namespace Architectures;

/// <summary>
/// Black after <see cref="Normalization.ImageNet"/>, (0 − mean) / deviation, rounded down: the least that a network's input can be.
/// </summary>
internal static class Black
{
    public const double Red = -2.12;
    public const double Green = -2.04;
    public const double Blue = -1.81;
}

/// <summary>White after <see cref="Normalization.ImageNet"/>, (1 − mean) / deviation, rounded up: the most that a network's input can be.</summary>
internal static class White
{
    public const double Red = 2.25;
    public const double Green = 2.43;
    public const double Blue = 2.64;
}
