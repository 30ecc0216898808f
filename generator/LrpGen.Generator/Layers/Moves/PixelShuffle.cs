using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>Channels become positions: output (c, h·r + i, w·r + j) is input (c·r² + i·r + j, h, w), with r the factor.</summary>
internal sealed record PixelShuffle(int Factor) : MovingLayer
{
    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        const string name = "factor";
        const int largest = 1 << 14;
        int factor = layer.Arguments.Integer(1, 1, largest, name);
        if (!layer.Takes(3))
        {
            return null;
        }

        int channels = layer.Input[0];
        if (channels % (factor * factor) != 0)
        {
            layer.Arguments.OutOfRange(name, $"a number whose square divides the {channels} channels", factor);
            return null;
        }

        return layer.Writes(new PixelShuffle(factor), channels / (factor * factor), (long)factor * layer.Input[1], (long)factor * layer.Input[2]);
    }

    public override Variation Vary(Shape input, VariableAxis axis) => Variation.Impossible;

    public override int LanesWritten(Shape input, int lanes) => lanes;

    public override IEnumerable<string> Details => [$"factor {Factor}"];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => [("upscale_factor", [Factor])];

    protected override IEnumerable<Nest> NestsOf(PlanContext context, int input)
    {
        Arrangement read = context.Read();
        Arrangement written = context.Written;
        return
        [
            Nest.Of(
                0,
                0,
                [
                    new NestAxis(written.Shape[0], Factor * Factor * read.Stride(0), written.Stride(0)),
                    new NestAxis(Factor, Factor * read.Stride(0), written.Stride(1)),
                    new NestAxis(Factor, read.Stride(0), written.Stride(2)),
                    new NestAxis(read.Shape[1], read.Stride(1), Factor * written.Stride(1)),
                    new NestAxis(read.Shape[2], read.Stride(2), Factor * written.Stride(2)),
                ]),
        ];
    }
}
