using System.Buffers.Binary;

namespace FashionMnist;

/// <summary>The bundled test images, in the data set's own IDX format: magic number, big-endian lengths, bytes.</summary>
internal static class TestSet
{
    private const int ImagesHeader = 16;
    private const int LabelsHeader = 8;

    /// <summary>Reads the images and their labels.</summary>
    /// <param name="folder">Folder of the two files.</param>
    /// <exception cref="IOException">A file is missing or unreadable.</exception>
    /// <exception cref="InvalidDataException">The files are not of the expected form.</exception>
    public static FashionImage[] Read(string folder)
    {
        byte[] images = File.ReadAllBytes(Path.Combine(folder, "test-images-idx3-ubyte"));
        byte[] labels = File.ReadAllBytes(Path.Combine(folder, "test-labels-idx1-ubyte"));

        const int Size = FashionImage.Side * FashionImage.Side;
        int count = labels.Length - LabelsHeader;
        if (count < 1 || images.Length != ImagesHeader + (count * Size) || BinaryPrimitives.ReadInt32BigEndian(images.AsSpan(4)) != count)
        {
            throw new InvalidDataException($"The test images and labels in '{folder}' do not belong together.");
        }

        return [.. Enumerable.Range(0, count).Select(index =>
            new FashionImage(images.AsSpan(ImagesHeader + (index * Size), Size).ToArray(), labels[LabelsHeader + index]))];
    }
}
