using CsCheck;

namespace LrpGen.Tests.Weights;

/// <summary>Damaged and hostile files are refused with <see cref="InvalidDataException"/>, and before anything is allocated for them.</summary>
public class HostileFilesTests
{
    public static TheoryData<string> Names => [.. WeightFiles.Names];

    [Fact]
    public void NoStreamIsRefused() => Assert.Throws<ArgumentNullException>("stream", () => TensorFile.Open((Stream)null!));

    [Theory]
    [InlineData("\"F32\"", "[2]", "[8, 0]", 8, "its data_offsets [8, 0] are not within the file's 8 bytes of data")]
    [InlineData("\"F32\"", "[2]", "[0, 8]", 7, "its data_offsets [0, 8] are not within the file's 7 bytes of data")]
    [InlineData("\"F32\"", "[2]", "[0, 9223372036854775807]", 8, "its data_offsets [0, 9223372036854775807] are not within the file's 8 bytes")]
    [InlineData("\"F32\"", "[2]", "[0, 4, 8]", 8, "expected a dtype, a shape and two data_offsets")]
    [InlineData("\"F32\"", "[3]", "[0, 8]", 8, "its data_offsets [0, 8] do not fit shape (3) of F32, 4 bytes each")]
    [InlineData("\"F64\"", "[1152921504606846976]", "[0, 0]", 0, "do not fit shape (1152921504606846976) of F64, 8 bytes each")]
    [InlineData("\"F32\"", "[4294967296, 4294967296]", "[0, 0]", 0, "do not fit shape (4294967296, 4294967296) of F32, 4 bytes each")]
    [InlineData("\"F32\"", "[9223372036854775808]", "[0, 8]", 8, "expected an integer from 0 to 9223372036854775807")]
    [InlineData("\"F32\"", "[-2]", "[0, 8]", 8, "expected an integer from 0")]
    [InlineData("\"F32\"", "[2.5]", "[0, 8]", 8, "expected an integer from 0")]
    [InlineData("\"F32\"", "[\"2\"]", "[0, 8]", 8, "expected an integer from 0")]
    [InlineData("\"F31\"", "[2]", "[0, 8]", 8, "its dtype 'F31' is unknown; expected one of F64, F32, F16, BF16")]
    [InlineData("4", "[2]", "[0, 8]", 8, "expected String at byte 16, but found Number")]
    [InlineData("\"F32\", \"dtype\": \"F16\"", "[2]", "[0, 8]", 8, "property 'dtype' is unknown or repeated")]
    [InlineData("\"F32\", \"x\": 1", "[2]", "[0, 8]", 8, "property 'x' is unknown or repeated")]
    [InlineData("\"F32\"", "[2]", "[0, 8]", 9, "its tensors take 8 bytes, but there are 9")]
    public void ADamagedSafetensorsTensorIsRefused(string dtype, string shape, string offsets, int dataBytes, string message) =>
        WeightFiles.AssertRefused(WeightFiles.Safetensors($"{{{Tensor("w", dtype, shape, offsets)}}}", dataBytes), message);

