namespace LrpGen.Generator.Planning;

/// <summary>Values in the same order of elements, in another arrangement.</summary>
internal sealed record Rearrange(Tensor Tensor, Arrangement Present, Tensor To, Arrangement Wanted) : TensorStep(To, Tensor)
{
    public override IEnumerable<Arrangement> Arrangements => [Present, Wanted];

    public override Step On(Func<Tensor, Tensor> map) => new Rearrange(map(Tensor), Present, map(To), Wanted);
}

/// <summary>The first or the last rows of a tensor; or the other way round, with zeros in the other rows.</summary>
/// <param name="IsBack">Whether it is the other way round.</param>
internal sealed record CopyRows(Tensor Tensor, bool AreLast, bool IsBack, Tensor To) : TensorStep(To, Tensor)
{
    public override Step On(Func<Tensor, Tensor> map) => this with { Tensor = map(Tensor), To = map(To) };
}

/// <summary>A copy of an image with margins of zeros.</summary>
/// <param name="Height">Rows of the image.</param>
/// <param name="Width">Columns of the image.</param>
internal sealed record Pad(Tensor Tensor, int Height, int Width, Margins Margins, Tensor To) : TensorStep(To, Tensor)
{
    public override Step On(Func<Tensor, Tensor> map) => new Pad(map(Tensor), Height, Width, Margins, map(To));
}

/// <summary>Rows and columns of zeros around an image.</summary>
internal readonly record struct Margins(int Top, int Left, int Bottom, int Right)
{
    public bool AreNone => this == default;
}

/// <summary>Zeros in the lanes of every row from the first on.</summary>
internal sealed record Clear(int First, Tensor To) : TensorStep(To)
{
    public override Step On(Func<Tensor, Tensor> map) => new Clear(First, map(To));
}

/// <summary>Elements of a tensor become elements of another, or are added to them.</summary>
/// <param name="Nest">Which, in what order; those written are distinct unless they are added to.</param>
internal sealed record Move(Tensor Tensor, Nest Nest, bool Adds, Tensor To) : TensorStep(To, Adds ? [Tensor, To] : [Tensor])
{
    public override Step On(Func<Tensor, Tensor> map) => new Move(map(Tensor), Nest, Adds, map(To));
}
