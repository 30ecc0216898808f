using LrpGen.Onnx.Layers;

namespace LrpGen.Onnx.Import;

/// <summary>An operator that is a function of every element.</summary>
/// <param name="function">What it computes of an element of each operand.</param>
/// <param name="least">Inputs that it has at least.</param>
/// <param name="most">Inputs that it has at most.</param>
internal sealed class ElementwiseOperator(Func<double[], double> function, int least = 1, int most = 1)
{
    /// <summary>Inputs of one operator; the time to find an activation grows with the square of its numbers.</summary>
    public const int MostOperands = 32;

    /// <summary>Nodes of one function; GELU has 9. More are no activation, and would take ever longer to find out.</summary>
    private const int LargestFunction = 32;

    /// <summary>How many of its inputs, if not all, are values, none of which may be left out; the others are among <see cref="Numbers"/>.</summary>
    public int Values { get; init; } = int.MaxValue;

    /// <summary>Its operands beside values, such as attributes: numbers, so that all arguments of an activation are found alike.</summary>
    public Func<Call, double[]> Numbers { get; init; } = _ => [];

    /// <summary>Whether it is a layer by itself, which may stand at once behind the layer that it reads; others may be a part of one.</summary>
    public Func<IReadOnlyList<Value>, bool> IsLayer { get; init; } = _ => false;

    /// <summary>The layer that it is with a tensor as its second input; null if that has no special meaning.</summary>
    public Func<Call, Value>? WithTensor { get; init; }

    /// <summary>Whether it gives truth values.</summary>
    public bool IsTest { get; init; }

    /// <summary>How many of its first inputs are truth values.</summary>
    public int Tests { get; init; }

    public Value Apply(Call call)
    {
        if (call.Inputs.Count < least || call.Inputs.Count > most || call.Inputs.Take(Values).Contains(null))
        {
            throw call.Node.Unsupported($"it has {call.Inputs.OfType<Value>().Count()} inputs");
        }

        if (call.Inputs.All(input => input is null or Constant))
        {
            return Fold(call);
        }

        if ((Attentions.Masked(call) ?? Unchanged(call)) is { } known)
        {
            return known;
        }

        int tensor = call.Inputs.Index().FirstOrDefault(
            input => input.Item is Constant constant && (constant.Count != 1 || IsBiasOfOne(call, 1 - input.Index)), (-1, null)).Index;
        if (tensor >= 0)
        {
            return tensor == 1 && WithTensor is not null ? WithTensor(call)
                : call.Inputs.Count == 2 ? Channels.PerChannel(call, 1 - tensor)
                : throw call.Node.Unsupported("it takes a whole tensor");
        }

        Value[] operands =
        [
            .. call.Inputs.Take(Values).OfType<Value>().Select(input => Operand(call, input)),
            .. Numbers(call).Select(number => new Scalar(number)),
        ];
        Elementwise applied = new(call.Node, function, operands);
        return operands[0] is LayerOutput && IsLayer(operands) ? call.Layers.LayerOf(applied) : applied;
    }

    /// <summary>Whether a single number is added to a layer of one channel that has no bias.</summary>
    private static bool IsBiasOfOne(Call call, int input) =>
        call.Inputs.Count == 2
        && call.Inputs[input] is LayerOutput output
        && Channels.TakesBias(call, input)
        && output.Shape[Channels.BiasAxis(call, output)] == 1;

    /// <summary>What the node reads, if it adds zeros or multiplies by ones that were computed, as of a mask of ones; else null.</summary>
    private static Value? Unchanged(Call call)
    {
        (Value? source, Constant? constant) = call.Inputs switch
        {
            [Constant first, { } other] when call.Node.Operator is "Add" or "Mul" => (other, first),
            [{ } other, Constant second] => (other, second),
            _ => ((Value?)null, (Constant?)null),
        };
        double? neutral = call.Node.Operator switch { "Add" or "Sub" => 0, "Mul" or "Div" => 1, _ => null };
        return constant is { Name.Length: 0, Count: > 1 } && neutral is double number && constant.IsAll(number) && source is not TokenIds
            && constant.Shape.Count <= call.Rank(source!)
            ? source
            : null;
    }

    private static Value Operand(Call call, Value input) => input switch
    {
        Constant constant => new Scalar(constant[0]),
        Elementwise { Layer: { } layer } => layer,
        Elementwise { Size: < LargestFunction } => input,
        Reduced reduced => reduced.Layer ?? input,
        Product product => product.Layer ?? input,
        _ => call.Layers.LayerOf(input),
    };

    /// <summary>What depends on no input, such as sizes computed from shapes, and masks.</summary>
    private Constant Fold(Call call)
    {
        Constant[] inputs = [.. call.Inputs.Take(Values).OfType<Constant>()];
        bool isInteger = IsTest || inputs.Skip(Tests).All(input => input.Floats is null);
        double[] numbers = Numbers(call);
        return Broadcasting.Apply(call, inputs, values => function([.. values, .. numbers]), isInteger);
    }
}
