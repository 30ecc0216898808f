using System.Runtime.InteropServices;
using System.Text.Json;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Conformance;

/// <summary>
/// Networks of tokens, or of as many rows as a call has, against relevances computed in float64: the input's, every kept layer's, and the outputs; the
/// second sample is shorter than the first.
/// </summary>
public sealed class VaryingCaseTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data", "conformance", "varying");

    private static readonly Dictionary<string, VaryingCase> Cases =
        Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).ToDictionary(name => name, name => new VaryingCase(name));

    private static readonly NetworkLibrary Library = new(Cases.Values.Select(network => network.Declaration));

    /// <summary>What calls choose the length of is looped in every engine.</summary>
    public static TheoryData<string, string, EngineKind> NetworksKeysAndEngines()
    {
        TheoryData<string, string, EngineKind> data = [];
        foreach ((string name, VaryingCase network) in Cases)
        {
            foreach (string key in network.Explanations.Keys)
            {
                data.Add(name, key, EngineKind.Generated);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(NetworksKeysAndEngines))]
    public void RelevancesAgree(string name, string key, EngineKind engine)
    {
        VaryingCase expected = Cases[name];
        using TensorFile weights = TensorFile.Open(Path.Combine(Folder, $"{name}.weights.safetensors"));
        switch (Library.LoadAny(engine, expected.Declaration.Name, weights))
        {
            case ITokenNetwork network:
                Check(expected, key, network, network.WithThreads(2), expected.ReadIds);
                break;
            case INetwork network:
                Check(expected, key, network, network.WithThreads(2), expected.Read);
                break;
        }
    }

    private static void Check<TInput>(
        VaryingCase expected, string key, INetworkOf<TInput> network, INetworkOf<TInput> withThreads, Func<string, TInput[]> read)
        where TInput : unmanaged
    {
        for (int sample = 0; sample < expected.Targets.Count; sample++)
        {
            TInput[] input = read($"input.{sample}");
            Explanation trace = network.Trace(key, input, expected.Targets[sample]);
            double tolerance = expected.Tolerance(key);
            string start = $"relevance.{sample}/{key}";
            Numbers.AssertClose(expected.Read($"output.{sample}").ToDoubles(), trace.Output.ToArray().ToDoubles(), 1e-5, "outputs");
            Numbers.AssertClose(expected.Read(start).ToDoubles(), trace.Relevance.ToArray().ToDoubles(), tolerance, "input");
            Assert.All(expected.Names.Where(tensor => tensor.StartsWith($"{start}/", StringComparison.Ordinal)), tensor => Numbers.AssertClose(
                expected.Read(tensor).ToDoubles(), trace[tensor[(start.Length + 1)..]].Relevance.ToArray().ToDoubles(), tolerance, tensor));

            float[] alone = new float[trace.Relevance.Length];
            withThreads.Explain(key, input, expected.Targets[sample], alone);
            Assert.Equal(trace.Relevance.ToArray(), alone);

            // A row adds up but for roundings of what goes through its layer, which may cancel.
            Assert.All(trace.Ledger!.Rows, row =>
            {
                double through = (row.Layer == "input" ? trace.Relevance : trace[row.Layer].Relevance).ToArray().Sum(Math.Abs);
                Assert.Equal(0, row.Residual, 1e-5 * (Math.Abs(row.Dropped) + Math.Abs(row.Bias) + (100 * through)));
            });
        }
    }

    /// <summary>A network in files.</summary>
    private sealed class VaryingCase
    {
        private readonly string name;
        private readonly TensorFile expected;
        private readonly JsonElement json;

        public VaryingCase(string name)
        {
            this.name = name;
            expected = TensorFile.Open(Path.Combine(Folder, $"{name}.expected.safetensors"));
            json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.json"))).RootElement;
            Explanations = json.GetProperty("yardstick").EnumerateObject().ToDictionary(
                key => key.Name, key => key.Name == "zplus" ? new(key.Name, new RuleSpec("ZPlus")) : Presets.Get(key.Name));
            bool isOfTokens = json.TryGetProperty("tokens", out _);
            NetworkSpec network = isOfTokens ? LayerReader.NetworkOfTokens(json) : LayerReader.Network(json, "shape");
            Declaration = new($"{char.ToUpperInvariant(name[0])}{name[1..]}", network, [.. Explanations.Values])
            {
                IsOfTokens = isOfTokens,
                IsVariable = !isOfTokens,
            };
        }

        public Declaration Declaration { get; }

        public IReadOnlyDictionary<string, ExplanationSpec> Explanations { get; }

        public IReadOnlyList<int> Targets => [.. json.GetProperty("targets").EnumerateArray().Select(target => target.GetInt32())];

        public IEnumerable<string> Names => expected.Names;

        public double Tolerance(string key) => Math.Max(1e-5, 8 * json.GetProperty("yardstick").GetProperty(key).GetDouble());

        /// <summary>Integers, which are no weights, so that the library reads none.</summary>
        public int[] ReadIds(string tensor)
        {
            byte[] file = File.ReadAllBytes(Path.Combine(Folder, $"{name}.expected.safetensors"));
            int start = sizeof(long) + (int)BitConverter.ToInt64(file);
            JsonElement place = JsonDocument.Parse(file.AsMemory(sizeof(long), start - sizeof(long))).RootElement.GetProperty(tensor);
            (int first, int end) = (place.GetProperty("data_offsets")[0].GetInt32(), place.GetProperty("data_offsets")[1].GetInt32());
            return MemoryMarshal.Cast<byte, int>(file.AsSpan((start + first)..(start + end))).ToArray();
        }

        public float[] Read(string tensor)
        {
            lock (expected)
            {
                return expected.Read(tensor);
            }
        }
    }
}
