using CsCheck;
using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

public class LayoutTests
{
    [Fact]
    public void ChannelsBecomeLast()
    {
        // Two channels of three pixels, in a pitch of eight.
        float[] destination = [.. Enumerable.Repeat(99f, 24)];
        Layout.ToChannelsLast([1, 2, 3, 10, 20, 30], channels: 2, pixels: 3, pitch: 8, destination);
        Assert.Equal([1, 10, 0, 0, 0, 0, 0, 0, 2, 20, 0, 0, 0, 0, 0, 0, 3, 30, 0, 0, 0, 0, 0, 0], destination);
    }

    [Fact]
    public void ToChannelsFirstIsTheInverse() => Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20]).Sample((channels, pixels) =>
    {
        int pitch = (channels + 7) / 8 * 8;
        float[] source = [.. Enumerable.Range(0, channels * pixels)];
        float[] channelsLast = new float[pixels * pitch];
        float[] result = new float[source.Length];
        Layout.ToChannelsLast(source, channels, pixels, pitch, channelsLast);
        Layout.ToChannelsFirst(channelsLast, channels, pixels, pitch, result);
        Assert.Equal(source, result);
    });

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
