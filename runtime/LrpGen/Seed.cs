namespace LrpGen;

/// <summary>The relevance of the outputs from which an explanation of one target starts.</summary>
public enum Seed
{
    /// <summary>f(x) at the target, 0 elsewhere.</summary>
    Logit,

    /// <summary>1 at the target, 0 elsewhere.</summary>
    One,
}
