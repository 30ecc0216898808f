using System.Diagnostics.CodeAnalysis;
using Architectures;
using LrpGen.Execution;

namespace LrpGen.Architectures.Tests;

/// <summary>The tensors of checkpoints of BERT's kind on Hugging Face's hub are those of the sample's networks, but for what these ignore.</summary>
public sealed class CheckpointNameTests
{
    private static readonly string[] OldNames = ["LayerNorm.gamma", "LayerNorm.beta"];

    /// <summary>Architecture, prefix, rows of the embeddings of words, positions and types, names of normalisations, and what there is besides.</summary>
    public static TheoryData<string, string, int[], bool, string[]> Checkpoints => new()
    {
        {
            "bert",
            "bert",
            [30522, 512, 2],
            true,
            [
                "bert.pooler.dense.weight 768 768", "bert.pooler.dense.bias 768", "cls.predictions.bias 30522",
                "cls.predictions.transform.LayerNorm.gamma 768", "cls.seq_relationship.weight 2 768",
            ]
        },
        {
            "bert-sst2",
            "bert",
            [30522, 512, 2],
            false,
            [
                "bert.embeddings.position_ids 1 512", "bert.pooler.dense.weight 768 768", "bert.pooler.dense.bias 768", "classifier.weight 2 768",
                "classifier.bias 2",
            ]
        },
        { "roberta", "roberta", [50265, 514, 1], false, ["lm_head.bias 50265", "lm_head.dense.weight 768 768", "lm_head.layer_norm.weight 768"] },
        {
            "roberta-sentiment",
            "roberta",
            [50265, 514, 1],
            false,
            [
                "roberta.embeddings.position_ids 1 514", "roberta.pooler.dense.weight 768 768", "roberta.pooler.dense.bias 768",
                "classifier.dense.weight 768 768", "classifier.dense.bias 768", "classifier.out_proj.weight 3 768", "classifier.out_proj.bias 3",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Checkpoints))]
    public void AreTheNetworks(string architecture, string prefix, int[] rows, bool hasOldNames, string[] others)
    {
        NetworkDescription network = TokenArchitecture.All.Single(known => known.Name == architecture).Description;
        string[] norm = hasOldNames ? OldNames : ["LayerNorm.weight", "LayerNorm.bias"];
        Outline file = new([.. TensorsOf(prefix, rows, norm), .. others]);
        ITensorSource source = hasOldNames
            ? new RenamedTensors(
                file, static name => name.Replace("LayerNorm.gamma", "LayerNorm.weight").Replace("LayerNorm.beta", "LayerNorm.bias"))
            : file;
        _ = new StateDict(source, network.Name, [.. network.Tensors], network.Ignored);
    }

    /// <summary>Names and shapes of twelve layers of 768 features.</summary>
    private static IEnumerable<string> TensorsOf(string prefix, int[] rows, string[] norm) =>
    [
        .. new[] { "word", "position", "token_type" }.Zip(rows, (kind, count) => $"{prefix}.embeddings.{kind}_embeddings.weight {count} 768"),
        .. norm.Select(name => $"{prefix}.embeddings.{name} 768"),
        .. from index in Enumerable.Range(0, 12)
           from tensor in (string[])
           [
               .. Linear("attention.self.query", 768, 768), .. Linear("attention.self.key", 768, 768), .. Linear("attention.self.value", 768, 768),
               .. Linear("attention.output.dense", 768, 768), .. Linear("intermediate.dense", 768, 3072), .. Linear("output.dense", 3072, 768),
               .. norm.Select(name => $"attention.output.{name} 768"), .. norm.Select(name => $"output.{name} 768"),
           ]
           select $"{prefix}.encoder.layer.{index}.{tensor}",
    ];

    private static IEnumerable<string> Linear(string name, int inputs, int outputs) => [$"{name}.weight {outputs} {inputs}", $"{name}.bias {outputs}"];

    /// <summary>Tensors of which only name and shape are known.</summary>
    private sealed class Outline(IReadOnlyList<string> tensors) : ITensorSource
    {
        private readonly Dictionary<string, long[]> shapes = tensors.Select(tensor => tensor.Split(' ')).ToDictionary(
            parts => parts[0], parts => Array.ConvertAll(parts[1..], long.Parse));

        public string Description => "a checkpoint";

        public IReadOnlyCollection<string> Names => shapes.Keys;

        public bool TryGetShape(string name, [NotNullWhen(true)] out IReadOnlyList<long>? shape) =>
            (shape = shapes.GetValueOrDefault(name)) is not null;

        public void Read(string name, Span<float> destination) => throw new NotSupportedException();
    }
}
