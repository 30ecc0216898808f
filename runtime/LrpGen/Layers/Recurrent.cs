namespace LrpGen;

/// <summary>What recurrent layers have in common: rows of features (T, F) to rows of states (T, H), or (T, 2H) of both directions.</summary>
/// <param name="hidden">Features of the state, H.</param>
public abstract class RecurrentLayerAttribute(object hidden) : LayerAttribute
{
    /// <summary>Features of the state, H.</summary>
    public object Hidden { get; } = hidden;

    /// <summary>How many are one on the other, each of which reads what the one below it gives.</summary>
    public object Layers { get; set; } = 1;

    /// <summary>Whether each is two, one of which begins with the last row, and whose outputs lie side by side.</summary>
    public bool Bidirectional { get; set; }

    /// <summary>Whether they have biases; they have by default.</summary>
    public bool Bias { get; set; } = true;
}

/// <summary>
/// Long short-term memory: c_t = f c_{t−1} + i tanh(z_g), h_t = o tanh(c_t), with gates i, f, o of x_t and h_{t−1}, from a state of 0. As PyTorch's
/// <c>nn.LSTM</c>, batch first. Its tensors are <c>weight_ih_l0</c>, <c>weight_hh_l0</c>, <c>bias_ih_l0</c>, <c>bias_hh_l0</c> (gates i, f, g, o), and
/// so on with <c>l1</c> and <c>_reverse</c>. Relevance takes the gates for constants: Arras et al. 2017.
/// </summary>
/// <param name="hidden">Features of the state, H.</param>
public sealed class LSTMAttribute(object hidden) : RecurrentLayerAttribute(hidden);

/// <summary>
/// Gated recurrent unit: n = tanh(W x_t + b + r (U h_{t−1} + d)), h_t = (1 − z) n + z h_{t−1}, with gates r, z of x_t and h_{t−1}, from a state of 0.
/// As PyTorch's <c>nn.GRU</c>, batch first. Its tensors are called as those of an LSTM (gates r, z, n). Relevance takes the gates for constants.
/// </summary>
/// <param name="hidden">Features of the state, H.</param>
public sealed class GRUAttribute(object hidden) : RecurrentLayerAttribute(hidden);

/// <summary>
/// h_t = tanh(W x_t + U h_{t−1} + b), from a state of 0. As PyTorch's <c>nn.RNN</c>, batch first. Its tensors are called as those of an LSTM.
/// </summary>
/// <param name="hidden">Features of the state, H.</param>
public sealed class RNNAttribute(object hidden) : RecurrentLayerAttribute(hidden);
