using LrpGen;

namespace Architectures;

/// <summary>A network of token ids with the names of a known checkpoint.</summary>
/// <param name="Name">What the program calls it.</param>
/// <param name="Description">The layers.</param>
/// <param name="Load">Loads the checkpoint.</param>
public sealed record TokenArchitecture(string Name, NetworkDescription Description, Func<ITensorSource, ITokenNetwork> Load)
{
    /// <summary>The most tokens of a text.</summary>
    private int Tokens => Description.InputShape[0];

    /// <summary>How many ids there are: the rows of the embedding, which is the first layer.</summary>
    private int Vocabulary => Description.Layers[0].Tensors[0].Shape[0];

    /// <summary>What is wrong with token ids; null if nothing is.</summary>
    public string? FaultOf(IReadOnlyList<int> tokens)
    {
        string? given = tokens.Count > Tokens ? $"{tokens.Count} ids are given"
            : tokens.Any(IsUnknown) ? $"{tokens.First(IsUnknown)} is given"
            : null;
        return given is null ? null : $"{Name} takes at most {Tokens} token ids from 0 to {Vocabulary - 1}, but {given}.";

        bool IsUnknown(int token) => token < 0 || token >= Vocabulary;
    }

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
