namespace LrpGen.Onnx.Import;

/// <summary>What a name in the graph stands for.</summary>
internal abstract class Value;

/// <summary>A tensor that is known: an initializer, or computed from such and from shapes.</summary>
/// <param name="name">Name of the initializer that it comes from; empty if none.</param>
/// <param name="shape">Its shape.</param>
/// <param name="floats">Elements of a floating-point type, else null.</param>
/// <param name="integers">Elements of an integer type, else null.</param>
internal sealed class Constant(string name, IReadOnlyList<int> shape, float[]? floats, long[]? integers) : Value
{
    public string Name => name;

    public IReadOnlyList<int> Shape => shape;

    public float[]? Floats => floats;

    public long[]? Integers => integers;

    public int Count => floats?.Length ?? integers!.Length;

    public double this[int index] => floats is null ? integers![index] : floats[index];

    /// <summary>The rows of a table that it consists of, if it was looked up there.</summary>
    public (Constant Table, int[] Rows)? LookedUp { get; init; }

    public static Constant Of(params long[] integers) => new("", [integers.Length], null, integers);

    /// <summary>Of floating-point numbers, or integers.</summary>
    public static Constant Of(IReadOnlyList<int> shape, double[] values, bool isInteger) => isInteger
        ? new("", shape, null, Array.ConvertAll(values, value => (long)value))
        : new("", shape, Array.ConvertAll(values, value => (float)value), null);

    /// <summary>The same elements in another shape.</summary>
    /// <exception cref="UnsupportedException">The shape is not of as many elements.</exception>
    public Constant Reshape(IReadOnlyList<int> newShape) => newShape.Aggregate(1L, (product, size) => product * size) == Count
        ? new(name, newShape, floats, integers)
        : throw new UnsupportedException($"({string.Join(", ", shape)}) cannot become ({string.Join(", ", newShape)})");

    /// <summary>The elements of these indices, in another shape.</summary>
    public Constant Pick(IReadOnlyList<int> newShape, int[] indices) => new(
        indices.Length == Count ? name : "",
        newShape,
        floats is null ? null : Array.ConvertAll(indices, index => floats[index]),
        integers is null ? null : Array.ConvertAll(indices, index => integers[index]));

    /// <summary>The same elements under the name that an alias gives them.</summary>
    public Constant Named(string alias) => new(alias, shape, floats, integers);

    /// <summary>Whether all elements are a number.</summary>
    public bool IsAll(double number) => Enumerable.Range(0, Count).All(index => this[index] == number);
}

/// <summary>The ids of a network of tokens, (1, T), which an embedding reads.</summary>
internal sealed class TokenIds(int count) : Value
{
    public int Count => count;
}

/// <summary>A number beside layers' outputs, such as the 0.5 of GELU, or an attribute of an activation.</summary>
internal sealed class Scalar(double number) : Value
{
    public double Number => number;
}

/// <summary>A layer's output with zeros around it, which the next layer takes in if it can.</summary>
/// <param name="node">The node that pads.</param>
/// <param name="source">What it pads.</param>
/// <param name="padding">For each spatial axis the zeros before and after.</param>
internal sealed class Padded(Node node, LayerOutput source, IReadOnlyList<(int Begin, int End)> padding) : Value
{
    public Node Node => node;

    public LayerOutput Source => source;

    public IReadOnlyList<(int Begin, int End)> Padding => padding;

    /// <summary>The layer that it has become.</summary>
    public LayerOutput? Layer { get; set; }
}

/// <summary>A mean or norm along axes, which stay with size 1; a normalisation in pieces is made of such, else it becomes a layer.</summary>
/// <param name="call">The node.</param>
/// <param name="source">What it reads.</param>
/// <param name="axes">The graph's axes, ascending.</param>
internal sealed class Reduced(Call call, Value source, int[] axes) : Value
{
    public Call Call => call;

    public Value Source => source;