    [Theory]
    [InlineData("v", "[0, 8]", "tensor 'v': it is listed twice")]
    [InlineData("w", "[4, 12]", "tensor 'w': its data begins at offset 4, but the data before it ends at 8")]
    [InlineData("w", "[12, 20]", "tensor 'w': its data begins at offset 12, but the data before it ends at 8")]
    public void SafetensorsMustNotOverlapOrLeaveHoles(string name, string offsets, string message)
    {
        string header = $"{{{Tensor("v", "\"F32\"", "[2]", "[0, 8]")}, {Tensor(name, "\"F32\"", "[2]", offsets)}}}";
        WeightFiles.AssertRefused(WeightFiles.Safetensors(header, dataBytes: 20), message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}x")]
    [InlineData("{\"w\": []}")]
    [InlineData("{\"w\"")]
    [InlineData("{\"\\ud800\": {}}")]
    public void SafetensorsWithoutAHeaderInJsonAreRefused(string header) =>
        WeightFiles.AssertRefused(WeightFiles.Safetensors(header, dataBytes: 0), "its header is not the JSON that safetensors demands");

    [Theory]
    [InlineData(1000)]
    [InlineData(200_000_000)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    public void AHeaderLongerThanTheFileIsRefusedUnallocated(long length)
    {
        byte[] file = [.. BitConverter.GetBytes(length), .. "{}"u8];
        long before = GC.GetAllocatedBytesForCurrentThread();
        WeightFiles.AssertRefused(file, $"its header should be {(ulong)length} bytes long, but there are 2, and at most 100000000 are allowed");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Theory]
    [InlineData("'|O'", "False", "(2,)", "its elements are of type |O, which is not a number")]
    [InlineData("[('x', '<f4')]", "False", "(2,)", "is not that of an array of numbers")]
    [InlineData("'<f4', 'descr': '<f4'", "False", "(2,)", "is not that of an array of numbers")]
    [InlineData("'<f4'", "1", "(2,)", "is not that of an array of numbers")]
    [InlineData("'<f4'", "False", "(2,), 'x': 1", "is not that of an array of numbers")]
    [InlineData("'<f4'", "False", "(2,)}, {", "is not that of an array of numbers")]
    [InlineData("'<f4'", "False", "(3,)", "its 8 bytes do not fit shape (3) of <f4")]
    [InlineData("'<f4'", "False", "(4294967296, 4294967296)", "its 8 bytes do not fit shape (4294967296, 4294967296) of <f4")]
    [InlineData("'<f4'", "False", "(9223372036854775808,)", "its shape (9223372036854775808,) does not consist of integers from 0")]
    [InlineData("'<f4'", "False", "(-2,)", "its shape (-2,) does not consist of integers from 0")]
    [InlineData("'<f4'", "False", "(2x,)", "its shape (2x,) does not consist of integers from 0")]
    public void ADamagedNpzArrayIsRefused(string descr, string order, string shape, string message)
    {
        byte[] array = WeightFiles.Npy($"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}", dataBytes: 8);
        InvalidDataException exception = WeightFiles.AssertRefused(WeightFiles.Npz(("w.npy", array)), message);
        Assert.StartsWith("the stream: tensor 'w': ", exception.Message);
    }

    /// <summary>Whichever bit of an entry's data is flipped, compressed or not.</summary>
    [Theory]
    [InlineData("network.npz")]
    [InlineData("types_compressed.npz")]
    public void AFlippedBitOfAnNpzArrayIsSeen(string name)
    {
        byte[] file = File.ReadAllBytes(WeightFiles.PathOf(name));
        using TensorFile whole = TensorFile.Open(new MemoryStream(file));
        string[] names = [.. whole.Names.Where(tensor => CanRead(whole, tensor)).Order()];
        float[][] expected = [.. names.Select(whole.Read)];
        for (int bit = 0; bit < 8 * file.Length; bit += 7)
        {
            byte[] damaged = [.. file];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                using TensorFile opened = TensorFile.Open(new MemoryStream(damaged));

                // Names and times are not part of what is summed up, but the numbers are right.
                foreach ((string tensor, float[] values) in names.Zip(expected).Where(pair => opened.Names.Contains(pair.First)))
                {
                    Assert.Equal(values, opened.Read(tensor));
                }
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    private static bool CanRead(TensorFile file, string tensor)
    {
        try
        {
            file.Read(tensor);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    [Fact]
    public void ADamagedNpzArrayIsSaidToBe()
    {
        byte[] array = WeightFiles.Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (64,), }", dataBytes: 256);
        byte[] file = WeightFiles.Npz(("w.npy", [.. array[..^1], 1]));
        int crc = file.AsSpan().IndexOf("PK\u0001\u0002"u8) + 16;
        file[crc] ^= 1;
        using TensorFile opened = TensorFile.Open(new MemoryStream(file));
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => opened.Read("w"));
        Assert.Matches(
            "^the stream: tensor 'w': its 64 elements cannot be read: their CRC-32 is [0-9a-f]{8}, but the archive lists [0-9a-f]{8}",
            exception.Message);
    }

    /// <summary>Every bit of deflated data, also those that still inflate to as many bytes.</summary>
    [Fact]
    public void AFlippedBitOfADeflatedNpzArrayIsSeen()
    {
        byte[] array = WeightFiles.Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (64,), }", dataBytes: 256);
        byte[] values = [.. Enumerable.Range(0, 64).SelectMany(i => BitConverter.GetBytes(i / 64f))];
        byte[] file = WeightFiles.Npz(("w.npy", [.. array[..^256], .. values]));
        int directory = file.AsSpan().IndexOf("PK\u0001\u0002"u8);
        int data = file.AsSpan().IndexOf("w.npy"u8) + 5;
        int refused = 0;
        for (int bit = 8 * data; bit < 8 * directory; bit++)
        {
            byte[] damaged = [.. file];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            float[] read = new float[64];
            try
            {
                using TensorFile opened = TensorFile.Open(new MemoryStream(damaged));
                opened.Read("w", read);
                Assert.Equal(values, read.SelectMany(BitConverter.GetBytes));
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 8 * (directory - data) / 2, int.MaxValue);
    }

    [Fact]
    public void NpzOfSomethingElseThanArraysIsRefused()
    {
        byte[] array = WeightFiles.Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", dataBytes: 8);
        AssertRefused("tensor 'w': it is listed twice", ("w.npy", array), ("w.npy", array));
        AssertRefused("tensor 'w': its 9 bytes do not fit shape (2) of <f4", ("w.npy", [.. array, 0]));
        AssertRefused("tensor 'w': ", ("w.npy", []));
        AssertRefused("tensor 'w': ", ("w.npy", array[..20]));
        AssertRefused("tensor 'w': it is not an array in version 1, 2 or 3", ("w.npy", [.. "not an array"u8]));
        AssertRefused("tensor 'w': it is not an array in version 1, 2 or 3", ("w.npy", WeightFiles.Npy("{}", 0, version: 4)));
        AssertRefused("tensor 'w': its header is 10001 bytes long; at most 10000", ("w.npy", WeightFiles.Npy(new string(' ', 10_001), 0)));
        AssertRefused(
            "its entry 'archive/data.pkl' is not an .npy array. Other checkpoints, such as PyTorch's .pt, have to be saved as safetensors or .npz.",
            ("archive/data.pkl", [0x80]));

        static void AssertRefused(string message, params (string, byte[])[] entries) => WeightFiles.AssertRefused(WeightFiles.Npz(entries), message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("PK")]
    [InlineData("a text of some length")]
    public void OtherFilesAreRefused(string content) => WeightFiles.AssertRefused([.. content.Select(c => (byte)c)], "it is n");

    [Theory]
    [MemberData(nameof(Names))]
    public void AFileTruncatedAnywhereIsRefused(string name)
    {
        byte[] file = File.ReadAllBytes(WeightFiles.PathOf(name));
        for (int length = 0; length < file.Length; length++)
        {
            WeightFiles.AssertRefused(file[..length], "");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ADamagedFileIsReadOrRefusedWithLittleMemory(string name)
    {
        byte[] file = File.ReadAllBytes(WeightFiles.PathOf(name));
        Gen<int> position = Gen.Int[0, file.Length - 1];
        Gen<byte> value = Gen.OneOf(Gen.Byte, Gen.Int[0, 11].Select(i => "\u0000\u0001\u007f\u0080\u00ff09-\",[}"[i]).Select(c => (byte)c));
        Gen<(int, byte)[]> overwritten = Gen.Select(position, value).Array[1, 8];
        Gen<(int, int)> moved = Gen.Select(position, position);

        Gen.Select(overwritten, moved, Gen.Int[0, 3]).Sample((bytes, range, kind) =>
        {
            byte[] damaged = [.. file];
            foreach ((int at, byte with) in bytes)
            {
                damaged[at] = with;
            }

            (int first, int second) = (Math.Min(range.Item1, range.Item2), Math.Max(range.Item1, range.Item2));
            damaged = kind switch
            {
                1 => [.. damaged[..first], .. damaged[second..]],
                2 => [.. damaged[..second], .. damaged[first..]],
                _ => damaged,
            };

            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                ReadAll(damaged);
            }
            catch (InvalidDataException)
            {
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
        }, iter: 1000);
    }

    private static string Tensor(string name, string dtype, string shape, string offsets) =>
        $$"""
        "{{name}}": {"dtype": {{dtype}}, "shape": {{shape}}, "data_offsets": {{offsets}}}
        """;

    private static void ReadAll(byte[] file)
    {
        using TensorFile tensors = TensorFile.Open(new MemoryStream(file));
        foreach (string name in tensors.Names)
        {
            _ = tensors.Read(name);
        }
    }
}
