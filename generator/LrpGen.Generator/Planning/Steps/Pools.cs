namespace LrpGen.Generator.Planning;

/// <summary>The windows of a pool.</summary>
/// <param name="Divisor">What an average divides by.</param>
/// <param name="Adaptive">Whether they are the ⌊k·n/m⌋ … ⌈(k+1)·n/m⌉ that cut n inputs into m outputs.</param>
/// <param name="MayOverhang">Whether a last one may reach over the end, as PyTorch's <c>ceil_mode</c> permits.</param>
internal sealed record PoolWindows(Axis Rows, Axis Columns, Divisor Divisor = Divisor.Input, bool Adaptive = false, bool MayOverhang = false);

/// <summary>What an average divides by.</summary>
internal enum Divisor
{
    /// <summary>The positions inside the padded input: PyTorch's <c>count_include_pad=True</c>.</summary>
    PaddedInput,

    /// <summary>The positions inside the input.</summary>
    Input,
}

/// <summary>An average pool as a product with weights Scale · n^−Power over windows of n positions, or its transposed.</summary>
internal sealed record Average(PoolWindows Windows, bool Transposed, Tensor Tensor, int Power, double Scale, bool Accumulate, Tensor To)
    : TensorStep(To, Accumulate ? [Tensor, To] : [Tensor])
{
    public override Step On(Func<Tensor, Tensor> map) => new Average(Windows, Transposed, map(Tensor), Power, Scale, Accumulate, map(To));
}

/// <summary>The largest of each window.</summary>
internal sealed record Maximum(PoolWindows Windows, Tensor Tensor, Tensor To) : TensorStep(To, Tensor)
{
    public override Step On(Func<Tensor, Tensor> map) => new Maximum(Windows, map(Tensor), map(To));
}

/// <summary>The relevance of each window to its first largest element.</summary>
internal sealed record ToWinner(PoolWindows Windows, Tensor Input, Tensor Output, Tensor Relevance, Tensor To)
    : TensorStep(To, Input, Output, Relevance)
{
    public override Step On(Func<Tensor, Tensor> map) => new ToWinner(Windows, map(Input), map(Output), map(Relevance), map(To));
}
