using System.Globalization;

namespace LrpGen.Tests.Reference;

/// <summary>A network without loops.</summary>
/// <param name="Input">Shape of one input.</param>
/// <param name="Layers">Every layer after those that it reads.</param>
internal sealed record NetworkSpec(Shape Input, IReadOnlyList<LayerSpec> Layers)
{
    /// <summary>What layers call the network's own input.</summary>
    public const string InputName = "input";

    /// <summary>Whether calls choose how many rows the input has, at most as many as its first axis is long.</summary>
    public bool IsVariable { get; init; }

    /// <summary>Whether the input is token ids, one a row.</summary>
    public bool IsOfTokens => Layers is [Embedding, ..];

    /// <summary>The numbers of rows that a call may have: every layer has some positions then.</summary>
    public IEnumerable<int> Lengths => IsVariable
        ? Enumerable.Range(1, Input[0]).Where(rows => OfLength(rows).Outputs().All(output => output.Sizes.All(size => size > 0)))
        : [Input[0]];

    /// <summary>Name of the last layer.</summary>
    public string Last => Layers[^1].Name;

    /// <summary>A network whose layers are named by their index, as those of <c>nn.Sequential</c> are.</summary>
    public static NetworkSpec Sequential(Shape input, params IEnumerable<LayerSpec> layers) => new NetworkSpec(input, []).Then(layers);

    /// <summary>The network with more layers behind it, which are named by their index.</summary>
    public NetworkSpec Then(params IEnumerable<LayerSpec> layers) => this with
    {
        Layers = [.. Layers, .. layers.Select((layer, index) => layer with { Name = (Layers.Count + index).ToString(CultureInfo.InvariantCulture) })],
    };

    /// <summary>Whether all layers take what they read in calls of any length.</summary>
    public bool TakesAllLengths =>
        Lengths.Select(OfLength).All(given => given.Layers.Zip(given.Sources()).All(layer => layer.First.Takes(layer.Second[0].Shape)));

    /// <summary>The same layers for an input of as many values.</summary>
    public NetworkSpec OfInputs(int values) => OfLength(values / Input.Stride(0));

    /// <summary>The same layers over as many rows.</summary>
    public NetworkSpec OfLength(int rows) => this with { Input = Input.With(0, rows) };

    /// <summary>The layers that a layer reads, by index; −1 is the network's own input.</summary>
    public IReadOnlyList<int> InputsOf(int layer)
    {
        IReadOnlyList<string> names = Layers[layer].Inputs;
        return names.Count == 0
            ? [layer - 1]
            : [.. names.Select(name => name == InputName ? -1 : Layers.Index().First(other => other.Item.Name == name).Index)];
    }

    /// <summary>The layers that read a layer's output, by index; −1 is the network's own input.</summary>
    public IEnumerable<int> ReadersOf(int layer) => Enumerable.Range(0, Layers.Count).Where(reader => InputsOf(reader).Contains(layer));

    /// <summary>Shapes of the outputs of all layers.</summary>
    public IReadOnlyList<Shape> Outputs()
    {
        List<Shape> outputs = [];
        for (int k = 0; k < Layers.Count; k++)
        {
            outputs.Add(Layers[k].OutputOf([.. InputsOf(k).Select(input => input < 0 ? Input : outputs[input])]));
        }

        return outputs;
    }

    /// <summary>What every layer reads.</summary>
    public IReadOnlyList<IReadOnlyList<Source>> Sources()
    {
        IReadOnlyList<Shape> outputs = Outputs();
        return
        [
            .. Layers.Select((_, k) => InputsOf(k).Select(input =>
                input < 0 ? new Source(Input) : new Source(outputs[input], IsGate(input))).ToArray()),
        ];
    }

    /// <summary>Whether a product takes a layer for a gate; one that only rearranges values is what it reads.</summary>
    private bool IsGate(int layer) =>
        layer >= 0 && (Layers[layer] is ViewSpec or Transpose or Permute ? IsGate(InputsOf(layer)[0]) : Layers[layer].IsGate);

    /// <summary>For every layer the axis of which masks choose positions; null where that is not said.</summary>
    public IReadOnlyList<int?> ChannelAxes()
    {
        List<int?> axes = [];
        IReadOnlyList<Shape> outputs = Outputs();
        for (int k = 0; k < Layers.Count; k++)
        {
            int input = InputsOf(k)[0];
            Shape shape = input < 0 ? Input : outputs[input];
            axes.Add(outputs[k].Rank == 1 ? 0 : outputs[k].Rank == shape.Rank ? Layers[k].ChannelAxis(shape, input < 0 ? null : axes[input]) : null);
        }

        return axes;
    }

    /// <summary>Names and shapes of the tensors of the <c>state_dict</c>, in the order of the layers.</summary>
    public IEnumerable<(string Name, Shape Shape)> Tensors() =>
        from layer in Layers.Zip(Sources(), (layer, sources) => (Spec: layer, Input: sources[0].Shape))
        where layer.Spec.Weights is null
        from part in layer.Spec.WeightsOf(layer.Input)
        select (layer.Spec.NameOf(part.Part), part.Shape);
}
