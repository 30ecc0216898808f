namespace LrpGen.Generator.Planning;

/// <summary>
/// The pixel pitch of every layer's output. Layers that keep their channels (pools, activations, …) share their
/// input's pitch, so that elementwise steps run over whole tensors.
/// </summary>
internal sealed class Pitches
{
    private readonly int[] pitchOfOutput;

    private Pitches(int[] pitchOfOutput) => this.pitchOfOutput = pitchOfOutput;

    /// <summary>Pitch of a layer's output; −1 is the network's input.</summary>
    public int this[int layer] => pitchOfOutput[layer + 1];

    public static Pitches Of(Network network)
    {
        int[] leader = [.. Enumerable.Range(0, network.Layers.Count + 1)];
        int[] pitch = new int[leader.Length];
        pitch[0] = IsNarrow(network) ? Simd.Narrow : Simd.RoundUp(network.Input.Channels);
        foreach (Layer layer in network.Layers)
        {
            (int input, int output) = Needs(layer);
            foreach (int source in layer.Inputs)
            {
                Raise(source, input);
                if (layer.Operation.KeepsChannels || layer.IsFreeFlatten)
                {
                    Join(source, layer.Index);
                }
            }

            Raise(layer.Index, output);
        }

        return new Pitches([.. leader.Select((_, index) => pitch[Leader(index)])]);

        // Layers that share a pitch have one leader, the first of them.
        int Leader(int index) => leader[index] == index ? index : leader[index] = Leader(leader[index]);

        void Raise(int layer, int need)
        {
            int index = Leader(layer + 1);
            pitch[index] = Math.Max(pitch[index], need);
        }

        void Join(int layer, int other)
        {
            int first = Math.Min(Leader(layer + 1), Leader(other + 1));
            int second = Math.Max(Leader(layer + 1), Leader(other + 1));
            leader[second] = first;
            pitch[first] = Math.Max(pitch[first], pitch[second]);
        }
    }

    /// <summary>Whether the network's input has few channels, and only convolutions over all of them read it.</summary>
    public static bool IsNarrow(Network network) => network.Input.Channels <= Simd.Narrow
        && network.Layers.Where(layer => layer.Inputs.Contains(-1)).All(layer => layer.Operation is Convolution { Groups: 1 });

    // A grouped convolution writes whole vectors from the first channel of each group, so the last group's vector
    // may reach beyond the last channel.
    private static (int Input, int Output) Needs(Layer layer) => layer.Operation switch
    {
        Convolution { Groups: > 1 } convolution when !convolution.IsDepthwise =>
            (Reach(convolution.Groups, convolution.InputsPerGroup), Reach(convolution.Groups, convolution.OutputsPerGroup)),
        _ => (0, Simd.RoundUp(layer.Output.Channels)),
    };

    private static int Reach(int groups, int perGroup) => Simd.RoundUp(((groups - 1) * perGroup) + Simd.RoundUp(perGroup));
}
