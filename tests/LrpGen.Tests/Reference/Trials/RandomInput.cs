using CsCheck;

namespace LrpGen.Tests.Reference;

/// <summary>What a random layer reads.</summary>
/// <param name="Shape">Its shape.</param>
/// <param name="Conserving">
/// Whether no layer may lose relevance: no bias, f(0) = 0, no window that lies in the padding, no statistics.
/// </param>
internal sealed record RandomInput(Shape Shape, bool Conserving)
{
    /// <summary>Few outputs or many, because vectors and tiles leave remainders of every kind.</summary>
    public static Gen<int> Outputs { get; } = Gen.OneOf(Gen.Int[1, 9], Gen.Int[10, 70]);

    public Gen<bool> Bias => Conserving ? Gen.Const(false) : Gen.Bool;

    /// <summary>An axis, counted from the front or from the end.</summary>
    public Gen<int> Axis => Gen.Int[-Shape.Rank, Shape.Rank - 1];

    public static Gen<int> DivisorOf(int number) => Gen.OneOf([.. Enumerable.Range(1, number).Where(divisor => number % divisor == 0)]);

    /// <summary>Windows of equal or of different kind along rows and columns.</summary>
    public Gen<(Sliding H, Sliding W)> Windows(bool isPool) => Shape.Rank == 2
        ? WindowsAlong(Shape[1], isPool).Select(w => (Sliding.None, w))
        : Gen.OneOf(
            WindowsAlong(Math.Min(Shape[1], Shape[2]), isPool).Select(both => (both, both)),
            Gen.Select(WindowsAlong(Shape[1], isPool), WindowsAlong(Shape[2], isPool)));

    private Gen<Sliding> WindowsAlong(int length, bool isPool) =>
        from kernel in Gen.Int[1, Math.Min(length, 5)]
        from stride in Gen.Int[1, 3]
        from dilation in Gen.Int[1, isPool || kernel == 1 ? 1 : Math.Min(3, (length - 1) / (kernel - 1))]
        from padding in Gen.Int[0, isPool ? kernel / 2 : Conserving ? (kernel - 1) * dilation : 3]
        select new Sliding(kernel, stride, padding, dilation);
}

/// <summary>Random layers of a kind.</summary>
/// <param name="Weight">Their part among all layers; most kinds have 20.</param>
/// <param name="InBranch">Their part among the layers of branches, which keep the shape; 0 if these do not.</param>
/// <param name="Layers">The layers.</param>
internal sealed record RandomPart(int Weight, int InBranch, Gen<LayerSpec> Layers)
{
    /// <summary>A layer that does not keep the shape, or not always.</summary>
    public RandomPart(int weight, Gen<LayerSpec> layers)
        : this(weight, 0, layers)
    {
    }

    /// <summary>A layer that is always the same.</summary>
    public RandomPart(int weight, int inBranch, LayerSpec layer)
        : this(weight, inBranch, Gen.Const(layer))
    {
    }
}
