using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>How a layer's output lies in memory: channels last, see <see cref="Layout"/>.</summary>
/// <param name="Name">Name of the layer.</param>
/// <param name="Channels">C.</param>
/// <param name="Pixels">H · W.</param>
/// <param name="Pitch">Lanes of a pixel.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record LayerLayout(string Name, int Channels, int Pixels, int Pitch);

/// <summary>Keeps what an explanation computes at every layer.</summary>
/// <param name="explanation">Name of the explanation.</param>
/// <param name="target">The explained output.</param>
/// <param name="layers">The layers, in order.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TraceRecorder(string explanation, int target, IReadOnlyList<LayerLayout> layers)
{
    private readonly float[][] activations = new float[layers.Count][];
    private readonly float[][] relevances = new float[layers.Count][];

    /// <summary>Keeps a layer's output.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="tensor">Its output.</param>
    public void Activation(int layer, ReadOnlySpan<float> tensor) => activations[layer] = Copy(layers[layer], tensor);

    /// <summary>Keeps the relevance of a layer's output.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="tensor">Its relevance.</param>
    public void Relevance(int layer, ReadOnlySpan<float> tensor) => relevances[layer] = Copy(layers[layer], tensor);

    /// <summary>Keeps the relevance of a layer's output that is all at one target.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="relevance">The target's relevance in the first lane.</param>
    /// <param name="target">The target.</param>
    public void TargetRelevance(int layer, ReadOnlySpan<float> relevance, int target)
    {
        relevances[layer] = new float[layers[layer].Channels * layers[layer].Pixels];
        relevances[layer][target] = relevance[0];
    }

    /// <summary>The explanation.</summary>
    /// <param name="relevance">Relevance of the input.</param>
    public Explanation Finish(float[] relevance)
    {
        LayerTrace[] traces = [.. layers.Select((layer, index) => new LayerTrace(layer.Name, activations[index], relevances[index]))];
        return new Explanation(explanation, target, traces, activations[^1], relevance);
    }

    private static float[] Copy(LayerLayout layout, ReadOnlySpan<float> tensor)
    {
        float[] copy = new float[layout.Channels * layout.Pixels];
        Layout.ToChannelsFirst(tensor, layout.Channels, layout.Pixels, layout.Pitch, copy);
        return copy;
    }
}
