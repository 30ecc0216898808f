using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>How the sums of a product begin, and what becomes of them: the same for every kernel.</summary>
/// <param name="hasFloor">Whether sums below <c>floor</c> become that.</param>
/// <param name="output">Symbol of the tensor that receives them.</param>
/// <param name="nameOf">Names of the tensors that the step reads besides.</param>
internal sealed class Sums(CodeWriter writer, Product step, bool hasFloor, string output, Func<Tensor, string> nameOf)
{
    /// <summary>Whether sums below <c>floor</c> become that.</summary>
    public bool HasFloor => hasFloor;

    public SumStart Start { get; } = step.Accumulate ? SumStart.Present : step.Bias is null ? SumStart.Zero : SumStart.Bias;

    private IEnumerable<string> Names => step.Operands.Select(nameOf).Append(output);

    /// <summary>References to the element at an offset, of the output and of all operands.</summary>
    public void Locate(Offset offset)
    {
        foreach (string name in Names)
        {
            writer.Line($"ref float {name}Here = {Reference.To(name + "Origin", offset)};");
        }
    }

    /// <summary>Fetches a tile of all operands, and of the output unless it is read at once, while its sums are computed.</summary>
    /// <param name="distance">From one of its pixels to the next.</param>
    /// <param name="channels">Channels of each of its pixels.</param>
    public void Prefetch(int pixels, long distance, string channels)
    {
        foreach (string name in Start == SumStart.Present ? Names.Where(name => name != output) : Names)
        {
            writer.Line($"Cache.Prefetch(ref {name}Here, {pixels}, {distance}, {channels});");
        }
    }

    /// <summary>What the sum of a vector of channels starts from.</summary>
    /// <param name="at">Its distance from the element that <see cref="Locate"/> found.</param>
    /// <param name="channel">Its first channel.</param>
    public string First(string at, string channel) => Start switch
    {
        SumStart.Bias => $"TSimd.Load({Reference.At("bOrigin", channel)})",
        SumStart.Present => $"TSimd.Load({Reference.At(output + "Here", at)})",
        _ => "default",
    };

    /// <summary>Stores what becomes of a sum.</summary>
    public void Store(string sum, string at)
    {
        string result = hasFloor ? $"TSimd.Max({sum}, TSimd.Create(floor))" : step.Then is null ? sum : VectorText.Of(step.Then, Text);
        writer.Line($"TSimd.Store({result}, {Reference.At(output + "Here", at)});");

        string Text(Tensor tensor) => tensor == step.Sum ? sum : $"TSimd.Load({Reference.At(nameOf(tensor) + "Here", at)})";
    }
}
