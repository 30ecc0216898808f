using CsCheck;
using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

public class LayoutTests
{
    private static readonly Gen<Arrangement> AnyArrangement =
        from outer in Gen.Int[1, 4]
        from lanes in Gen.Int[1, 20]
        from inner in Gen.Int[1, 20]
        from padding in Gen.Int[0, 8]
        select new Arrangement(outer, lanes, inner, lanes + padding);

    [Fact]
    public void ChannelsBecomeLast()
    {
        // Two channels of three pixels, in a pitch of eight.
        float[] destination = [.. Enumerable.Repeat(99f, 24)];
        Layout.Load([1, 2, 3, 10, 20, 30], new Arrangement(Outer: 1, Lanes: 2, Inner: 3, Pitch: 8), destination);
        Assert.Equal([1, 10, 0, 0, 0, 0, 0, 0, 2, 20, 0, 0, 0, 0, 0, 0, 3, 30, 0, 0, 0, 0, 0, 0], destination);
    }

    [Fact]
    public void StoringIsTheInverseOfLoading() => AnyArrangement.Sample(arrangement =>
    {
        float[] source = [.. Enumerable.Range(0, arrangement.Size)];
        float[] loaded = new float[arrangement.Rows * arrangement.Pitch];
        float[] result = new float[source.Length];
        Layout.Load(source, arrangement, loaded);
        Layout.Store(loaded, arrangement, result);
        Assert.Equal(source, result);
    });

    /// <summary>Element k of a tensor (outer, lanes, inner) is at lane l of row (o, i).</summary>
    [Fact]
    public void AnArrangementSaysWhereAnElementLies() => AnyArrangement.Sample(arrangement =>
    {
        int element = 0;
        for (int outer = 0; outer < arrangement.Outer; outer++)
        {
            for (int lane = 0; lane < arrangement.Lanes; lane++)
            {
                for (int inner = 0; inner < arrangement.Inner; inner++, element++)
                {
                    Assert.Equal((outer * arrangement.Inner + inner) * arrangement.Pitch + lane, arrangement.IndexOf(element));
                }
            }
        }
    });

    [Fact]
    public void RearrangingKeepsTheOrderOfElements() => Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 4]).Sample((a, b, c, d) =>
    {
        // (ab, c, d) with its middle axis in the lanes, and (a, bc, d), (a, b, cd).
        Arrangement present = new(a * b, c, d, c + 3);
        Arrangement[] others = [new(a, b * c, d, b * c), new(a * b, c * d, 1, c * d + 1), new(1, a, b * c * d, a + 2)];
        foreach (Arrangement wanted in others)
        {
            float[] source = [.. Enumerable.Range(1, present.Size)];
            float[] inPresent = new float[present.Rows * present.Pitch];
            float[] inWanted = [.. Enumerable.Repeat(99f, wanted.Rows * wanted.Pitch)];
            float[] result = new float[source.Length];
            Layout.Load(source, present, inPresent);
            Layout.Rearrange(inPresent, present, inWanted, wanted);
            Layout.Store(inWanted, wanted, result);
            Assert.Equal(source, result);
            Assert.Equal(source.Sum(), inWanted.Sum());
        }
    });

    /// <summary>Every second place of a vector; a matrix becomes its transposed.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void MovingIsNestedLoops(int axes)
    {
        float[] source = [1, 2, 3, 4, 5, 6];
        float[] destination = new float[7];
        int[] counts = axes == 1 ? [3] : [2, 3];
        Layout.Move(Part.Whole, source, 0, destination, 1, counts, axes == 1 ? [1] : [3, 1], axes == 1 ? [2] : [1, 2]);
        Assert.Equal(axes == 1 ? [0, 1, 0, 2, 0, 3, 0] : [0, 1, 4, 2, 5, 3, 6], destination);
    }

    [Fact]
    public void AddingSumsWhatGoesToOnePlace()
    {
        float[] sums = [10, 20, 30];
        Layout.Add([1, 2, 3, 4, 5, 6], 0, sums, 0, [2, 3], [3, 1], [0, 1]);
        Assert.Equal([15, 27, 39], sums);
        Layout.Add([1, 2, 3, 4, 5, 6], 0, sums, 1, [6], [1], [0]);
        Assert.Equal([15, 48, 39], sums);
    }

    [Fact]
    public void PadSurroundsWithZerosAndCropsWhereNegative()
    {
        Gen<int> size = Gen.Int[1, 5];
        Gen<int> margin = Gen.Int[-2, 3];
        Gen.Select(size, size, Gen.Select(margin, margin, margin, margin))
            .Where((height, width, margins) => height + margins.Item1 + margins.Item3 > 0 && width + margins.Item2 + margins.Item4 > 0)
            .Sample((height, width, margins) =>
            {
                const int Pitch = 8;
                (int top, int left, int bottom, int right) = margins;
                int paddedHeight = top + height + bottom;
                int paddedWidth = left + width + right;
                float[] source = [.. Enumerable.Range(1, height * width * Pitch)];
                float[] destination = [.. Enumerable.Repeat(99f, paddedHeight * paddedWidth * Pitch)];
                Layout.Pad(Part.Whole, source, height, width, Pitch, top, left, bottom, right, destination);

                for (int i = 0; i < destination.Length; i++)
                {
                    int y = i / Pitch / paddedWidth - top;
                    int x = i / Pitch % paddedWidth - left;
                    bool inside = y >= 0 && y < height && x >= 0 && x < width;
                    Assert.Equal(inside ? source[(y * width + x) * Pitch + i % Pitch] : 0, destination[i]);
                }
            });
    }
}
