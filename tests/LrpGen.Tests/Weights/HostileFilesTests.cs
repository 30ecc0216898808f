using CsCheck;

namespace LrpGen.Tests.Weights;

/// <summary>Damaged and hostile files are refused with <see cref="InvalidDataException"/>, and before anything is allocated for them.</summary>
public class HostileFilesTests
{
    public static TheoryData<string> Names => [.. WeightFiles.Names];

    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""", 8, "is not the JSON")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}x""", 8, "is not the JSON")]
    [InlineData("""{"w":[]}""", 0, "expected StartObject at byte 5, but found StartArray")]
    [InlineData("""{"\ud800":{}}""", 0, "is not the JSON")]
    [InlineData("""{"w":{"dtype":4,"shape":[2],"data_offsets":[0,8]}}""", 8, "expected String")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "expected an integer from 0")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "expected an integer from 0")]
    [InlineData("""{"w":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", 8, "expected an integer from 0")]
    [InlineData("""{"w":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,8]}}""", 8, "expected an integer from 0")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2]}}""", 8, "tensor 'w': expected a dtype, a shape and two data_offsets")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}}""", 8, "tensor 'w': expected a dtype, a shape and two data_offsets")]
    [InlineData("""{"w":{"dtype":"F32","dtype":"F16","shape":[2],"data_offsets":[0,8]}}""", 8, "tensor 'w': property 'dtype' is unknown or repeated")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}""", 8, "tensor 'w': property 'x' is unknown or repeated")]
    [InlineData("""{"w":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}""", 8, "tensor 'w': its dtype 'F31' is unknown")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "tensor 'w': it is listed twice")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "tensor 'w': its data_offsets [8, 0] are not within the file's 8 bytes")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "tensor 'w': its data_offsets [0, 8] are not within the file's 7 bytes")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775807]}}""", 8, "are not within the file's 8 bytes")]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "tensor 'w': its data_offsets [0, 8] do not fit shape (3) of F32, 4 bytes each")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "do not fit shape (4294967296, 4294967296) of F32")]
    [InlineData("""{"w":{"dtype":"F64","shape":[1152921504606846976],"data_offsets":[0,0]}}""", 0, "do not fit shape (1152921504606846976) of F64")]
    [InlineData("""{"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "tensor 'w': its data begins at offset 4, but the data before it ends at 8")]
    [InlineData("""{"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}""", 16, "tensor 'w': its data begins at offset 12, but the data before it ends at 8")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "its tensors take 8 bytes, but there are 9")]
    public void SafetensorsWithADamagedHeaderAreRefused(string header, int dataBytes, string message) =>
        WeightFiles.AssertRefused(WeightFiles.Safetensors(header, dataBytes), message);

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
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", 8, "its elements are of type |O, which is not a number")]
    [InlineData("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (2,), }", 8, "is not that of an array of numbers")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", 8, "its 8 bytes do not fit shape (3) of <f4")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 9, "its 9 bytes do not fit shape (2) of <f4")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", 8, "its shape (-2,) does not consist of integers from 0")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2x,), }", 8, "does not consist of integers")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775808,), }", 8, "does not consist of integers")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", 0, "do not fit shape (4294967296, 4294967296)")]
    [InlineData("{'descr': '<f4', 'fortran_order': 1, 'shape': (2,), }", 8, "is not that of an array of numbers")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'shape': (2,), }", 8, "is not that of an array of numbers")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1}", 8, "is not that of an array of numbers")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)", 8, "is not that of an array of numbers")]
    [InlineData("", 8, "is not that of an array of numbers")]
    public void NpzWithADamagedArrayIsRefused(string dictionary, int dataBytes, string message) =>
        WeightFiles.AssertRefused(WeightFiles.Npz(("w.npy", WeightFiles.Npy(dictionary, dataBytes))), message);

    [Fact]
    public void NpzWithOtherEntriesIsRefused()
    {
        byte[] array = WeightFiles.Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", dataBytes: 8);
        WeightFiles.AssertRefused(WeightFiles.Npz(("w.npy", array), ("w.npy", array)), "tensor 'w': it is listed twice");
        WeightFiles.AssertRefused(WeightFiles.Npz(("w.npy", [])), "tensor 'w': ");
        WeightFiles.AssertRefused(WeightFiles.Npz(("w.npy", array[..20])), "tensor 'w': ");
        WeightFiles.AssertRefused(WeightFiles.Npz(("w.npy", [.. "not an array"u8])), "tensor 'w': it is not an array in version 1, 2 or 3");
        WeightFiles.AssertRefused(WeightFiles.Npz(("w.npy", WeightFiles.Npy("{}", 0, version: 4))), "tensor 'w': it is not an array in version 1, 2 or 3");
        WeightFiles.AssertRefused(
            WeightFiles.Npz(("w.npy", WeightFiles.Npy(new string(' ', 10_001), 0))), "tensor 'w': its header is 10001 bytes long; at most 10000 are allowed");
        WeightFiles.AssertRefused(
            WeightFiles.Npz(("archive/data.pkl", [0x80])),
            "its entry 'archive/data.pkl' is not an .npy array. Other checkpoints, such as PyTorch's .pt, have to be saved as safetensors or .npz.");
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

    private static void ReadAll(byte[] file)
    {
        using TensorFile tensors = TensorFile.Open(new MemoryStream(file));
        foreach (string name in tensors.Names)
        {
            _ = tensors.Read(name);
        }
    }
}
