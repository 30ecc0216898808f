using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

public class PartTests
{
    public static readonly TheoryData<int> Members = [1, 2, 3, 4, 7, 16, 64];

    [Theory]
    [MemberData(nameof(Members))]
    public void EveryUnitIsInOnePart(int members)
    {
        foreach (int units in Enumerable.Range(0, 200).Append(int.MaxValue - 1))
        {
            int end = 0;
            foreach (Part part in Parts(members))
            {
                (int first, int partEnd) = part.Of(units);
                Assert.Equal(end, first);
                Assert.InRange(partEnd - first, units / members, (units / members) + 1);
                end = partEnd;
            }

            Assert.Equal(units, end);
        }
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void TensorsAreCutAtCacheLines(int members)
    {
        for (int length = 0; length < 300; length++)
        {
            float[] tensor = [.. Enumerable.Range(0, length).Select(i => (float)i)];
            List<float> joined = [];
            foreach (Part part in Parts(members))
            {
                Span<float> slice = part.Of(tensor.AsSpan());
                Assert.Equal(slice, part.Of((ReadOnlySpan<float>)tensor));
                Assert.Equal(0, joined.Count % 16 * slice.Length);
                joined.AddRange(slice);
            }

            Assert.Equal(tensor, joined);
        }
    }

    [Fact]
    public void TheWholeIsAllAndDoesNotWait()
    {
        Part.Whole.Wait();
        Assert.True(Part.Whole.IsFirst);
        Assert.Equal((0, 5), Part.Whole.Of(5));
        Assert.Equal(5, Part.Whole.Of(new float[5].AsSpan()).Length);
    }

    [Fact]
    public void OnlyTheCallersPartIsFirst() => Assert.Equal([true, false, false], Parts(3).Select(part => part.IsFirst));

    /// <summary>Elementwise functions take the parts of tensors as they are, and give the bits that they give for the whole.</summary>
    [Theory]
    [MemberData(nameof(Members))]
    public void PartsOfAnActivationGiveItsBits(int members)
    {
        Span<float> z = [.. Enumerable.Range(-100, 203).Select(i => i / 32f)];
        Span<float> whole = new float[z.Length];
        Span<float> inParts = new float[z.Length];
        new GELUFunction().Value(z, whole);
        new GELUFunction().DerivativeTimes(z, whole, whole);
        foreach (Part part in Parts(members))
        {
            new GELUFunction().Value(part.Of(z), part.Of(inParts));
            new GELUFunction().DerivativeTimes(part.Of(z), part.Of(inParts), part.Of(inParts));
        }

        Assert.Equal(whole, inParts);
    }

    internal static IEnumerable<Part> Parts(int members)
    {
        TeamBarrier barrier = new(members);
        return Enumerable.Range(0, members).Select(rank => new Part(barrier, rank, members));
    }
}
