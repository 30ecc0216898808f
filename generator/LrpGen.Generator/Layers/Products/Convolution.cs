using LrpGen.Generator.Declarations;

namespace LrpGen.Generator.Layers;

/// <summary>A convolution.</summary>
internal sealed record Convolution(int Dimensions, int Inputs, int Outputs, Axis Rows, Axis Columns, int Groups, bool Bias, bool Varies)
    : KernelLayer(Dimensions, Inputs, Outputs, Rows, Columns, Groups, Bias, Varies, IsMirrored: false)
{
    /// <param name="rank">Of the input: 2 or 3.</param>
    public static ParsedLayer? Parse(LayerDeclaration layer, int rank)
    {
        int outputs = layer.Arguments.Integer(1, 1, "outChannels");
        int groups = layer.Arguments.Integer(1, 1, "Groups");
        bool bias = layer.Arguments.Flag("Bias", true);
        if (WindowArguments.Parse(layer, rank, isPool: false) is not var (rows, columns) || !GroupsDivide(layer, groups, outputs))
        {
            return null;
        }

        Convolution convolution = new(rank - 1, layer.Input[0], outputs, rows, columns, groups, bias, layer.Input.Variable is not null);
        return convolution.IsHeld(layer) ? WindowArguments.Parsed(layer, convolution, outputs, rows, columns) : null;
    }

    public bool IsPadded => Rows.Padding > 0 || Columns.Padding > 0;

    public override bool TakesNarrowInput => Groups == 1;

    public override Variation Vary(Shape input, VariableAxis axis) => Variation.Of(axis.Axis, Columns.Windows(axis.Count));
}
