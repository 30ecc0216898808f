namespace LrpGen.Generator.Planning;

/// <summary>A value computed for every element of a tensor from the same element of others.</summary>
/// <param name="Operands">What it is computed from.</param>
internal abstract record Expression(IReadOnlyList<Expression> Operands)
{
    public static Expression operator +(Expression left, Expression right) => new Sum(left, right);

    public static Expression operator -(Expression left, Expression right) => new Difference(left, right);

    public static Expression operator *(Expression left, Expression right) => new Times(left, right);

    /// <summary>The expression and all that it is computed from.</summary>
    public IEnumerable<Expression> Parts() => Operands.SelectMany(operand => operand.Parts()).Prepend(this);

    /// <summary>The tensors whose elements it is computed from.</summary>
    public IEnumerable<Tensor> Reads() => Parts().Select(part => part.Own).OfType<Tensor>();

    /// <summary>The tensor that it reads itself; null if it reads none.</summary>
    protected virtual Tensor? Own => null;

    /// <summary>The expression times a number; itself if that is 1.</summary>
    public Expression ScaledBy(double factor) => factor == 1 ? this : new Scaled(factor, this);

    /// <summary>The same expression of other tensors.</summary>
    /// <param name="map">What stands in for a tensor.</param>
    public abstract Expression On(Func<Tensor, Tensor> map);
}

/// <summary>The element of a tensor.</summary>
internal sealed record Read(Tensor Tensor) : Expression([])
{
    protected override Tensor? Own => Tensor;

    public override Expression On(Func<Tensor, Tensor> map) => new Read(map(Tensor));
}

/// <summary>The same number for every element.</summary>
internal sealed record Constant(double Value) : Expression([])
{
    public override Expression On(Func<Tensor, Tensor> map) => this;
}

/// <summary>The element of the same lane of a tensor of one row.</summary>
internal sealed record ReadRow(Tensor Tensor) : Expression([])
{
    protected override Tensor? Own => Tensor;

    public override Expression On(Func<Tensor, Tensor> map) => new ReadRow(map(Tensor));
}

/// <summary>The weight of the element's lane.</summary>
internal sealed record ReadWeight(WeightSet Weights) : Expression([])
{
    public override Expression On(Func<Tensor, Tensor> map) => this;
}

/// <summary>The bias of the element's lane, or of the element itself if there is one for every row.</summary>
internal sealed record ReadBias(BiasSet Bias) : Expression([])
{
    public override Expression On(Func<Tensor, Tensor> map) => this;
}

/// <summary>max(x, 0).</summary>
internal sealed record PositivePart(Expression Operand) : Expression([Operand])
{
    public override Expression On(Func<Tensor, Tensor> map) => new PositivePart(Operand.On(map));
}

/// <summary>min(x, 0).</summary>
internal sealed record NegativePart(Expression Operand) : Expression([Operand])
{
    public override Expression On(Func<Tensor, Tensor> map) => new NegativePart(Operand.On(map));
}

internal sealed record Scaled(double Factor, Expression Operand) : Expression([Operand])
{
    public override Expression On(Func<Tensor, Tensor> map) => new Scaled(Factor, Operand.On(map));
}

internal sealed record Sum(Expression Left, Expression Right) : Expression([Left, Right])
{
    public override Expression On(Func<Tensor, Tensor> map) => new Sum(Left.On(map), Right.On(map));
}

internal sealed record Difference(Expression Left, Expression Right) : Expression([Left, Right])
{
    public override Expression On(Func<Tensor, Tensor> map) => new Difference(Left.On(map), Right.On(map));
}

internal sealed record Times(Expression Left, Expression Right) : Expression([Left, Right])
{
    public override Expression On(Func<Tensor, Tensor> map) => new Times(Left.On(map), Right.On(map));
}

/// <summary>R / s_ε(z); 0 where the stabilised z is 0, which only ε = 0 allows.</summary>
internal sealed record Quotient(Expression Relevance, Expression Denominator, double Stabilizer) : Expression([Relevance, Denominator])
{
    public override Expression On(Func<Tensor, Tensor> map) => new Quotient(Relevance.On(map), Denominator.On(map), Stabilizer);
}

/// <summary>The value where the condition has the sign, else 0.</summary>
internal sealed record Where(OutputSign Sign, Expression Condition, Expression Value) : Expression([Condition, Value])
{
    public override Expression On(Func<Tensor, Tensor> map) => new Where(Sign, Condition.On(map), Value.On(map));
}
