using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>What is known of the values of an activation f.</summary>
internal enum ValueRange
{
    /// <summary>f(z) = 0 where z ≤ 0, and f(z) ≥ 0 elsewhere.</summary>
    Rectified,

    /// <summary>f ≥ 0.</summary>
    NonNegative,

    /// <summary>f(z) ≥ 0 where z ≥ 0.</summary>
    LikeInput,

    /// <summary>f may be negative where z ≥ 0.</summary>
    Any,
}

/// <summary>An elementwise function, as it is with the layer's arguments.</summary>
/// <param name="Function">The runtime's function.</param>
/// <param name="Range">What is known of its values.</param>
/// <param name="AtZero">f(0).</param>
/// <param name="IsGating">Whether a product takes it for the gate of its other factor.</param>
/// <param name="Named">The arguments that no shape tells, by PyTorch's names.</param>
internal sealed record Activation(
    Function Function, ValueRange Range, double AtZero, bool IsGating, EquatableArray<(string Name, EquatableArray<double> Values)> Named)
    : ElementwiseLayer
{
    /// <summary>All activations: one row for each, by PyTorch's name.</summary>
    public static IReadOnlyDictionary<string, Func<LayerDeclaration, ParsedLayer?>> Rows { get; } =
        new Dictionary<string, Func<LayerDeclaration, Activation>>
        {
            ["ReLU"] = layer => Of(layer, [], ValueRange.Rectified, atZero: 0, isGate: false),
            ["ReLU6"] = layer => Of(layer, [], ValueRange.Rectified, atZero: 0, isGate: false),
            ["LeakyReLU"] = layer => Of(
                layer, [("negative_slope", layer.Arguments.Number("slope", 0.01))], ValueRange.LikeInput, atZero: 0, isGate: false),
            ["ELU"] = layer => Of(layer, [("alpha", layer.Arguments.Number("alpha", 1))], ValueRange.LikeInput, atZero: 0, isGate: false),
            ["GELU"] = Gelu,
            ["SiLU"] = layer => Of(layer, [], ValueRange.LikeInput, atZero: 0, isGate: true),
            ["Sigmoid"] = layer => Of(layer, [], ValueRange.NonNegative, atZero: 0.5, isGate: true),
            ["Tanh"] = layer => Of(layer, [], ValueRange.LikeInput, atZero: 0, isGate: false),
            ["Softplus"] = Softplus,
            ["Hardswish"] = layer => Of(layer, [], ValueRange.LikeInput, atZero: 0, isGate: false),
            ["Hardsigmoid"] = layer => Of(layer, [], ValueRange.NonNegative, atZero: 0.5, isGate: true),
            ["Hardtanh"] = Hardtanh,
            ["Mish"] = layer => Of(layer, [], ValueRange.LikeInput, atZero: 0, isGate: false),
            ["SELU"] = layer => Of(layer, [], ValueRange.LikeInput, atZero: 0, isGate: false),
            ["CELU"] = layer => Of(
                layer, [("alpha", layer.Arguments.Number("alpha", 1, minimum: float.Epsilon))], ValueRange.LikeInput, atZero: 0, isGate: false),
            ["Softsign"] = layer => Of(layer, [], ValueRange.LikeInput, atZero: 0, isGate: false),
            ["LogSigmoid"] = layer => Of(layer, [], ValueRange.Any, atZero: -Math.Log(2), isGate: false),
        }.ToDictionary(row => row.Key, row => (Func<LayerDeclaration, ParsedLayer?>)(layer => new ParsedLayer(row.Value(layer), layer.Input)));

    public override LayerKinds RuleKind => Function.Name == "ReLU" ? LayerKinds.ReLU : LayerKinds.OtherActivation;

    public override Rule DefaultRule => DefaultRules.Pass;

    public override Sign SignOf(Sign input) => Range switch
    {
        ValueRange.Rectified or ValueRange.NonNegative => Sign.NonNegative,
        ValueRange.LikeInput => input,
        ValueRange.Any => Sign.Any,
        _ => throw new InvalidOperationException($"No sign for {Range}."),
    };

    public override SomeRows? RowsRead(int input, SomeRows? written) => written;

    public override double ValueAtZero(Shape input) => AtZero;

    public override bool IsGate => IsGating;

    public override IEnumerable<string> Details => Function.Parameters.Select(Numbers.Display);

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => Named;

    public override void Forward(LayerForward plan) => plan.Inline(to => new Activate(Function, plan.Input(), to));

    public override void Backward(LayerBackward plan) => Gates.Through(plan, Function, plan.Input());

    public override bool PassesRelevance(PlanContext context, Rule? rule) => Gates.Pass(context, rule!);

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) =>
        Range == ValueRange.Rectified && rule!.Gate == Gate.Pass && ofOutput;

    /// <summary>The runtime's function of the layer's name.</summary>
    /// <param name="parameters">Its numbers, by PyTorch's names.</param>
    private static Activation Of(
        LayerDeclaration layer, (string Name, double Value)[] parameters, ValueRange range, double atZero, bool isGate) => new(
        new Function(layer.Kind, parameters.Select(parameter => parameter.Value).ToEquatableArray(), FunctionKind.Element),
        range,
        atZero,
        isGate,
        parameters.Select(parameter => (parameter.Name, (EquatableArray<double>)[parameter.Value])).ToEquatableArray());

    private static Activation Gelu(LayerDeclaration layer)
    {
        Activation exact = Of(layer, [], ValueRange.LikeInput, atZero: 0, isGate: true);
        return layer.Arguments.Choice<GeluApproximation>("Approximate") == GeluApproximation.Tanh
            ? exact with { Function = exact.Function with { Name = "GELUTanh" }, Named = [("approximate", [1])] }
            : exact;
    }

    private static Activation Softplus(LayerDeclaration layer)
    {
        double beta = layer.Arguments.Number("beta", 1, minimum: float.Epsilon);
        double threshold = layer.Arguments.Number("threshold", 20);

        // From a threshold below 0 on it is the identity.
        (ValueRange range, double atZero) = threshold < 0 ? (ValueRange.LikeInput, 0) : (ValueRange.NonNegative, Math.Log(2) / beta);
        return Of(layer, [("beta", beta), ("threshold", threshold)], range, atZero, isGate: false);
    }

    private static Activation Hardtanh(LayerDeclaration layer)
    {
        double min = layer.Arguments.Number("min", -1);
        double max = layer.Arguments.Number("max", 1, minimum: min);
        ValueRange range = min >= 0 ? ValueRange.NonNegative : max >= 0 ? ValueRange.LikeInput : ValueRange.Any;
        return Of(layer, [("min_val", min), ("max_val", max)], range, atZero: Math.Min(Math.Max(0, min), max), isGate: false);
    }

    /// <summary>The runtime's enum of that name.</summary>
    internal enum GeluApproximation
    {
        None,
        Tanh,
    }
}
