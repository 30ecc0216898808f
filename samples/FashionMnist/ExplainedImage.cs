using System.Diagnostics;
using System.Numerics.Tensors;
using LrpGen;

namespace FashionMnist;

/// <summary>An image, what the network predicts for it, and why.</summary>
/// <param name="Logits">The network's outputs.</param>
/// <param name="ForwardTime">Time of the prediction.</param>
/// <param name="Maps">Relevance for the predicted class, by each of the network's explanations.</param>
internal sealed record ExplainedImage(FashionImage Image, float[] Logits, TimeSpan ForwardTime, IReadOnlyList<RelevanceMap> Maps)
{
    /// <summary>Index of the predicted class.</summary>
    public int Predicted { get; } = TensorPrimitives.IndexOfMax(Logits);

    /// <summary>Probability of each class.</summary>
    public float[] Probabilities { get; } = Softmax(Logits);

    /// <summary>The output that is explained.</summary>
    public float Logit => Logits[Predicted];

    public float Probability => Probabilities[Predicted];

    public bool Right => Predicted == Image.Label;

    /// <summary>Predicts an image and explains the prediction in every declared way.</summary>
    public static ExplainedImage Of(INetwork net, FashionImage image)
    {
        float[] input = image.ToInput();
        float[] logits = new float[FashionNet.OutputSize];
        TimeSpan forwardTime = Time(() => net.Forward(input, logits));

        int predicted = TensorPrimitives.IndexOfMax(logits);
        return new ExplainedImage(image, logits, forwardTime, [.. net.Explanations.Select(name =>
        {
            float[] relevance = new float[FashionNet.InputSize];
            return new RelevanceMap(name, relevance, Time(() => net.Explain(name, input, predicted, relevance)));
        })]);
    }

    private static TimeSpan Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }

    private static float[] Softmax(float[] logits)
    {
        float[] probabilities = new float[logits.Length];
        TensorPrimitives.SoftMax(logits, probabilities);
        return probabilities;
    }
}

/// <summary>The relevance of each pixel.</summary>
/// <param name="Explanation">Name of the explanation.</param>
/// <param name="Relevance">One value per pixel, row by row.</param>
/// <param name="Time">How long it took.</param>
internal sealed record RelevanceMap(string Explanation, float[] Relevance, TimeSpan Time)
{
    public float Sum => TensorPrimitives.Sum<float>(Relevance);
}
