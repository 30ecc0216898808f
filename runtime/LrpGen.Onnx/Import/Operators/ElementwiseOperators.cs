namespace LrpGen.Onnx.Import;

/// <summary>Functions of every element. Attributes are numbers beside the inputs, so that all arguments of an activation are found alike.</summary>
internal static class ElementwiseOperators
{
    /// <summary>Nodes of one function; GELU has 9. More are no activation, and would take ever longer to find out.</summary>
    private const int LargestFunction = 32;

    /// <summary>Inputs of one operator; the time to find an activation grows with the square of its numbers.</summary>
    public const int MostOperands = 32;

    public static IReadOnlyDictionary<string, Func<double[], double>> Functions { get; } = new Dictionary<string, Func<double[], double>>
    {
        ["Add"] = x => x.Sum(),
        ["Sum"] = x => x.Sum(),
        ["Sub"] = x => x[0] - x[1],
        ["Mul"] = x => x[0] * x[1],
        ["Div"] = x => x[0] / x[1],
        ["Pow"] = x => Math.Pow(x[0], x[1]),
        ["Neg"] = x => -x[0],
        ["Erf"] = x => Activation.Erf(x[0]),
        ["Greater"] = x => x[0] > x[1] ? 1 : 0,
        ["Where"] = x => x[0] != 0 ? x[1] : x[2],
        ["Max"] = x => x.Max(),
        ["Min"] = x => x.Min(),
        ["Clip"] = x => Math.Min(Math.Max(x[0], x[1]), x[2]),
        ["Relu"] = x => Math.Max(x[0], 0),
        ["LeakyRelu"] = x => x[0] >= 0 ? x[0] : x[1] * x[0],
        ["PRelu"] = x => x[0] >= 0 ? x[0] : x[1] * x[0],
        ["Elu"] = x => Activation.Elu(x[0], x[1]),
        ["Sigmoid"] = x => Activation.Sigmoid(x[0]),
        ["Tanh"] = x => Math.Tanh(x[0]),
        ["Softplus"] = x => Activation.Softplus(x[0]),
        ["HardSigmoid"] = x => Math.Clamp((x[0] * x[1]) + x[2], 0, 1),
        ["HardSwish"] = x => x[0] * Activation.Hardsigmoid(x[0]),
        ["Mish"] = x => Activation.Mish(x[0]),
        ["Selu"] = x => Activation.Selu(x[0], x[1], x[2]),
        ["Celu"] = x => Activation.Celu(x[0], x[1]),
        ["Softsign"] = x => Activation.Softsign(x[0]),
        ["Exp"] = x => Math.Exp(x[0]),
        ["Log"] = x => Math.Log(x[0]),
        ["Abs"] = x => Math.Abs(x[0]),
        ["Sqrt"] = x => Math.Sqrt(x[0]),
        ["Reciprocal"] = x => 1 / x[0],
        ["Gelu"] = x => x[1] == 0 ? Activation.Gelu(x[0]) : Activation.GeluTanh(x[0]),
    };

    public static Value Apply(Call call)
    {
        Func<double[], double> function = Functions[call.Node.Operator];
        CheckCount(call);
        if (call.Inputs.All(input => input is null or Constant))
        {
            return Fold(call, function);
        }

        int perChannel = call.Inputs.Index().FirstOrDefault(
            input => input.Item is Constant constant && (constant.Count != 1 || IsBiasOfOne(call, 1 - input.Index)), (-1, null)).Index;
        if (perChannel >= 0)
        {
            return call.Node.Operator == "PRelu" && perChannel == 1 ? LinearOperators.PRelu(call)
                : call.Inputs.Count == 2 ? LinearOperators.PerChannel(call, 1 - perChannel)
                : throw call.Node.Unsupported("it takes a whole tensor");
        }

        Elementwise applied = new(call.Node, function, Operands(call));
        return IsActivation(applied) ? call.Layers.LayerOf(applied) : applied;
    }

    /// <summary>Whether it is a layer by itself, which may stand at once behind the layer that it reads; others may be a part of one.</summary>
    private static bool IsActivation(Elementwise function) => function.Operands[0] is LayerOutput && function.Node.Operator switch
    {
        "Relu" or "LeakyRelu" or "Elu" or "Celu" or "Selu" or "HardSwish" or "Mish" or "Softsign" => true,
        "Clip" => function.Operands is [_, Scalar { Number: 0 }, Scalar { Number: 6 }],
        _ => false,
    };

