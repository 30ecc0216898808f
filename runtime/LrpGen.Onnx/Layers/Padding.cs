using LrpGen.Onnx.Export;
using LrpGen.Onnx.Import;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Layers;

/// <summary>Positions that are added around an image.</summary>
internal static class Padding
{
    public static Family Family { get; } = new(
        new()
        {
            ["ZeroPad2d"] = layer => Pad(layer, "constant"),
            ["ReflectionPad2d"] = layer => Pad(layer, "reflect"),
        },
        new()
        {
            ["Pad"] = Pad,
        });

    private static string Pad(ExportedLayer layer, string mode)
    {
        int[] around = layer.Integers("padding");
        (int left, int right, int top, int bottom) = (around[0], around[1], around[2], around[3]);
        string pads = layer.Constant("pads", [0, 0, top, left, 0, 0, bottom, right]);
        return layer.Result("Pad", [layer.Input, pads], Attribute("mode", mode));
    }

    private static Value Pad(Call call)
    {
        LayerOutput source = call.Layer(0);
        int rank = source.Axes.Count + 1;
        int[] pads = call.Integers(1, "pads") ?? throw call.Node.Unsupported("it lacks its padding");
        int[] axes = call.Integers(3, "axes") ?? [.. Enumerable.Range(0, rank)];
        double value = call.OptionalFloats(2) is { Count: 1 } constant ? constant[0] : call.Node.Number("value", 0);
        string mode = call.Node.Text("mode", "constant");
        if (pads.Length != 2 * axes.Length || (mode == "constant" ? value != 0 : mode != "reflect") || pads.Any(positions => positions < 0))
        {
            throw call.Node.Unsupported("it does more than adding zeros or a reflection");
        }

        (int Begin, int End)[] padding = new (int, int)[source.Shape.Count - 1];
        foreach ((int index, int axis) in axes.Index().Where(axis => pads[axis.Index] != 0 || pads[axis.Index + axes.Length] != 0))
        {
            int own = call.OwnAxes(source, [axis])[0];
            if (own == 0)
            {
                throw call.Node.Unsupported("it adds channels");
            }

            padding[own - 1] = (pads[index], pads[index + axes.Length]);
        }

        return padding.All(positions => positions == (0, 0)) ? source
            : mode == "constant" ? new Padded(call.Node, source, padding)
            : padding.Zip(source.Shape.Skip(1)).All(axis => Math.Max(axis.First.Begin, axis.First.End) < axis.Second)
            ? Pad(call.Layers, call.Node, "ReflectionPad2d", source, padding)
            : throw call.Node.Unsupported("it reflects more than there is");
    }

    /// <summary>Zeros around an image as a layer.</summary>
    /// <exception cref="UnsupportedException">It is no image.</exception>
    public static LayerOutput ZeroPad(LayerList layers, Padded padded) => Pad(layers, padded.Node, "ZeroPad2d", padded.Source, padded.Padding);

    /// <summary>What windows read, and the zeros around it that they take in.</summary>
    public static (LayerOutput Source, IReadOnlyList<(int, int)> Padding) Source(Call call) => call.Input(0) switch
    {
        Padded padded => (call.Natural(padded.Source), padded.Padding),
        _ => (call.Natural(0), new (int, int)[Math.Max(0, call.Layer(0).Shape.Count - 1)]),
    };

    private static LayerOutput Pad(
        LayerList layers, Node node, string kind, LayerOutput source, IReadOnlyList<(int Begin, int End)> padding)
    {
        if (source.Shape is not [int channels, int height, int width])
        {
            throw node.Unsupported("it pads what is no image, and no convolution or pool takes that in");
        }

        ((int top, int bottom), (int left, int right)) = (padding[0], padding[1]);
        int[] around = [left, right, top, bottom];
        string[] arguments = around.Distinct().Count() == 1 ? [$"{left}"] : [.. around.Select(positions => $"{positions}")];
        return layers.Add(node, kind, source, [channels, checked(height + top + bottom), checked(width + left + right)], arguments);
    }
}
