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
    public IEnumerable<Tensor> Reads() => Parts().OfType<Read>().Select(read => read.Tensor);

    /// <summary>The expression times a number; itself if that is 1.</summary>
    public Expression ScaledBy(double factor) => factor == 1 ? this : new Scaled(factor, this);
}

/// <summary>The element of a tensor.</summary>
internal sealed record Read(Tensor Tensor) : Expression([]);

/// <summary>The weight of the element's channel.</summary>
internal sealed record ReadWeight(WeightSet Weights) : Expression([]);

/// <summary>The bias of the element's channel.</summary>
internal sealed record ReadBias(BiasSet Bias) : Expression([]);

/// <summary>max(x, 0).</summary>
internal sealed record PositivePart(Expression Operand) : Expression([Operand]);

/// <summary>min(x, 0).</summary>
internal sealed record NegativePart(Expression Operand) : Expression([Operand]);

internal sealed record Scaled(double Factor, Expression Operand) : Expression([Operand]);

internal sealed record Sum(Expression Left, Expression Right) : Expression([Left, Right]);

internal sealed record Difference(Expression Left, Expression Right) : Expression([Left, Right]);

internal sealed record Times(Expression Left, Expression Right) : Expression([Left, Right]);

/// <summary>R / s_ε(z); 0 where the stabilised z is 0, which only ε = 0 allows.</summary>
internal sealed record Quotient(Expression Relevance, Expression Denominator, double Stabilizer) : Expression([Relevance, Denominator]);

/// <summary>The value where the condition has the sign, else 0.</summary>
internal sealed record Where(OutputSign Sign, Expression Condition, Expression Value) : Expression([Condition, Value]);
