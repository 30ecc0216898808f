using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>z_j = Σ_i a_i w_ij + b_j, for every row along the last axis.</summary>
/// <param name="Rows">Positions along the axes before the last.</param>
/// <param name="Varies">Whether calls choose their number.</param>
internal sealed record Linear(int Rows, int Inputs, int Outputs, bool Bias, bool Varies) : PlannedOperation
{
    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        int outputs = layer.Arguments.Integer(1, 1, "outFeatures");
        bool bias = layer.Arguments.Flag("Bias", true);
        bool transposed = layer.Arguments.Flag("Transposed", false);
        int inputs = layer.Input[-1];
        return layer.Arguments.Valid && layer.Holds(inputs, Limits.Pitch(outputs))
            ? new ParsedLayer(
                new Linear(layer.Input.Size / inputs, inputs, outputs, bias, layer.Input.Variable is not null) { IsTransposed = transposed },
                layer.Input.With(-1, outputs))
            : null;
    }

    /// <summary>Whether it is one of the projections of attention.</summary>
    public bool IsProjection { get; init; }

    /// <summary>Whether files have its weight as (in, out).</summary>
    public bool IsTransposed { get; init; }

    /// <summary>Where its tensors are, if these are not its own; <see cref="WeightTensor.Name"/> comes behind the prefix.</summary>
    public (string Prefix, int First, int Length) Stored { get; init; }

    public override TensorSource SourceOf(WeightTensor tensor, string layer) => Stored.Prefix is { } prefix
        ? new(tensor, $"{layer}.{prefix}{tensor.Name}", Stored.First, Stored.Length)
        : base.SourceOf(tensor, layer) with { Transposed = IsTransposed && !tensor.IsBias };

    public override EquatableArray<WeightTensor> Weights => Bias
        ? [new("weight", [Outputs, Inputs]), new("bias", [Outputs])]
        : [new("weight", [Outputs, Inputs])];

    public override WeightForm WeightForm => new Kernels(Outputs, Inputs, 1, 1, IsTransposed: false, Outputs);

    public override long MultiplyAdds => Form.MultiplyAdds;

    public override LayerKinds RuleKind => IsProjection ? LayerKinds.Projection : LayerKinds.Linear;

    public override Contraction Form => Rows == 1 ? new Dense(Inputs, Outputs) : Windowed.OfRows(Rows, Inputs, Outputs, Varies);

    public override SomeRows? RowsRead(int input, SomeRows? written) => written;

    public override Sign SignOf(Sign input) => Sign.Any;

    public override bool IsSelection => false;

    public override Variation Vary(Shape input, VariableAxis axis) => Variation.Of(axis.Axis, axis.Count);

    public override int LanesToRead(Shape input, int present) => input.Rank - 1;

    public override int LanesWritten(Shape input, int lanes) => input.Rank - 1;

    public override bool KeepsLanes(Shape input, int lanes) => false;

    public override IEnumerable<string> Details => [.. Bias ? [] : (string[])["no bias"], .. IsTransposed ? (string[])["weight (in, out)"] : []];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => IsTransposed ? [("transposed", [1])] : [];

    public override void Forward(LayerForward plan) => plan.Product(MapOf(plan.Context, plan.Names));

    public override void Backward(LayerBackward plan) => plan.Share(names => MapOf(plan.Context, names));

    public override bool PassesRelevance(PlanContext context, Rule? rule) => false;

    public override bool GivesOnlyToPositive(Rule? rule, bool inputIsNonNegative, bool ofOutput) => inputIsNonNegative && MultipliesByInput(rule!);

    public override LinearMap MapOf(PlanContext context, TensorNames names) => Form is Windowed rows
        ? new WindowedMap(
            context.Parameter, rows with { Varies = context.Output.Count is not null }, mirrored: false, context.Input, context.Output, names)
        : new DenseMap(context.Parameter, new Dense(Inputs, Outputs), context.Input, context.Output, names);
}
