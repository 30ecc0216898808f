using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>What convolutions and transposed ones have in common; a 1-D one has <see cref="Axis.None"/> as its rows.</summary>
/// <param name="Dimensions">1 or 2.</param>
/// <param name="Varies">Whether calls choose how long the signal is.</param>
/// <param name="IsMirrored">
/// Whether rows and columns are those of its mirror, the convolution from what it writes to what it reads, whose weights it has.
/// </param>
internal abstract record KernelLayer(
    int Dimensions, int Inputs, int Outputs, Axis Rows, Axis Columns, int Groups, bool Bias, bool Varies, bool IsMirrored) : ChannelLayer
{
    public override EquatableArray<WeightTensor> Weights
    {
        get
        {
            EquatableArray<int> shape = Dimensions == 1 ? [Kernels, Channels, Columns.Kernel] : [Kernels, Channels, Rows.Kernel, Columns.Kernel];
            return Bias ? [new("weight", shape), new("bias", [Outputs])] : [new("weight", shape)];
        }
    }

    public override WeightForm WeightForm => new Kernels(Kernels, Channels, Rows.Kernel, Columns.Kernel, IsTransposed: IsMirrored, Outputs);

    public override long MultiplyAdds => Form.MultiplyAdds;

    public override LayerKinds RuleKind => LayerKinds.Convolution;

    public override Contraction Form => Windows;

    public override Sign SignOf(Sign input) => Sign.Any;

    public override bool KeepsLanes(Shape input, int lanes) => false;

    public override (int Read, int Written) PitchesNeeded
    {
        get
        {
            (int read, int written) = Windows.PitchesNeeded;
            return IsMirrored ? (written, read) : (read, written);
        }
    }

    public override IEnumerable<string> Details =>
    [
        .. WindowArguments.Details(Dimensions == 1, Rows, Columns),
        .. Groups == 1 ? [] : new[] { $"{Groups} groups" },
        .. Bias ? [] : new[] { "no bias" },
    ];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments =>
    [
        .. WindowArguments.Of(Dimensions == 1, Rows, Columns),
        .. OwnArguments,
        ("dilation", WindowArguments.OnAxes(Dimensions == 1, Rows.Dilation, Columns.Dilation)),
        ("groups", [Groups]),
    ];

    /// <summary>Arguments that only layers of its kind have.</summary>
    protected virtual IEnumerable<(string Name, EquatableArray<double> Values)> OwnArguments => [];

    private int Kernels => IsMirrored ? Inputs : Outputs;

    /// <summary>Of a kernel.</summary>
    private int Channels => (IsMirrored ? Outputs : Inputs) / Groups;

    /// <summary>The convolution whose weights it has.</summary>
    private Windowed Windows => new(IsMirrored ? Outputs : Inputs, IsMirrored ? Inputs : Outputs, Rows, Columns, Groups, Varies);

    public override void Forward(LayerForward plan) => plan.Product(MapOf(plan.Context, plan.Names));

    public override void Backward(LayerBackward plan) => plan.Share(names => MapOf(plan.Context, names));

    public override bool PassesRelevance(PlanContext context, Rule? rule) => false;

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => inputIsNonNegative && MultipliesByInput(rule!);

    public override LinearMap MapOf(PlanContext context, TensorNames names) =>
        new WindowedMap(context.Parameter, Windows, IsMirrored, context.Input, context.Output, names);

    /// <summary>Whether the groups divide the channels; if not, it is a fault.</summary>
    protected static bool GroupsDivide(LayerDeclaration layer, int groups, int outputs)
    {
        int inputs = layer.Input[0];
        if (inputs % groups == 0 && outputs % groups == 0)
        {
            return true;
        }

        layer.Fault(Descriptors.GroupsDoNotDivide, "Groups", groups, inputs, outputs);
        return false;
    }

    /// <summary>Whether its weights can be one array.</summary>
    protected bool IsHeld(LayerDeclaration layer) =>
        layer.Holds(Groups, Limits.Pitch(Outputs / Groups), Limits.Pitch(Inputs / Groups), Rows.Kernel, Columns.Kernel);
}
