using LrpGen.Onnx.Export;
using LrpGen.Onnx.Import;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Layers;

/// <summary>Recurrent layers: a node of ONNX is one of a stack, of one direction or of both, with rows before the batch.</summary>
internal static class Recurrences
{
    private const string Both = "bidirectional";

    /// <summary>A batch within rows and back, (T, N, F) ↔ (N, T, F).</summary>
    private static readonly int[] Exchanged = [1, 0, 2];

    private static readonly Gates Lstm = new("LSTM", [0, 3, 1, 2], "Sigmoid", "Tanh", "Tanh");
    private static readonly Gates Gru = new("GRU", [1, 0, 2], "Sigmoid", "Tanh");
    private static readonly Gates Rnn = new("RNN", [0], "Tanh");

    public static Family Family { get; } = new(
        new()
        {
            [Lstm.Kind] = layer => Export(layer, Lstm),
            [Gru.Kind] = layer => Export(layer, Gru),
            [Rnn.Kind] = layer => Export(layer, Rnn),
        },
        new()
        {
            [Lstm.Kind] = call => Import(call, Lstm),
            [Gru.Kind] = call => Import(call, Gru),
            [Rnn.Kind] = call => Import(call, Rnn),
        });

    private static string Export(ExportedLayer layer, Gates gates)
    {
        int hidden = layer.Integer("hidden_size");
        bool isBidirectional = layer.Integer("bidirectional") == 1;
        int directions = isBidirectional ? 2 : 1;
        string rows = layer.Part("Transpose", [layer.Input], Attribute("perm", Exchanged));
        for (int index = 0; index < layer.Integer("num_layers"); index++)
        {
            string[] suffixes = isBidirectional ? [$"l{index}", $"l{index}_reverse"] : [$"l{index}"];
            string[] read =
            [
                rows,
                Packed([-1, index == 0 ? layer.InputShape[1] : directions * hidden], suffixes.Select(suffix => $"weight_ih_{suffix}")),
                Packed([-1, hidden], suffixes.Select(suffix => $"weight_hh_{suffix}")),
                .. layer.Integer("bias") == 0
                    ? []
                    : new[] { Packed([-1], suffixes.SelectMany(suffix => new[] { $"bias_ih_{suffix}", $"bias_hh_{suffix}" })) },
            ];
            string outputs = layer.Part(
                gates.Kind,
                read,
                [
                    Attribute("hidden_size", hidden),
                    Attribute("direction", isBidirectional ? Both : "forward"),
                    .. gates == Gru ? [Attribute("linear_before_reset", 1)] : Array.Empty<Format.AttributeProto>(),
                ]);
            string side = layer.Part("Transpose", [outputs], Attribute("perm", [0, 2, 1, 3]));
            rows = layer.Part("Reshape", side, layer.Constant("rows", [0, 0, directions * hidden]));
        }

        return layer.Result("Transpose", [rows], Attribute("perm", Exchanged));

        // The tensors of all directions in one, with the gates in ONNX's order.
        string Packed(int[] shape, IEnumerable<string> names)
        {
            string[] tensors = [.. names.Select(name => layer.Tensor(name)!)];
            string all = tensors.Length == 1 ? tensors[0] : layer.Part("Concat", tensors, Attribute("axis", 0));
            IEnumerable<int> order = Enumerable.Range(0, tensors.Length).SelectMany(
                tensor => gates.Order.SelectMany(gate => Enumerable.Range(((tensor * gates.Order.Length) + gate) * hidden, hidden)));
            string ordered = gates.Order.Length == 1 ? all : layer.Part("Gather", [all, layer.Constant("gates", order)], Attribute("axis", 0));
            return layer.Part("Reshape", ordered, layer.Constant("shape", [directions, .. shape]));
        }
    }

