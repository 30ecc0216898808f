using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LrpGen.Tests.Conformance;

/// <summary>Reads the F32 tensors of a well-formed safetensors file: a length, a JSON header, the data.</summary>
internal static class Safetensors
{
    public static IReadOnlyDictionary<string, float[]> Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int data = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8..data));
        return header.RootElement.EnumerateObject()
            .Where(tensor => tensor.Name != "__metadata__")
            .ToDictionary(tensor => tensor.Name, tensor =>
            {
                JsonElement offsets = tensor.Value.GetProperty("data_offsets");
                return MemoryMarshal.Cast<byte, float>(file.AsSpan((data + offsets[0].GetInt32())..(data + offsets[1].GetInt32()))).ToArray();
            });
    }
}
