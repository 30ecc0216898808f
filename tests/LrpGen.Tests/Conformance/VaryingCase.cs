using System.Runtime.InteropServices;
using System.Text.Json;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>A network of tokens, or of as many rows as a call has; its second sample is shorter than the first.</summary>
internal sealed class VaryingCase : SequenceCase
{
    private static readonly string Varying = Path.Combine(AppContext.BaseDirectory, "Data", "conformance", "varying");

    private VaryingCase(string name)
        : base(Varying, name, isVariable: true)
    {
    }

    public static new IReadOnlyDictionary<string, SequenceCase> All { get; } = ReadAll(Varying, SequenceCase (name) => new VaryingCase(name));

    public override float[] Input(int sample) => Network.IsOfTokens ? ReadIds(NameOf("input", sample)) : base.Input(sample);

    /// <summary>Integers, which are no weights, so that the library reads none.</summary>
    private float[] ReadIds(string tensor)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(Varying, $"{Name}.expected.safetensors"));
        int start = sizeof(long) + (int)BitConverter.ToInt64(file);
        JsonElement place = JsonDocument.Parse(file.AsMemory(sizeof(long), start - sizeof(long))).RootElement.GetProperty(tensor);
        (int first, int end) = (place.GetProperty("data_offsets")[0].GetInt32(), place.GetProperty("data_offsets")[1].GetInt32());
        return Array.ConvertAll(MemoryMarshal.Cast<byte, int>(file.AsSpan((start + first)..(start + end))).ToArray(), id => (float)id);
    }
}
