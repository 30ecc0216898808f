using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>w (a − μ) / σ + b, with the mean μ and the deviation σ of a region of the input: of a layer, a group, or a channel.</summary>
/// <param name="Dim">The axis in the lanes.</param>
/// <param name="Parameter">Shape of the weights, of which the first axis lies in the lanes.</param>
/// <param name="Groups">Of channels; null for a region of the last axes.</param>
internal sealed record Normalization(Statistics Statistics, int Dim, EquatableArray<int> Parameter, bool HasWeights, bool HasBiases, int? Groups)
    : ElementwiseLayer
{
    public static ParsedLayer? ParseLayer(LayerDeclaration layer)
    {
        int axes = layer.Arguments.Integer(1, 1, layer.Input.Rank, "Axes");
        bool affine = layer.Arguments.Flag("Affine", true);
        bool bias = affine && layer.Arguments.Flag("Bias", true);
        return OverLast(layer, axes, centred: true, EpsOf(layer, 1e-5), affine, bias);
    }

    public static ParsedLayer? ParseRms(LayerDeclaration layer) =>
        OverLast(layer, 1, centred: false, EpsOf(layer, 1e-6), weights: true, biases: false);

    public static ParsedLayer? ParseGroup(LayerDeclaration layer)
    {
        int channels = layer.Input[0];
        int groups = layer.Arguments.Integer(1, 1, "groups");
        if (layer.Arguments.Valid && channels % groups != 0)
        {
            layer.Fault(Descriptors.GroupsDoNotDivide, "groups", groups, channels, channels);
        }

        return OfGroups(layer, groups, layer.Arguments.Flag("Affine", true));
    }

    /// <param name="rank">Of the input: 2 or 3.</param>
    public static ParsedLayer? ParseInstance(LayerDeclaration layer, int rank) =>
        layer.Takes(rank) ? OfGroups(layer, layer.Input[0], layer.Arguments.Flag("Affine", false)) : null;

    /// <summary>Whether what it gives stays the same if all features of a row grow by the same number.</summary>
    public bool SubtractsMeanOfRow => Groups is null && Statistics.Centred;

    public override EquatableArray<WeightTensor> Weights =>
    [
        .. HasWeights ? [new("weight", Parameter)] : Array.Empty<WeightTensor>(),
        .. HasBiases ? [new("bias", Parameter)] : Array.Empty<WeightTensor>(),
    ];

    public override WeightForm? WeightForm => HasWeights ? new LaneWeights(Parameter[0]) : null;

    public override LayerKinds RuleKind => LayerKinds.Normalization;

    public override Rule DefaultRule => DefaultRules.Epsilon;

    public override Sign SignOf(Sign input) => Sign.Any;

    public override Variation Vary(Shape input, VariableAxis axis) =>
        Groups is null && axis.Axis >= input.Rank - Parameter.Count ? Variation.Impossible : base.Vary(input, axis);

    public override SomeRows? RowsRead(int input, SomeRows? written) => Groups is null && Parameter.Count == 1 ? written : null;

    public override int LanesToRead(Shape input, int present) => Dim;

    public override IEnumerable<string> Details =>
    [
        .. Parameter.Count > 1 ? [$"last {Parameter.Count} axes"] : Array.Empty<string>(),
        .. Groups is null ? [] : new[] { $"{Groups} groups" },
        .. HasWeights ? [] : new[] { "no weights" },
        .. HasWeights && !HasBiases && Statistics.Centred ? ["no bias"] : Array.Empty<string>(),
    ];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments =>
    [
        Groups is int groups ? ("num_groups", [groups]) : ("normalized_shape", Parameter.Select(size => (double)size).ToEquatableArray()),
        ("eps", [Statistics.Eps]),
    ];

    public override void Forward(LayerForward plan) => plan.Product(
        MapOf(plan.Context, plan.Input(), plan.Names),
        $"z_i = {(HasWeights ? "w_i " : "")}{(Statistics.Centred ? "(a_i − μ)" : "a_i")} / σ{(HasBiases ? " + b_i" : "")}.");

    public override void Backward(LayerBackward plan)
    {
        if (!IsDerivative(plan.Rule))
        {
            plan.Share(names => MapOf(plan.Context, plan.Input(), names));
            return;
        }

        Tensor result = plan.NewRelevance();
        plan.Method(
            plan.Rule.Name,
            "R_i = Σ_j R_j ∂z_j/∂a_i.",
            [new NormalizeBack(Statistics, plan.Input(), WeightSet(plan.Context), ConstantDeviation: false, plan.Relevance, result)],
            (plan.Input(), "a"),
            (plan.Relevance, "Rj"),
            (result, "Ri"));
        plan.Account(new Gated(result));
        plan.Give(result);
    }

    public override bool PassesRelevance(PlanContext context, Rule? rule) => !IsDerivative(rule!) && !IsProportional(rule!);

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => inputIsNonNegative && IsProportional(rule!);

    private int RowsOfWeights => Parameter.Skip(1).Aggregate(1, (product, size) => product * size);

    private static double EpsOf(LayerDeclaration layer, double fallback) => layer.Arguments.Number("Eps", fallback, minimum: 0);

    private static ParsedLayer? OverLast(LayerDeclaration layer, int axes, bool centred, double eps, bool weights, bool biases)
    {
        if (!layer.Arguments.Valid)
        {
            return null;
        }

        int dim = layer.Input.Rank - axes;
        Statistics statistics = new(layer.Input.Product(dim + 1, layer.Input.Rank), layer.Input[dim], centred, eps);
        EquatableArray<int> parameter = layer.Input.Sizes.Skip(dim).ToEquatableArray();
        return layer.Holds(statistics.Rows, Limits.Pitch(statistics.Lanes))
            ? new ParsedLayer(new Normalization(statistics, dim, parameter, weights, biases, Groups: null), layer.Input)
            : null;
    }

    private static ParsedLayer? OfGroups(LayerDeclaration layer, int groups, bool affine)
    {
        double eps = EpsOf(layer, 1e-5);
        if (!layer.Arguments.Valid)
        {
            return null;
        }

        int channels = layer.Input[0];
        Statistics statistics = new(layer.Input.Product(1, layer.Input.Rank), channels / groups, Centred: true, eps);
        return new ParsedLayer(new Normalization(statistics, 0, [channels], affine, affine, groups), layer.Input);
    }

    private static bool IsProportional(Rule rule) =>
        rule.Shares.Count > 0 && rule.Shares.All(share => Term.AreProportional(share.Terms));

    private static bool IsDerivative(Rule rule) =>
        rule.Shares.Count == 1 && Term.AreDerivative(rule.Shares[0].Terms, rule.Shares[0].Normalized);

    private NormalizationMap MapOf(PlanContext context, Tensor a, TensorNames names) =>
        new(context.Layer.Parameter, Statistics, a, WeightSet(context), HasBiases ? RowsOfWeights : 0, names);

    private WeightSet? WeightSet(PlanContext context) => HasWeights
        ? Planning.WeightSet.Of(context.Parameter, WeightPart.W, 0, Packing.Channels, null, context.Output.Pitch, RowsOfWeights)
        : null;
}
