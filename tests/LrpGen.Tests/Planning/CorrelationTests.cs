using CsCheck;
using LrpGen.Generator.Model;
using LrpGen.Generator.Planning;

namespace LrpGen.Tests.Planning;

public class CorrelationTests
{
    private static readonly Gen<Axis> AnyAxis =
        from input in Gen.Int[1, 14]
        from kernel in Gen.Int[1, 5]
        from stride in Gen.Int[1, 6]
        from padding in Gen.Int[0, 4]
        from dilation in Gen.Int[1, 6]
        let room = input + (2 * padding) - new Axis(input, 0, kernel, stride, padding, dilation).Span
        where room >= 0
        select new Axis(input, (room / stride) + 1, kernel, stride, padding, dilation);

    /// <summary>
    /// Output o meets input o·stride + k·dilation − padding at kernel position k; the transposed product must meet just these again.
    /// </summary>
    [Fact]
    public void TransposedProductMeetsWhatForwardMeets() => AnyAxis.Sample(axis =>
    {
        IEnumerable<(int Input, int Kernel, int Output)> forward =
            from output in Enumerable.Range(0, axis.Output)
            from kernel in Enumerable.Range(0, axis.Kernel)
            let input = (output * axis.Stride) + (kernel * axis.Dilation) - axis.Padding
            where input >= 0 && input < axis.Input
            select (input, kernel, output);

        (int before, int after, IReadOnlyList<Phase> phases) = Phase.Transposed(axis);
        List<(int Input, int Kernel, int Padded)> taps = [.. phases.SelectMany(Taps)];
        Assert.All(taps, tap => Assert.InRange(tap.Padded, 0, before + axis.Output + after - 1));
        IEnumerable<(int Input, int Kernel, int Output)> transposed = taps
            .Select(tap => (tap.Input, tap.Kernel, tap.Padded - before))
            .Where(tap => tap.Item3 >= 0 && tap.Item3 < axis.Output);

        Assert.Equal(forward.Order(), transposed.Order());
    });

    [Fact]
    public void EveryInputPositionBelongsToOnePhase() => AnyAxis.Sample(axis => Assert.Equal(
        Enumerable.Range(0, axis.Input),
        Phase.Transposed(axis).Phases.SelectMany(Positions).Order()));

    [Fact]
    public void ForwardReadsWindows() => AnyAxis.Sample(axis => Assert.Equal(
        from output in Enumerable.Range(0, axis.Output)
        from kernel in Enumerable.Range(0, axis.Kernel)
        select (output, kernel, (output * axis.Stride) + (kernel * axis.Dilation)),
        Taps(Phase.Forward(axis))));

    /// <summary>2 groups of 3 inputs and 2 outputs, 2 × 3 taps, 4 × 5 outputs; every input but those of the borders meets all taps.</summary>
    [Fact]
    public void MultiplyAddsCountEveryTap()
    {
        Windowed convolution = new(6, 4, new Axis(5, 4, 2, 1, 0, 1), new Axis(7, 5, 3, 1, 0, 1), 2);
        Assert.Equal(2 * 3 * 2 * (2 * 3) * (4 * 5), Correlation.Forward(convolution).MultiplyAdds);
        Assert.Equal(2 * 3 * 2 * (2 * 3) * (5 * 7), Correlation.Transposed(convolution).MultiplyAdds);
    }

    private static IEnumerable<int> Positions(Phase phase) => Enumerable.Range(0, phase.Count).Select(u => phase.Start + (u * phase.Step));

    /// <summary>Position written, kernel position and padded position read.</summary>
    private static IEnumerable<(int Written, int Kernel, int Padded)> Taps(Phase phase) =>
        from u in Enumerable.Range(0, phase.Count)
        from m in Enumerable.Range(0, phase.Taps)
        select (
            phase.Start + (u * phase.Step),
            phase.KernelStart + (m * phase.KernelStep),
            phase.InputStart + (u * phase.InputStep) + (m * phase.InputTapStep));
}