    public int[] Axes => axes;

    /// <summary>The layer that it has become.</summary>
    public LayerOutput? Layer { get; set; }
}

/// <summary>A product of two values; attention is made of two such, else it becomes a layer.</summary>
/// <param name="call">The node.</param>
/// <param name="left">The left factor.</param>
/// <param name="right">The right one.</param>
internal sealed class Product(Call call, Value left, Value right) : Value
{
    public Call Call => call;

    public Value Left => left;

    public Value Right => right;

    /// <summary>The layer that it has become.</summary>
    public LayerOutput? Layer { get; set; }
}

/// <summary>Heads of keys or values of which each is for several of queries, in a row.</summary>
/// <param name="node">The node that repeats them.</param>
/// <param name="source">The heads, each once.</param>
/// <param name="times">How often each is there.</param>
internal sealed class Shared(Node node, LayerOutput source, int times) : Value
{
    public Node Node => node;

    public LayerOutput Source => source;

    public int Times => times;
}

/// <summary>Scores of attention of which a query has those of keys up to its own position.</summary>
/// <param name="node">The node that takes the others away.</param>
/// <param name="source">All scores.</param>
internal sealed class Masked(Node node, Value source) : Value
{
    public Node Node => node;

    public Value Source => source;
}

/// <summary>A softmax, which becomes a layer only if something reads it.</summary>
/// <param name="node">The node.</param>
/// <param name="source">What it reads.</param>
/// <param name="axis">The graph's axis.</param>
internal sealed class Normalized(Node node, Value source, int axis) : Value
{
    public int Axis => axis;

    public Node Node => node;

    public Value Source => source;

    /// <summary>The layer that it has become.</summary>
    public LayerOutput? Layer { get; set; }
}

/// <summary>A function of every element, made of one or more nodes; it becomes a layer when something else reads it.</summary>
/// <param name="node">The last node.</param>
/// <param name="function">What that node computes of its operands' elements.</param>
/// <param name="operands">Layers' outputs, other functions and numbers.</param>
internal sealed class Elementwise(Node node, Func<double[], double> function, IReadOnlyList<Value> operands) : Value
{
    public Node Node => node;

    public IReadOnlyList<Value> Operands => operands;

    /// <summary>The layer that it has become.</summary>
    public LayerOutput? Layer { get; set; }

    /// <summary>Whether it could become a layer; null until that is known.</summary>
    public bool? IsLayer { get; set; }

    /// <summary>Whether it adds values that depend on the input.</summary>
    public bool IsSum => node.Operator is "Add" or "Sum" && !operands.Any(operand => operand is Scalar);

    /// <summary>Whether it multiplies two values that depend on the input.</summary>
    public bool IsProduct => node.Operator == "Mul" && !operands.Any(operand => operand is Scalar);

    /// <summary>Number of nodes, those that are used twice counted twice.</summary>
    public int Size { get; } = 1 + operands.Sum(operand => operand is Elementwise inner ? inner.Size : 0);

    /// <summary>All that it is made of, with what is read before what reads it.</summary>
    public IEnumerable<Value> Parts =>
        operands.SelectMany(operand => operand is Elementwise inner ? inner.Parts.Append(inner) : [operand]).Distinct();

    /// <summary>The numbers in it.</summary>
    public IEnumerable<double> Numbers => Parts.OfType<Scalar>().Select(scalar => scalar.Number).Distinct();

    /// <summary>Its value where <paramref name="argument"/> is x; not a number if it depends on other layers' outputs too.</summary>
    public double Evaluate(Value argument, double x)
    {
        double[] values = [.. operands.Select(operand => operand switch
        {
            _ when ReferenceEquals(operand, argument) => x,
            Scalar scalar => scalar.Number,
            Elementwise inner => inner.Evaluate(argument, x),
            _ => double.NaN,
        })];
        return values.Any(double.IsNaN) ? double.NaN : function(values);
    }
}
