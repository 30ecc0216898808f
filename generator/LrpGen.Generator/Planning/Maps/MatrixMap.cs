namespace LrpGen.Generator.Planning;

/// <summary>
/// The product z = a b of two tensors as a map of one of them, whose weights are the other one.
/// </summary>
/// <param name="form">The product of both.</param>
/// <param name="a">The factor that the map is asked about.</param>
/// <param name="w">The other one.</param>
/// <param name="wIsLeft">Whether that is the left one.</param>
/// <param name="wIsNonNegative">Whether it is known to be at least 0.</param>
/// <param name="seen">How w lies in memory.</param>
/// <param name="output">Extent of the product.</param>
internal sealed class MatrixMap(
    MatrixForm form, Extent a, Tensor w, bool wIsLeft, bool wIsNonNegative, Arrangement seen, Extent output, TensorNames names)
    : LinearMap(names, a, output)
{
    private readonly Dictionary<(List<Step> Steps, WeightPart Part), Tensor> parts = [];

    public override bool HasBias => false;

    public override bool IsConstant => false;

    public override bool WeightsAreNonNegative => wIsNonNegative;

    public override string Remark => ", w the other factor";

    public override void Product(List<Step> steps, Tensor input, WeightPart part, BiasPart bias, double gamma, bool accumulate, Tensor to)
    {
        Tensor other = Weights(steps, part, gamma);
        form.Product(steps, wIsLeft ? other : input, wIsLeft ? input : other, accumulate, to, Names);
    }

    public override Tensor TransposedProduct(List<Step> steps, Tensor s, WeightPart part, double gamma, Tensor? sum, Func<Tensor> fresh)
    {
        Tensor to = sum ?? fresh();
        Tensor other = Weights(steps, part, gamma);
        if (wIsLeft)
        {
            form.OfRight(steps, other, s, sum is not null, to, Names);
        }
        else
        {
            form.OfLeft(steps, s, other, sum is not null, to, Names);
        }

        return to;
    }

    /// <summary>A part of the other factor as a tensor of its own.</summary>
    private Tensor Weights(List<Step> steps, WeightPart part, double gamma)
    {
        if (part == WeightPart.W)
        {
            return w;
        }

        if (!parts.TryGetValue((steps, part), out Tensor? tensor))
        {
            tensor = Names.New("w" + (part == WeightPart.One ? "Ones" : part.ToString().Substring(1)), w.Extent);
            steps.Add(part == WeightPart.One ? new Fill([1], seen, tensor) : new Pointwise(PartOf(part, gamma), tensor));
            parts.Add((steps, part), tensor);
        }

        return tensor;
    }

    private Expression PartOf(WeightPart part, double gamma)
    {
        Expression value = new Read(w);
        return part switch
        {
            WeightPart.WPositive => new PositivePart(value),
            WeightPart.WNegative => new NegativePart(value),
            WeightPart.WSquared => value * value,
            WeightPart.WGammaPositive => value + new PositivePart(value).ScaledBy(gamma),
            _ => value + new NegativePart(value).ScaledBy(gamma),
        };
    }
}

/// <summary>The product of two tensors and those by which its gradient goes back, as steps.</summary>
/// <param name="Heads">Matrices of each factor.</param>
/// <param name="Left">How the left factor's lie.</param>
/// <param name="Right">How the right factor's lie, as the product reads them: transposed if it is to be transposed.</param>
/// <param name="To">How the result's lie.</param>
internal sealed record MatrixForm(int Heads, int Rows, int Inner, int Columns, Matrices Left, Matrices Right, Matrices To)
{
    /// <summary>Whether the left factor or the result has a causal mask; beyond it, the factor has zeros.</summary>
    public Triangle Triangle { get; init; }

    /// <summary>Adds the steps for left · right.</summary>
    public void Product(List<Step> steps, Tensor left, Tensor right, bool accumulate, Tensor to, TensorNames names)
    {
        Batched product = new(Heads, Rows, Inner, Columns, Left, Right, To) { Triangle = Triangle };
        Add(steps, product, left, right, accumulate, to, names);
    }

    /// <summary>Adds the steps for s · rightᵀ, of the left factor's shape.</summary>
    public void OfLeft(List<Step> steps, Tensor s, Tensor right, bool accumulate, Tensor to, TensorNames names)
    {
        Batched product = new(Heads, Rows, Columns, Inner, To, Right.Transposed, Left)
        {
            Triangle = Triangle switch
            {
                Triangle.Result => Triangle.Left,
                Triangle.Left => Triangle.Result,
                _ => Triangle.None,
            },
        };
        Add(steps, product, s, right, accumulate, to, names);
    }

    /// <summary>Adds the steps for leftᵀ · s, of the right factor's shape.</summary>
    public void OfRight(List<Step> steps, Tensor left, Tensor s, bool accumulate, Tensor to, TensorNames names)
    {
        bool isStraight = Right.Column == 1;
        Batched product = isStraight
            ? new Batched(Heads, Inner, Rows, Columns, Left.Transposed, To, Right)
            : new Batched(Heads, Columns, Rows, Inner, To.Transposed, Left, Right.Transposed);
        bool isTriangular = Triangle == (isStraight ? Triangle.Left : Triangle.Result);
        (Tensor first, Tensor second) = isStraight ? (left, s) : (s, left);
        Add(steps, product with { Triangle = isTriangular ? Triangle.LeftTransposed : Triangle.None }, first, second, accumulate, to, names);
    }

    // The kernel takes vectors of columns of the right factor.
    private static void Add(List<Step> steps, Batched product, Tensor left, Tensor right, bool accumulate, Tensor to, TensorNames names)
    {
        Tensor? columnsOf = null;
        if (product.Right.Column != 1)
        {
            columnsOf = right.Varies ? right : null;
            Extent extent = new(product.Heads * product.Inner, product.Columns, Simd.RoundUp(product.Columns));
            Matrices rows = new(product.Inner * extent.Pitch, extent.Pitch, 1);
            Tensor transposed = names.New(right.Symbol + "Transposed", extent);
            steps.Add(new Move(right, Transposition(product, rows, right.Extent.Count), Adds: false, transposed));
            (product, right) = (product with { Right = rows }, transposed);
        }

        // Padding must be finite.
        if (!accumulate && to.Pitch > to.Lanes)
        {
            steps.Add(new Clear(to.Lanes, to));
        }

        steps.Add(new Product(product, false, left, new Live(right), null, accumulate, to) { ColumnsOf = columnsOf });
    }

    /// <summary>The right factor with its positions, which are its columns, side by side.</summary>
    private static Nest Transposition(Batched product, Matrices to, Count? positions) => Nest.Of(
        0,
        0,
        [
            new NestAxis(product.Heads, product.Right.Head, to.Head),
            new NestAxis(product.Inner, product.Right.Row, to.Row),
            new NestAxis(product.Columns, product.Right.Column, to.Column, positions),
        ]);
}
