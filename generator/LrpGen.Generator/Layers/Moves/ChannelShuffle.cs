using LrpGen.Generator.Declarations;
using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>Channels in another order: with n channels in each of g groups, output k·g + j is input j·n + k.</summary>
internal sealed record ChannelShuffle(int Groups) : MovingLayer
{
    public static ParsedLayer? Parse(LayerDeclaration layer)
    {
        int groups = layer.Arguments.Integer(1, 1, "groups");
        if (!layer.Takes(2, 3))
        {
            return null;
        }

        int channels = layer.Input[0];
        if (channels % groups != 0)
        {
            layer.Fault(Descriptors.GroupsDoNotDivide, "groups", groups, channels, channels);
            return null;
        }

        return new ParsedLayer(new ChannelShuffle(groups), layer.Input);
    }

    public override Variation Vary(Shape input, VariableAxis axis) =>
        axis.Axis == 0 ? Variation.Impossible : Variation.Of(axis.Axis, axis.Count);

    public override int LanesWritten(Shape input, int lanes) => lanes;

    public override IEnumerable<string> Details => [$"{Groups} groups"];

    public override IEnumerable<(string Name, EquatableArray<double> Values)> Arguments => [("groups", [Groups])];

    protected override IEnumerable<Nest> NestsOf(PlanContext context, int input)
    {
        Arrangement read = context.Read();
        Arrangement written = context.Written;
        int perGroup = read.Shape[0] / Groups;
        return
        [
            Nest.Of(
                0,
                0,
                [
                    new NestAxis(perGroup, read.Stride(0), Groups * written.Stride(0)),
                    new NestAxis(Groups, perGroup * read.Stride(0), written.Stride(0)),
                    .. Enumerable.Range(1, read.Shape.Rank - 1).Select(axis => Along(read, axis, written, axis)),
                ]),
        ];
    }
}
