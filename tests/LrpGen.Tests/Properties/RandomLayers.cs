using CsCheck;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Properties;

/// <summary>A random layer that reads a given shape: every kind, with any arguments.</summary>
/// <param name="conserving">Whether no layer may lose relevance.</param>
internal sealed class RandomLayers(bool conserving)
{
    /// <summary>Size of the largest output.</summary>
    public const int LargestOutput = 3000;

    /// <summary>A function that a product takes for a gate.</summary>
    public static Gen<LayerSpec> Gate { get; } = Gen.OneOf<LayerSpec>(
    [
        .. LayerTrials.All.SelectMany(kind => kind.Cases).Select(given => given.Layers[^1]).Where(layer => layer is ElementwiseSpec { IsGate: true }),
    ]);

    public Gen<bool> Bias => new RandomInput(Shape.Of(1), conserving).Bias;

    /// <summary>Any activation; one in three is a ReLU.</summary>
    public Gen<LayerSpec> Activation => Frequency(
        PartsFor(Shape.Of(1), LayerTrials.All.Where(kind => kind.Spec.IsAssignableTo(typeof(ElementwiseSpec)))), part => part.Weight);

    /// <summary>A layer that reads this shape.</summary>
    public Gen<LayerSpec> For(Shape input) =>
        Frequency(PartsFor(input, LayerTrials.All), part => part.Weight).Where(layer => layer.OutputOf([input]).Size <= LargestOutput);

    /// <summary>A layer of a branch, which keeps the shape.</summary>
    public Gen<LayerSpec> Keeping(Shape input) => Frequency(PartsFor(input, LayerTrials.All), part => part.InBranch);

    /// <summary>A value, or none.</summary>
    public static Gen<T[]> Optional<T>(Gen<T> value) =>
        Gen.Bool.SelectMany(present => present ? value.Select(value => (T[])[value]) : Gen.Const(Array.Empty<T>()));

    private IEnumerable<RandomPart> PartsFor(Shape input, IEnumerable<LayerTrials> kinds) =>
        kinds.SelectMany(kind => kind.Random(new(input, conserving)));

    private static Gen<LayerSpec> Frequency(IEnumerable<RandomPart> parts, Func<RandomPart, int> weight) =>
        Gen.Frequency([.. parts.Where(part => weight(part) > 0).Select(part => (weight(part), part.Layers))]);
}