    private static Value[] Operands(Call call)
    {
        List<Value> operands = [.. call.Inputs.OfType<Value>().Select(input => Operand(call, input))];
        switch (call.Node.Operator)
        {
            case "LeakyRelu":
                operands.Add(new Scalar(call.Node.Number("alpha", 0.01)));
                break;
            case "Elu" or "Celu":
                operands.Add(new Scalar(call.Node.Number("alpha", 1)));
                break;
            case "HardSigmoid":
                operands.Add(new Scalar(call.Node.Number("alpha", 0.2)));
                operands.Add(new Scalar(call.Node.Number("beta", 0.5)));
                break;
            case "Selu":
                operands.Add(new Scalar(call.Node.Number("alpha", Activation.SeluAlpha)));
                operands.Add(new Scalar(call.Node.Number("gamma", Activation.SeluGamma)));
                break;
            case "Gelu":
                operands.Add(new Scalar(call.Node.Text("approximate", "none") == "tanh" ? 1 : 0));
                break;
            case "Clip":
                return [operands[0], Bound(call, 1, "min", double.NegativeInfinity), Bound(call, 2, "max", double.PositiveInfinity)];
        }

        return [.. operands];
    }

    /// <summary>Whether a single number is added to a layer of one channel that has no bias.</summary>
    private static bool IsBiasOfOne(Call call, int input) =>
        call.Inputs.Count == 2
        && call.Inputs[input] is LayerOutput output
        && LinearOperators.TakesBias(call, input)
        && output.Shape[LinearOperators.BiasAxis(call, output)] == 1;

    private static void CheckCount(Call call)
    {
        (int least, int most) = call.Node.Operator switch
        {
            "Add" or "Sub" or "Mul" or "Div" or "Pow" or "Greater" or "PRelu" => (2, 2),
            "Where" => (3, 3),
            "Sum" or "Max" or "Min" => (1, MostOperands),
            "Clip" => (1, 3),
            _ => (1, 1),
        };
        if (call.Inputs.Count < least || call.Inputs.Count > most || call.Inputs.Take(call.Node.Operator == "Clip" ? 1 : most).Contains(null))
        {
            throw call.Node.Unsupported($"it has {call.Inputs.OfType<Value>().Count()} inputs");
        }
    }

    private static Value Operand(Call call, Value input) => input switch
    {
        Constant constant => new Scalar(constant[0]),
        Elementwise { Layer: { } layer } => layer,
        Elementwise { Size: < LargestFunction } => input,
        Reduced reduced => reduced.Layer ?? input,
        _ => call.Layers.LayerOf(input),
    };

    private static Scalar Bound(Call call, int index, string attribute, double otherwise) => new(call.OptionalFloats(index) switch
    {
        null => call.Node.Number(attribute, otherwise),
        { Count: 1 } bound => bound[0],
        _ => throw call.Node.Unsupported("its bounds are tensors"),
    });

    /// <summary>What depends on no input, such as sizes computed from shapes.</summary>
    private static Constant Fold(Call call, Func<double[], double> function)
    {
        Constant[] inputs = [.. call.Inputs.OfType<Constant>()];
        Constant? shaped = inputs.FirstOrDefault(input => input.Count != 1) ?? inputs.FirstOrDefault();
        if (shaped is null || inputs.Any(input => input.Count != 1 && !input.Shape.SequenceEqual(shaped.Shape)))
        {
            throw call.Node.Unsupported("its inputs are tensors of different shapes");
        }

        if (call.Node.Operator == "Clip" || (inputs.Length < 2 && call.Node.Operator is not ("Sqrt" or "Reciprocal" or "Neg")))
        {
            throw call.Node.Unsupported("its input does not depend on the network's");
        }

        double[] values = [.. Enumerable.Range(0, shaped.Count).Select(i => function([.. inputs.Select(input => input[input.Count == 1 ? 0 : i])]))];
        return shaped.Floats is null
            ? new Constant("", shaped.Shape, null, Array.ConvertAll(values, value => (long)value))
            : new Constant("", shaped.Shape, Array.ConvertAll(values, value => (float)value), null);
    }
}
