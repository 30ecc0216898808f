using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

internal enum ActivationFunction
{
    ReLU,
    ReLU6,
    LeakyReLU,
    ELU,
    GELU,
    GELUTanh,
    SiLU,
    Sigmoid,
    Tanh,
    Softplus,
    Hardswish,
    Hardsigmoid,
    Hardtanh,
    Mish,
    SELU,
    CELU,
    Softsign,
    LogSigmoid,
}

/// <summary>An elementwise function.</summary>
/// <param name="Parameters">LeakyReLU: slope. ELU, CELU: α. Softplus: β, threshold. Hardtanh: least, largest. Else none.</param>
internal sealed record Activation(ActivationFunction Kind, EquatableArray<double> Parameters) : ElementwiseLayer
{
    private Function Function => new(Kind.ToString(), Parameters, FunctionKind.Element);

    public static ParsedLayer Parse(LayerDeclaration layer, ActivationFunction kind, params double[] parameters) =>
        new(new Activation(kind, parameters.ToEquatableArray()), layer.Input);

    public static ParsedLayer ParseGelu(LayerDeclaration layer) => Parse(layer, layer.Arguments.Choice<GeluApproximation>("Approximate") switch
    {
        GeluApproximation.Tanh => ActivationFunction.GELUTanh,
        _ => ActivationFunction.GELU,
    });

    public static ParsedLayer ParseSoftplus(LayerDeclaration layer) => Parse(
        layer,
        ActivationFunction.Softplus,
        layer.Arguments.Number("beta", 1, minimum: float.Epsilon),
        layer.Arguments.Number("threshold", 20));

    public static ParsedLayer ParseHardtanh(LayerDeclaration layer)
    {
        double min = layer.Arguments.Number("min", -1);
        return Parse(layer, ActivationFunction.Hardtanh, min, layer.Arguments.Number("max", 1, minimum: min));
    }

    public override LayerKinds RuleKind => Kind == ActivationFunction.ReLU ? LayerKinds.ReLU : LayerKinds.OtherActivation;

    public override Rule DefaultRule => DefaultRules.Pass;

    public override Sign SignOf(Sign input) => Kind switch
    {
        // From a threshold below 0 on it is the identity.
        ActivationFunction.Softplus when Parameters[1] < 0 => input,
        ActivationFunction.ReLU or ActivationFunction.ReLU6 or ActivationFunction.Sigmoid or ActivationFunction.Softplus
            or ActivationFunction.Hardsigmoid => Sign.NonNegative,
        ActivationFunction.Hardtanh => Parameters[0] >= 0 ? Sign.NonNegative : Parameters[1] >= 0 ? input : Sign.Any,
        ActivationFunction.LogSigmoid => Sign.Any,
        _ => input,
    };

    public override double ValueAtZero(Shape input) => Kind switch
    {
        ActivationFunction.Sigmoid or ActivationFunction.Hardsigmoid => 0.5,
        ActivationFunction.LogSigmoid => -Math.Log(2),
        ActivationFunction.Hardtanh => Math.Min(Math.Max(0, Parameters[0]), Parameters[1]),

        // ln 2 / β, but 0 from a threshold below 0 on.
        ActivationFunction.Softplus => Parameters[1] < 0 ? 0 : Math.Log(2) / Parameters[0],
        _ => 0,
    };

    public override bool IsGate =>
        Kind is ActivationFunction.Sigmoid or ActivationFunction.Hardsigmoid or ActivationFunction.SiLU or ActivationFunction.GELU
            or ActivationFunction.GELUTanh;

    public override IEnumerable<string> Details => Parameters.Select(Numbers.Display);

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => Kind switch
    {
        ActivationFunction.LeakyReLU => [("negative_slope", [Parameters[0]])],
        ActivationFunction.ELU or ActivationFunction.CELU => [("alpha", [Parameters[0]])],
        ActivationFunction.Hardtanh => [("min_val", [Parameters[0]]), ("max_val", [Parameters[1]])],
        ActivationFunction.GELUTanh => [("approximate", [1])],
        ActivationFunction.Softplus => [("beta", [Parameters[0]]), ("threshold", [Parameters[1]])],
        _ => [],
    };

    public override void Forward(LayerForward plan) => plan.Inline(to => new Activate(Function, plan.Input(), to));

    public override void Backward(LayerBackward plan) => Gates.Through(plan, Function, plan.Input());

    public override bool PassesRelevance(PlanContext context, Rule? rule) => Gates.Pass(context, rule!);

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) =>
        Kind is ActivationFunction.ReLU or ActivationFunction.ReLU6 && rule!.Gate == Gate.Pass && ofOutput;

    /// <summary>The runtime's enum of that name.</summary>
    internal enum GeluApproximation
    {
        None,
        Tanh,
    }
}
