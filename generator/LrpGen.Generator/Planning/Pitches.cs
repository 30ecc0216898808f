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
        // Layers that share a pitch are named by the first of them.
        int[] leader = new int[network.Layers.Count + 1];
        int[] pitch = new int[network.Layers.Count + 1];
        pitch[0] = Simd.RoundUp(network.Input.Channels);
        foreach (Layer layer in network.Layers)
        {
            int input = leader[layer.Inputs[0] + 1];
            int output = layer.Index + 1;
            leader[output] = layer.Operation.KeepsChannels || layer.IsFreeFlatten ? input : output;
            (int needIn, int needOut) = Needs(layer);
            pitch[input] = Math.Max(pitch[input], needIn);
            pitch[leader[output]] = Math.Max(pitch[leader[output]], needOut);
        }

        return new Pitches([.. leader.Select(first => pitch[first])]);
    }

    // A grouped convolution writes whole vectors from the first channel of each group, so the last group's vector
    // may reach beyond the last channel.
    private static (int Input, int Output) Needs(Layer layer) => layer.Operation switch
    {
        Convolution { Groups: > 1 } convolution when !convolution.IsDepthwise =>
            (Reach(convolution.Groups, convolution.InputsPerGroup), Reach(convolution.Groups, convolution.OutputsPerGroup)),
        _ => (Simd.RoundUp(layer.Input.Channels), Simd.RoundUp(layer.Output.Channels)),
    };

    private static int Reach(int groups, int perGroup) => Simd.RoundUp(((groups - 1) * perGroup) + Simd.RoundUp(perGroup));
}
