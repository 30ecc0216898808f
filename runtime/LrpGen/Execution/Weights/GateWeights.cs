using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>The weights of a recurrent layer of one direction in PyTorch's order, with a block of rows for every gate.</summary>
/// <param name="input">W, of what the layer reads, [gate][output][input].</param>
/// <param name="state">U, of its state, [gate][output][state].</param>
/// <param name="inputBias">The bias that belongs to W, one for each output of every gate; empty for none.</param>
/// <param name="stateBias">The bias that belongs to U, likewise.</param>
/// <param name="gates">Number of gates.</param>
/// <param name="separate">The gate whose two biases do not meet in one sum; null if those of all gates do.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GateWeights(float[] input, float[] state, float[] inputBias, float[] stateBias, int gates, int? separate = null)
{
    private readonly int hidden = state.Length == 0 ? 0 : (int)Math.Sqrt(state.Length / gates);

    /// <summary>W of all gates, each padded to whole vectors of outputs, and the sums of both biases where these meet.</summary>
    public LayerWeights Input() => Padded(input, gate => Biases(ofState: false, gate));

    /// <summary>U of all gates, likewise, and the biases that do not meet with others.</summary>
    public LayerWeights State() => Padded(state, gate => Biases(ofState: true, gate));

    /// <summary>W of one gate.</summary>
    /// <param name="gate">Index of the gate.</param>
    public LayerWeights InputOf(int gate) => Of(input, Biases(ofState: false, gate), gate);

    /// <summary>U of one gate.</summary>
    /// <param name="gate">Index of the gate.</param>
    public LayerWeights StateOf(int gate) => Of(state, Biases(ofState: true, gate), gate);

    private LayerWeights Of(float[] weight, float[] bias, int gate)
    {
        int size = weight.Length / gates;
        return new(weight.AsSpan(gate * size, size).ToArray(), bias, hidden, size / hidden, 1, 1);
    }

    private LayerWeights Padded(float[] weight, Func<int, float[]> biases)
    {
        int pitch = Simd.RoundUp(hidden);
        int size = weight.Length / gates;
        int inputs = size / hidden;
        float[] padded = new float[checked(gates * pitch * inputs)];
        float[] bias = new float[gates * pitch];
        for (int gate = 0; gate < gates; gate++)
        {
            weight.AsSpan(gate * size, size).CopyTo(padded.AsSpan(gate * pitch * inputs));
            biases(gate).CopyTo(bias.AsSpan(gate * pitch));
        }

        return new(padded, bias, gates * pitch, inputs, 1, 1);
    }

    private float[] Biases(bool ofState, int gate)
    {
        float[] own = new float[hidden];
        if (inputBias.Length == 0 || (ofState && gate != separate))
        {
            return own;
        }

        (ofState ? stateBias : inputBias).AsSpan(gate * hidden, hidden).CopyTo(own);
        for (int j = 0; j < hidden && !ofState && gate != separate; j++)
        {
            own[j] += stateBias[(gate * hidden) + j];
        }

        return own;
    }
}
