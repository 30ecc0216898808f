namespace FashionMnist;

/// <summary>The images worth showing.</summary>
internal static class Selection
{
    private const int Mistakes = 2;

    /// <summary>The first rightly classified image of each class, then the mistakes that the network is most sure of.</summary>
    public static ExplainedImage[] Of(IReadOnlyCollection<ExplainedImage> images) =>
    [
        .. images.Where(image => image.Right).DistinctBy(image => image.Predicted).OrderBy(image => image.Predicted),
        .. images.Where(image => !image.Right).OrderByDescending(image => image.Probability).Take(Mistakes),
    ];
}
