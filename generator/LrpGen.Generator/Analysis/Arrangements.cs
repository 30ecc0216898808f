namespace LrpGen.Generator.Analysis;

/// <summary>
/// How every layer's output lies in memory, and how its readers want it. Layers that keep their lanes (pools, activations, …) share a pitch with
/// what they read, so that elementwise steps run over whole tensors.
/// </summary>
internal sealed class Arrangements
{
    private readonly Network network;
    private readonly int[] lanesOfOutput;
    private readonly Dictionary<(int Layer, int LaneAxis), (int Layer, int LaneAxis)> leaders = [];
    private readonly Dictionary<(int Layer, int LaneAxis), int> pitches = [];
    private readonly ReadRows? rows;

    /// <param name="leavesOutRows">Whether rows that nobody reads are left out.</param>
    public Arrangements(Network network, bool leavesOutRows = true)
    {
        this.network = network;
        lanesOfOutput = new int[network.Layers.Count + 1];
        lanesOfOutput[0] = LanesOfInput(network);
        foreach (Layer layer in network.Layers)
        {
            lanesOfOutput[layer.Index + 1] = layer.Operation.LanesWritten(layer.Input, LanesReadBy(layer, 0));
        }

        Raise((-1, lanesOfOutput[0]), IsNarrow ? Simd.Narrow : Simd.RoundUp(network.Input[lanesOfOutput[0]]));
        foreach (Layer layer in network.Layers)
        {
            (int Layer, int LaneAxis) output = (layer.Index, lanesOfOutput[layer.Index + 1]);
            (int read, int written) = layer.Operation.PitchesNeeded;
            for (int index = 0; index < layer.Inputs.Count; index++)
            {
                int source = layer.Inputs[index];
                int lanes = LanesReadBy(layer, index);
                (int Layer, int LaneAxis) input = (source, lanes);
                Raise(input, input == (-1, lanesOfOutput[0]) ? read : Math.Max(read, Simd.RoundUp(ShapeOf(source)[lanes])));
                if (layer.Operation.KeepsLanes(layer.Input, lanes) && ShapeOf(source)[lanes] == layer.Output[output.LaneAxis])
                {
                    Join(input, output);
                }
            }

            Raise(output, Math.Max(written, Simd.RoundUp(layer.Output[output.LaneAxis])));
        }

        if (leavesOutRows)
        {
            rows = new ReadRows(network, LanesReadBy, layer => lanesOfOutput[layer.Index + 1]);
        }
    }

    /// <summary>Whether the network's input has few channels, and only convolutions over all of them read it.</summary>
    public bool IsNarrow => network.Input.Variable is null
        && network.Input[lanesOfOutput[0]] <= Simd.Narrow
        && network.Layers.Where(layer => layer.Inputs.Contains(-1)).All(layer =>
            layer.Operation.TakesNarrowInput && LanesReadBy(layer, 0) == lanesOfOutput[0]);

    /// <summary>Of a layer's output; −1 is the network's input.</summary>
    public Arrangement this[int layer] => Of(layer, lanesOfOutput[layer + 1], rows?[layer]);

    /// <summary>As a layer reads one of its inputs.</summary>
    public Arrangement ReadBy(Layer layer, int input = 0)
    {
        int source = layer.Inputs[input];
        return Of(source, LanesReadBy(layer, input), rows?[layer.Index] is null ? rows?[source] : rows.ReadBy(layer, input));
    }

    private Arrangement Of(int layer, int laneAxis, SomeRows? only) =>
        new(ShapeOf(layer), laneAxis, pitches[Leader((layer, laneAxis))]) { Only = only };

    private Shape ShapeOf(int layer) => layer < 0 ? network.Input : network.Layers[layer].Output;

    // All inputs are read as the first is, or the first of those whose length varies. Axes of inputs of different ranks are counted from the end.
    private int LanesReadBy(Layer layer, int input)
    {
        int first = layer.Inputs.Where(source => ShapeOf(source).Variable is not null).Append(layer.Inputs[0]).First();
        int ofFirst = layer.Operation.LanesToRead(ShapeOf(first), lanesOfOutput[first + 1]);
        return Math.Max(0, ofFirst + ShapeOf(layer.Inputs[input]).Rank - ShapeOf(first).Rank);
    }

    // As the first layer wants it that cares, and that sees it with its axes as they are. What varies is rows.
    private static int LanesOfInput(Network network)
    {
        HashSet<int> alike = [-1];
        foreach (Layer layer in network.Layers.Where(layer => alike.Contains(layer.Inputs[0])))
        {
            if (layer.Operation.LanesToRead(layer.Input, -1) is >= 0 and int lanes)
            {
                return lanes;
            }

            if (layer.Output.Rank == network.Input.Rank
                && layer.Operation.KeepsLanes(layer.Input, 0)
                && layer.Operation.LanesWritten(layer.Input, 0) == 0)
            {
                alike.Add(layer.Index);
            }
        }

        return network.Input.Variable is null ? 0 : network.Input.Rank - 1;
    }

    // Tensors that share a pitch have one leader.
    private (int Layer, int LaneAxis) Leader((int Layer, int LaneAxis) tensor)
    {
        if (!leaders.TryGetValue(tensor, out (int Layer, int LaneAxis) leader))
        {
            leaders.Add(tensor, tensor);
            pitches.Add(tensor, 0);
            return tensor;
        }

        return leader == tensor ? tensor : leaders[tensor] = Leader(leader);
    }

    private void Raise((int Layer, int LaneAxis) tensor, int need)
    {
        (int Layer, int LaneAxis) leader = Leader(tensor);
        pitches[leader] = Math.Max(pitches[leader], need);
    }

    private void Join((int Layer, int LaneAxis) tensor, (int Layer, int LaneAxis) other)
    {
        (int Layer, int LaneAxis) first = Leader(tensor);
        (int Layer, int LaneAxis) second = Leader(other);
        leaders[second] = first;
        pitches[first] = Math.Max(pitches[first], pitches[second]);
    }
}