    private static Value Import(Call call, Gates gates)
    {
        Check(call, gates);
        bool isBatchFirst = call.Node.Integer("layout", 0) == 1;
        LayerOutput input = call.Natural(call.View(0));
        if (input.Batch != (isBatchFirst ? 0 : 1) || input.Shape.Count != 2)
        {
            throw call.Node.Unsupported(
                $"it reads ({string.Join(", ", input.GraphShape)}), where rows of features are not along axis {(isBatchFirst ? 1 : 0)}"
                + $" or the samples of a batch not along axis {(isBatchFirst ? 0 : 1)}; export the module with batch_first=True");
        }

        CheckLengths(call, input.Shape[0]);
        int directions = call.Node.Text("direction", "forward") == Both ? 2 : 1;

        // Another of the node's outputs may have made the layer.
        int known = call.Layers.Layers.Index().FirstOrDefault(
            layer => layer.Item.Node == call.Node && layer.Item.Kind == gates.Kind, (-1, null!)).Index;
        int hidden = Hidden(call, gates, input.Shape[1], directions);
        int[] shape = [input.Shape[0], checked(directions * hidden)];
        LayerOutput rows = known >= 0
            ? new LayerOutput(known, shape)
            : call.Layers.Add(Layer(call, gates, input, directions, hidden), new LayerOutput(input.Layer, input.Shape), shape);
        return call.Output switch
        {
            0 => Outputs(call, rows, directions, isBatchFirst),
            1 => States(call, rows, directions, isBatchFirst),
            _ => throw call.Node.Unsupported("its last cell is read, which a layer keeps for itself"),
        };
    }

    /// <summary>Every row's, (T, directions, N, H) in the graph.</summary>
    private static LayerOutput Outputs(Call call, LayerOutput rows, int directions, bool isBatchFirst)
    {
        LayerOutput grouped = Shapes.Reshape(call, rows, [rows.Shape[0], directions, rows.Shape[1] / directions]);
        return new(grouped.Layer, grouped.Shape) { Batch = isBatchFirst ? 0 : 2 };
    }

    /// <summary>The state at the end of each direction, (directions, N, H) in the graph: of the reverse one, that is the first row.</summary>
    private static LayerOutput States(Call call, LayerOutput rows, int directions, bool isBatchFirst)
    {
        int hidden = rows.Shape[1] / directions;
        LayerOutput[] states =
        [
            .. Enumerable.Range(0, directions).Select(direction =>
            {
                LayerOutput row = Slices.Select(call, rows, 0, direction == 0 ? rows.Shape[0] - 1 : 0, isLast: direction == 0 && call.HasTokens);
                LayerOutput state = Shapes.Reshape(call, Slices.Narrow(call, row, 0, direction * hidden, hidden), [1, hidden]);
                return new LayerOutput(state.Layer, state.Shape) { Batch = isBatchFirst ? 0 : 1 };
            }),
        ];
        return Slices.Concat(call, states, 0);
    }

    /// <summary>Features of the state.</summary>
    /// <exception cref="UnsupportedException">The node's tensors are not of the shapes that they must have.</exception>
    private static int Hidden(Call call, Gates gates, int features, int directions)
    {
        (Constant weights, Constant recurrent, Constant? biases) = (call.Floats(1), call.Floats(2), call.OptionalFloats(3));
        if (recurrent.Shape is not [_, int outputs, >= 1 and int hidden]
            || outputs != (long)gates.Order.Length * hidden
            || !recurrent.Shape.SequenceEqual([directions, outputs, hidden])
            || !weights.Shape.SequenceEqual([directions, outputs, features])
            || biases?.Shape.SequenceEqual([directions, 2 * outputs]) == false
            || call.Node.Integer("hidden_size", hidden) != hidden)
        {
            string given = string.Join(
                " and ", call.Inputs.Skip(1).Take(3).OfType<Constant>().Select(tensor => $"({string.Join(", ", tensor.Shape)})"));
            throw call.Node.Unsupported($"its tensors are of shapes {given}, which do not fit {features} features and {directions} directions");
        }

        return hidden;
    }

