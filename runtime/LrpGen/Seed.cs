namespace LrpGen;

/// <summary>The relevance of the outputs from which an explanation of one target starts.</summary>
public enum Seed
{
    /// <summary>f(x) at the target, 0 elsewhere.</summary>
    Logit,

    /// <summary>1 at the target, 0 elsewhere.</summary>
    One,

    /// <summary>
    /// f(x) at the target, −f(x) / (K − 1) at each of the other K − 1 outputs, together 0: what speaks for the target rather than for any
    /// of them. Gu et al. 2018.
    /// </summary>
    Contrastive,

    /// <summary>
    /// y_c (1 − y_c) at the target c, −y_c y_k at every other output k, together 0, where y is the softmax of all outputs: the gradient of
    /// the target's probability. Iwana et al. 2019.
    /// </summary>
    SoftmaxGradient,
}
