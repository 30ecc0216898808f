using System.Text.Json;
using System.Text.Json.Serialization;

namespace LrpGen.Benchmarks.Peers;

/// <summary>An item of a network beside ONNX Runtime's forward pass.</summary>
/// <param name="Net">Short name of the network.</param>
/// <param name="Item">What was measured.</param>
/// <param name="Threads">Threads, of both.</param>
/// <param name="Batch">Inputs of a call, of both.</param>
/// <param name="OursMs">Median time for an input, in ms.</param>
/// <param name="OrtMs">ONNX Runtime's, of its forward pass.</param>
/// <param name="Ratio">The former over the latter.</param>
/// <param name="OursMinMs">Least time.</param>
/// <param name="AllocatedBytes">Bytes that a call allocates on the heap.</param>
/// <param name="PeakRssMb">Largest resident memory of a process that loads the network and does the item, in MB.</param>
internal sealed record Measurement(
    string Net,
    string Item,
    int Threads,
    int Batch,
    double OursMs,
    double OrtMs,
    double Ratio,
    double OursMinMs,
    long AllocatedBytes,
    double PeakRssMb)
{
    /// <summary>As a line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, MeasurementJson.Default.Measurement);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Measurement))]
internal sealed partial class MeasurementJson : JsonSerializerContext;