    private static ImportedLayer Layer(Call call, Gates gates, LayerOutput input, int directions, int hidden)
    {
        (Constant weights, Constant recurrent, Constant? biases) = (call.Floats(1), call.Floats(2), call.OptionalFloats(3));
        (int features, int outputs) = (input.Shape[1], recurrent.Shape[1]);
        string[] arguments =
        [
            $"{hidden}",
            .. directions == 1 ? [] : new[] { "Bidirectional = true" },
            .. biases is null ? ["Bias = false"] : Array.Empty<string>(),
        ];
        ImportedLayer layer = new(call.Node, gates.Kind, [input.Layer], arguments);
        for (int direction = 0; direction < directions; direction++)
        {
            string suffix = direction == 0 ? "l0" : "l0_reverse";
            layer.Add($"weight_ih_{suffix}", [outputs, features], Part(weights, direction, features));
            layer.Add($"weight_hh_{suffix}", [outputs, hidden], Part(recurrent, direction, hidden));
            if (biases is not null)
            {
                layer.Add($"bias_ih_{suffix}", [outputs], Part(biases, 2 * direction, 1));
                layer.Add($"bias_hh_{suffix}", [outputs], Part(biases, (2 * direction) + 1, 1));
            }
        }

        return layer;

        // With the gates in PyTorch's order.
        float[] Part(Constant tensor, int part, int width)
        {
            float[] ordered = new float[outputs * width];
            int block = hidden * width;
            foreach ((int index, int gate) in gates.Order.Index())
            {
                Array.Copy(tensor.Floats!, (part * ordered.Length) + (index * block), ordered, gate * block, block);
            }

            return ordered;
        }
    }

    /// <exception cref="UnsupportedException">The node computes what no layer does.</exception>
    private static void Check(Call call, Gates gates)
    {
        Node node = call.Node;
        string direction = node.Text("direction", "forward");
        string[] usual = [.. Enumerable.Repeat(gates.Activations, direction == Both ? 2 : 1).SelectMany(names => names)];
        string? fault = direction is not ("forward" or Both) ? $"its direction is {direction}; only forward and {Both} are supported"
            : node.Texts("activations") is { } given && !given.SequenceEqual(usual, StringComparer.OrdinalIgnoreCase)
                ? $"its activations are {string.Join(", ", given)} instead of {string.Join(", ", usual)}"
            : node.Has("clip") ? "it clips what its activations read"
            : node.Integer("input_forget", 0) != 0 ? "its input and forget gates are coupled"
            : gates == Gru && node.Integer("linear_before_reset", 0) == 0
                ? "it resets the state before the weights (linear_before_reset = 0); supported is 1, as PyTorch exports it"
            : !IsZero(5) || !IsZero(6) ? "its initial state is not known to be 0"
            : !IsZero(7) ? "its gates look at the cell (peepholes)"
            : null;
        if (fault is not null)
        {
            throw node.Unsupported(fault);
        }

        bool IsZero(int index) => call.Optional(index) is null || (call.Optional(index) is Constant { Floats: not null } known && known.IsAll(0));
    }

    /// <exception cref="UnsupportedException">The lengths of a batch's samples are not all known to be the whole.</exception>
    private static void CheckLengths(Call call, int rows)
    {
        if (call.Optional(4) is { } lengths && (lengths is not Constant { Integers: not null } known || !known.IsAll(rows)))
        {
            throw call.Node.Unsupported($"sequence_lens are not known to be {rows}, of all rows");
        }
    }

    /// <param name="Kind">ONNX's name, and PyTorch's.</param>
    /// <param name="Order">Of each of ONNX's gates, which it is of PyTorch's: of i, o, f, c among i, f, g, o; of z, r, h among r, z, n.</param>
    /// <param name="Activations">What ONNX calls them.</param>
    private sealed record Gates(string Kind, int[] Order, params string[] Activations);
}
