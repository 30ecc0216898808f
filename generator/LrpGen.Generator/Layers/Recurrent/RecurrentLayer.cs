using LrpGen.Generator.Declarations;

namespace LrpGen.Generator.Layers;

/// <summary>Recurrences one on the other, of one direction or of both, whose outputs lie side by side.</summary>
internal static class RecurrentLayer
{
    /// <summary>Makes a recurrence.</summary>
    private delegate Recurrence Make(string suffix, bool isReversed, int rows, int inputs, int hidden, bool hasBiases, Count? length);

    public static ParsedLayer? ParseLstm(LayerDeclaration layer) => Parse(layer, (suffix, isReversed, rows, inputs, hidden, hasBiases, length) =>
        new Lstm(suffix, isReversed, rows, inputs, hidden, hasBiases, length));

    public static ParsedLayer? ParseGru(LayerDeclaration layer) => Parse(layer, (suffix, isReversed, rows, inputs, hidden, hasBiases, length) =>
        new Gru(suffix, isReversed, rows, inputs, hidden, hasBiases, length));

    public static ParsedLayer? ParseRnn(LayerDeclaration layer) => Parse(layer, (suffix, isReversed, rows, inputs, hidden, hasBiases, length) =>
        new Rnn(suffix, isReversed, rows, inputs, hidden, hasBiases, length));

    private static ParsedLayer? Parse(LayerDeclaration layer, Make make)
    {
        int hidden = layer.Arguments.Integer(1, 1, "hidden");
        int layers = layer.Arguments.Integer(1, 1, Limits.Layers, "Layers");
        bool isBidirectional = layer.Arguments.Flag("Bidirectional", false);
        bool bias = layer.Arguments.Flag("Bias", true);
        if (!layer.Arguments.Valid)
        {
            return null;
        }

        Shape input = layer.Input;
        if (input.Rank != 2)
        {
            return layer.DoesNotFit("(T, F)");
        }

        if (input.Variable is { Axis: not 0 } variable)
        {
            layer.Fault(Descriptors.LengthIsUnknown, null, layer.Kind, variable.Axis, input);
            return null;
        }

        Shape one = input.With(1, hidden) with { Variable = input.Variable };
        Shape both = input.With(1, 2 * hidden) with { Variable = input.Variable };
        List<LayerPart> parts = [];
        (int source, Shape read) = (~0, input);
        for (int index = 0; index < layers; index++)
        {
            string suffix = FormattableString.Invariant($"l{index}");
            Recurrence forward = Recurrence(suffix, isReversed: false);
            if (!layer.Holds(Limits.Pitch(forward.Weights[0].Shape[0]), Math.Max(read[1], hidden)) || !Fits(forward))
            {
                return null;
            }

            parts.Add(new(suffix, layer.Kind, forward, [source], one));
            if (isBidirectional)
            {
                parts.Add(new(suffix + "_reverse", layer.Kind, Recurrence(suffix + "_reverse", isReversed: true), [source], one));
                parts.Add(new(suffix + "_both", "Concat", new Concat(1), [parts.Count - 2, parts.Count - 1], both));
            }

            (source, read) = (parts.Count - 1, isBidirectional ? both : one);

            Recurrence Recurrence(string name, bool isReversed) => make(name, isReversed, read[0], read[1], hidden, bias, read.Variable?.Count);
        }

        LayerPart last = parts[parts.Count - 1];
        if (parts.Count == 1)
        {
            return new ParsedLayer(last.Operation, last.Output);
        }

        parts.RemoveAt(parts.Count - 1);
        return new ParsedLayer(last.Operation, last.Output)
        {
            OwnKind = last.Kind,
            Parts = parts,
            Reads = last.Inputs,
            Details = [.. layers > 1 ? [$"{layers} layers"] : Array.Empty<string>(), .. isBidirectional ? ["both directions"] : Array.Empty<string>()],
            Arguments =
            [
                ("hidden_size", [hidden]), ("num_layers", [layers]), ("bidirectional", [isBidirectional ? 1 : 0]), ("bias", [bias ? 1 : 0]),
            ],
        };

        bool Fits(Recurrence recurrence) => recurrence.ValuesKept <= Limits.Buffer
            || layer.Fault(Descriptors.TooLarge, null, $"What {layer.Kind} keeps of its rows", Limits.Buffer);
    }
}
