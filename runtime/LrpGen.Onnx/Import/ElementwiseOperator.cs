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

    /// <summary>How many constants it is computed of at once, as sizes are from shapes.</summary>
    public int LeastFolded { get; init; } = 2;

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

    private static Value Operand(Call call, Value input) => input switch
    {
        Constant constant => new Scalar(constant[0]),
        Elementwise { Layer: { } layer } => layer,
        Elementwise { Size: < LargestFunction } => input,
        Reduced reduced => reduced.Layer ?? input,
        _ => call.Layers.LayerOf(input),
    };

    /// <summary>What depends on no input, such as sizes computed from shapes.</summary>
    private Constant Fold(Call call)
    {
        Constant[] inputs = [.. call.Inputs.OfType<Constant>()];
        Constant? shaped = inputs.FirstOrDefault(input => input.Count != 1) ?? inputs.FirstOrDefault();
        if (shaped is null || inputs.Any(input => input.Count != 1 && !input.Shape.SequenceEqual(shaped.Shape)))
        {
            throw call.Node.Unsupported("its inputs are tensors of different shapes");
        }

        if (inputs.Length < LeastFolded)
        {
            throw call.Node.Unsupported("its input does not depend on the network's");
        }

        double[] values = [.. Enumerable.Range(0, shaped.Count).Select(i => function([.. inputs.Select(input => input[input.Count == 1 ? 0 : i])]))];
        return shaped.Floats is null
            ? new Constant("", shaped.Shape, null, Array.ConvertAll(values, value => (long)value))
            : new Constant("", shaped.Shape, Array.ConvertAll(values, value => (float)value), null);
    }
}
