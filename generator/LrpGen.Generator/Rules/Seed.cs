namespace LrpGen.Generator.Rules;

/// <summary>The runtime's enum of that name: the relevance of the outputs from which an explanation starts.</summary>
internal enum Seed
{
    Logit,
    One,
    Contrastive,
    SoftmaxGradient,
}

/// <summary>What the planner asks of seeds.</summary>
internal static class Seeds
{
    /// <summary>Whether all outputs but the target start with 0.</summary>
    public static bool IsAtTarget(this Seed seed) => seed is Seed.Logit or Seed.One;
}
