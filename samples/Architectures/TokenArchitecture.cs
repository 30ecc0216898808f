using LrpGen;

namespace Architectures;

/// <summary>A network of token ids with the names of a known checkpoint.</summary>
/// <param name="Name">What the program calls it.</param>
/// <param name="Description">The layers.</param>
/// <param name="Load">Loads the checkpoint.</param>
public sealed record TokenArchitecture(string Name, NetworkDescription Description, Func<ITensorSource, ITokenNetwork> Load)
{
    /// <summary>All that are declared here.</summary>
    public static IReadOnlyList<TokenArchitecture> All { get; } =
    [
        new("bert", BertBase.Description, BertBase.Load),
        new("bert-sst2", BertSst2.Description, BertSst2.Load),
        new("minilm", MiniLm.Description, MiniLm.Load),
        new("distilbert", DistilBert.Description, DistilBert.Load),
        new("roberta", RobertaBase.Description, RobertaBase.Load),
        new("roberta-sentiment", RobertaSentiment.Description, RobertaSentiment.Load),
        new("gpt2", Gpt2.Description, Gpt2.Load),
        new("llama", Llama.Description, Llama.Load),
        new("qwen2", Qwen2.Description, Qwen2.Load),
        new("lstm", LstmClassifier.Description, LstmClassifier.Load),
    ];
}
