using CsCheck;
using LrpGen.Generator.Basics;
using LrpGen.Generator.Planning;

namespace LrpGen.Tests.Planning;

public class PlacementTests
{
    private const int Times = 10;

    private static readonly Gen<Life> AnyLife =
        from first in Gen.Int[0, Times - 1]
        from last in Gen.Int[first, Times - 1]
        from pixels in Gen.Int[1, 40]
        from pitch in Gen.Int[1, 5]
        select new Life(new Tensor("", "", new Extent(pixels, 1, 8 * pitch)), first, last);

    [Fact]
    public void TensorsAliveAtOnceNeverOverlap() => AnyLife.Array[1, 20].Sample(lives =>
    {
        Placement placement = Placement.Of(Blocks(lives));
        foreach (Life life in lives)
        {
            Assert.Equal(0, placement[life.Tensor] % 16);
            Assert.InRange(placement[life.Tensor] + life.Tensor.Length, 0, placement.Length);
            Assert.All(lives.Where(other => other != life && other.Meets(life)), other => Assert.True(
                placement[other.Tensor] >= placement[life.Tensor] + life.Tensor.Length
                || placement[life.Tensor] >= placement[other.Tensor] + other.Tensor.Length));
        }

        int peak = Enumerable.Range(0, Times)
            .Max(time => lives.Where(life => life.IsAliveAt(time)).Sum(life => (life.Tensor.Length + 15) / 16 * 16));
        Assert.Equal(peak, placement.Peak);
        Assert.InRange(placement.Length, peak, int.MaxValue);
    });

    [Fact]
    public void TensorsOfDifferentTimesShareTheirPlace()
    {
        Tensor early = new("", "", new Extent(6, 8, 8));
        Tensor late = new("", "", new Extent(4, 8, 8));
        Placement placement = Placement.Of(Blocks([new(early, 0, 2), new(late, 3, 5)]));
        Assert.Equal((0, 0, early.Length), (placement[early], placement[late], placement.Length));
    }

    [Fact]
    public void StoredTensorsNeedNoPlace()
    {
        Tensor stored = new("", "", new Extent(6, 8, 8), stored: true);
        Placement placement = Placement.Of(Blocks([new(stored, 0, 1)]));
        Assert.Equal(0, placement.Length);
        Assert.Throws<KeyNotFoundException>(() => placement[stored]);
    }

    /// <summary>Within a method, too, a tensor takes the place of one that no later step names.</summary>
    [Fact]
    public void TensorsLiveFromStepToStep()
    {
        Tensor[] chain = [.. Enumerable.Range(0, 6).Select(_ => new Tensor("", "", new Extent(4, 8, 8)))];
        Step[] steps = [.. chain.Zip(chain.Skip(1), (from, to) => new Use([from, to]))];
        Assert.Equal(64, Placement.Of([Block.Inline(0, "", steps)]).Length);
    }

    /// <summary>In a loop, a later step writes an element before an earlier one has read the next: all tensors of its steps live at once.</summary>
    [Theory]
    [InlineData(4, 1, 3 * 32)]
    [InlineData(6, 2, 32 + 48)]
    public void TensorsOfOneLoopNeverShareTheirPlace(int pixelsOfLast, int loops, int length)
    {
        Tensor first = new("", "", new Extent(4, 8, 8));
        Tensor middle = new("", "", new Extent(4, 8, 8));
        Tensor last = new("", "", new Extent(pixelsOfLast, 8, 8));
        Step[] steps = [new Pointwise(new Read(first), middle), new Pointwise(new Read(middle), last)];
        Program program = LoopSharing.Share(new Program("", null, new UniqueNames("_"), [Block.Inline(0, "", steps)], [], [], []));
        Assert.Equal(loops, Assert.Single(program.Forward).Steps.Count);
        Assert.Equal(length, Placement.Of(program.Blocks).Length);
    }

    /// <summary>Sizes of a chain of layers with padding, where the lowest free offset alone is 42 % longer than it must be.</summary>
    [Fact]
    public void ChainNeedsNoMoreThanItsPeak()
    {
        Tensor[] chain = [.. new[] { 1152, 1568, 1152, 1152, 1568, 576, 576 }.Select(pixels => new Tensor("", "", new Extent(pixels, 1, 1)))];
        Step[] steps = [.. chain.Zip(chain.Skip(1), (from, to) => new Use([from, to]))];
        Assert.Equal(1568 + 1152, Placement.Of([Block.Inline(0, "", steps)]).Length);
    }

    /// <summary>A step for each time, which names what begins or ends then.</summary>
    private static IEnumerable<Block> Blocks(Life[] lives) => Enumerable.Range(0, Times).Select(time => Block.Inline(
        0, "", new Use([.. lives.Where(life => time == life.First || time == life.Last).Select(life => life.Tensor)])));

    /// <summary>A step that names tensors.</summary>
    private sealed record Use(IReadOnlyList<Tensor> Tensors) : Step
    {
        public override IEnumerable<Tensor> Reads => Tensors;

        public override IEnumerable<Tensor> Writes => [];

        public override Step On(Func<Tensor, Tensor> map) => new Use([.. Tensors.Select(map)]);
    }

    /// <summary>A tensor with the first and the last time at which it is named.</summary>
    private sealed record Life(Tensor Tensor, int First, int Last)
    {
        public bool IsAliveAt(int time) => First <= time && time <= Last;

        public bool Meets(Life other) => First <= other.Last && other.First <= Last;
    }
}
