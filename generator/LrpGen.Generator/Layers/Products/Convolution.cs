using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>A convolution; a 1-D one has <see cref="Axis.None"/> as its rows.</summary>
/// <param name="Dimensions">1 or 2.</param>
/// <param name="Varies">Whether calls choose how long the signal is.</param>
internal sealed record Convolution(
    int Dimensions, int Inputs, int Outputs, Axis Rows, Axis Columns, int Groups, bool Bias, bool Varies) : ChannelLayer
{
    /// <param name="rank">Of the input: 2 or 3.</param>
    public static ParsedLayer? Parse(LayerDeclaration layer, int rank)
    {
        int inputs = layer.Input[0];
        int outputs = layer.Arguments.Integer(1, 1, "outChannels");
        int groups = layer.Arguments.Integer(1, 1, "Groups");
        bool bias = layer.Arguments.Flag("Bias", true);
        if (WindowArguments.Parse(layer, rank, isPool: false) is not var (rows, columns))
        {
            return null;
        }

        if (inputs % groups != 0 || outputs % groups != 0)
        {
            layer.Fault(Descriptors.GroupsDoNotDivide, "Groups", groups, inputs, outputs);
            return null;
        }

        return layer.Holds(groups, Limits.Pitch(outputs / groups), Limits.Pitch(inputs / groups), rows.Kernel, columns.Kernel)
            ? WindowArguments.Parsed(
                layer,
                new Convolution(rank - 1, inputs, outputs, rows, columns, groups, bias, layer.Input.Variable is not null),
                outputs,
                rows,
                columns)
            : null;
    }

    public override EquatableArray<WeightTensor> Weights
    {
        get
        {
            EquatableArray<int> shape = Dimensions == 1
                ? [Outputs, Inputs / Groups, Columns.Kernel]
                : [Outputs, Inputs / Groups, Rows.Kernel, Columns.Kernel];
            return Bias ? [new("weight", shape), new("bias", [Outputs])] : [new("weight", shape)];
        }
    }

    public override WeightForm WeightForm => new Kernels(Outputs, Inputs / Groups, Rows.Kernel, Columns.Kernel, IsTransposed: false, Outputs);

    public override long MultiplyAdds => Form.MultiplyAdds;

    public override LayerKinds RuleKind => LayerKinds.Convolution;

    public override Contraction Form => Product;

    private Windowed Product => new(Inputs, Outputs, Rows, Columns, Groups, Varies);

    public bool IsPadded => Rows.Padding > 0 || Columns.Padding > 0;

    public override Sign SignOf(Sign input) => Sign.Any;

    public override Variation Vary(Shape input, VariableAxis axis) => Variation.Of(axis.Axis, Columns.Windows(axis.Count));

    public override bool KeepsLanes(Shape input, int lanes) => false;

    public override bool TakesNarrowInput => Groups == 1;

    public override (int Read, int Written) PitchesNeeded => Product.PitchesNeeded;

    public override IEnumerable<string> Details =>
    [
        .. WindowArguments.Details(Dimensions == 1, Rows, Columns),
        .. Groups == 1 ? [] : new[] { $"{Groups} groups" },
        .. Bias ? [] : new[] { "no bias" },
    ];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments =>
    [
        .. WindowArguments.Of(Dimensions == 1, Rows, Columns),
        ("dilation", WindowArguments.OnAxes(Dimensions == 1, Rows.Dilation, Columns.Dilation)),
        ("groups", [Groups]),
    ];

    public override void Forward(LayerForward plan) => plan.Product(MapOf(plan.Context, plan.Names));

    public override void Backward(LayerBackward plan) => plan.Share(names => MapOf(plan.Context, names));

    public override bool PassesRelevance(PlanContext context, Rule? rule) => false;

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => inputIsNonNegative && MultipliesByInput(rule!);

    public override LinearMap MapOf(PlanContext context, TensorNames names) => new WindowedMap(
        context.Parameter, Product, mirrored: false, context.Input, context.Output, names);
}
