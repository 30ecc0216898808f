namespace LrpGen.Generator;

/// <summary>Names of the generator's incremental steps, by which tests look at what was cached.</summary>
internal static class TrackingNames
{
    public const string Networks = nameof(Networks);
    public const string UnrollBudget = nameof(UnrollBudget);
    public const string Files = nameof(Files);
}
