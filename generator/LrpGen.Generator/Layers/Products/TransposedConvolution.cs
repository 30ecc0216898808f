using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>
/// A transposed convolution: the product that brings relevance back through its mirror, the convolution from what it writes to what it reads,
/// whose weights it has. A 1-D one has <see cref="Axis.None"/> as its rows.
/// </summary>
/// <param name="Dimensions">1 or 2.</param>
/// <param name="Varies">Whether calls choose how long the signal is.</param>
/// <param name="Rows">The mirror's: they lead from the output to the input.</param>
/// <param name="Columns">Likewise.</param>
internal sealed record TransposedConvolution(int Dimensions, int Inputs, int Outputs, Axis Rows, Axis Columns, int Groups, bool Bias, bool Varies)
    : ChannelLayer
{
    /// <param name="rank">Of the input: 2 or 3.</param>
    public static ParsedLayer? Parse(LayerDeclaration layer, int rank)
    {
        int inputs = layer.Input[0];
        int outputs = layer.Arguments.Integer(1, 1, "outChannels");
        int groups = layer.Arguments.Integer(1, 1, "Groups");
        bool bias = layer.Arguments.Flag("Bias", true);
        if (!layer.Takes(rank)
            || (rank == 2 ? Axis.None : ParseAxis(layer, "kernelHeight", "H", layer.Input[-2])) is not { } rows
            || ParseAxis(layer, "kernelWidth", rank == 2 ? "" : "W", layer.Input[-1]) is not { } columns)
        {
            return null;
        }

        if (inputs % groups != 0 || outputs % groups != 0)
        {
            layer.Fault(Descriptors.GroupsDoNotDivide, "Groups", groups, inputs, outputs);
            return null;
        }

        ParsedLayer? parsed = layer.Writes(
            new TransposedConvolution(rank - 1, inputs, outputs, rows, columns, groups, bias, layer.Input.Variable is not null),
            rank == 2 ? [outputs, columns.Input] : [outputs, rows.Input, columns.Input]);
        return parsed is not null && layer.Holds(groups, Limits.Pitch(outputs / groups), Limits.Pitch(inputs / groups), rows.Kernel, columns.Kernel)
            ? parsed with { PaddedPixels = WindowArguments.PaddedPixels(rows, columns) }
            : null;
    }

    public override EquatableArray<WeightTensor> Weights
    {
        get
        {
            EquatableArray<int> shape = Dimensions == 1
                ? [Inputs, Outputs / Groups, Columns.Kernel]
                : [Inputs, Outputs / Groups, Rows.Kernel, Columns.Kernel];
            return Bias ? [new("weight", shape), new("bias", [Outputs])] : [new("weight", shape)];
        }
    }

    public override WeightForm WeightForm => new Kernels(Inputs, Outputs / Groups, Rows.Kernel, Columns.Kernel, IsTransposed: true, Outputs);

    public override long MultiplyAdds => Form.MultiplyAdds;

    public override LayerKinds RuleKind => LayerKinds.Convolution;

    public override Contraction Form => Mirror;

    private Windowed Mirror => new(Outputs, Inputs, Rows, Columns, Groups, Varies);

    public override Sign SignOf(Sign input) => Sign.Any;

    public override Variation Vary(Shape input, VariableAxis axis) =>
        Variation.Of(axis.Axis, axis.Count.Then(Columns.Stride, add: Columns.Input - (Columns.Stride * Columns.Output)));

    public override bool KeepsLanes(Shape input, int lanes) => false;

    public override (int Read, int Written) PitchesNeeded
    {
        get
        {
            (int ofOutput, int ofInput) = Mirror.PitchesNeeded;
            return (ofInput, ofOutput);
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
        ("output_padding", WindowArguments.OnAxes(Dimensions == 1, OutputPadding(Rows), OutputPadding(Columns))),
        ("dilation", WindowArguments.OnAxes(Dimensions == 1, Rows.Dilation, Columns.Dilation)),
        ("groups", [Groups]),
    ];

    public override void Forward(LayerForward plan) => plan.Product(MapOf(plan.Context, plan.Names));

    public override void Backward(LayerBackward plan) => plan.Share(names => MapOf(plan.Context, names));

    public override bool PassesRelevance(PlanContext context, Rule? rule) => false;

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => inputIsNonNegative && MultipliesByInput(rule!);

    public override LinearMap MapOf(PlanContext context, TensorNames names) => new WindowedMap(
        context.Parameter, Mirror, mirrored: true, context.Input, context.Output, names);

    /// <summary>The mirror's axis.</summary>
    /// <param name="kernelName">Name of the kernel's size along this axis, if it is not one for both.</param>
    /// <param name="suffix">Distinguishes the arguments of this axis: <c>StrideH</c>.</param>
    private static Axis? ParseAxis(LayerDeclaration layer, string kernelName, string suffix, int input)
    {
        Arguments arguments = layer.Arguments;
        int kernel = arguments.Integer(1, 1, kernelName, "kernelSize");
        int stride = arguments.Integer(1, 1, "Stride" + suffix, "Stride");
        int dilation = arguments.Integer(1, 1, "Dilation" + suffix, "Dilation");
        int outputPadding = arguments.Integer(0, 0, Math.Max(stride, dilation) - 1, "OutputPadding" + suffix, "OutputPadding");
        long unpadded = ((input - 1L) * stride) + ((kernel - 1L) * dilation) + 1 + outputPadding;
        int padding = arguments.Integer(0, 0, (int)Math.Min((unpadded - 1) / 2, Limits.Size), "Padding" + suffix, "Padding");
        long output = unpadded - (2L * padding);
        if (arguments.Valid && output > Limits.Size)
        {
            layer.Fault(Descriptors.TooLarge, null, $"The output of {layer.Kind}", Limits.Size);
        }

        return arguments.Valid ? new Axis((int)output, input, kernel, stride, padding, dilation) : null;
    }

    private static int OutputPadding(Axis mirror) =>
        mirror.Input + (2 * mirror.Padding) - ((mirror.Output - 1) * mirror.Stride) - mirror.Span;
}
