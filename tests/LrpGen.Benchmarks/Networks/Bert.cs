namespace LrpGen.Benchmarks.Networks;

/// <summary>all-MiniLM-L6-v2, without the pooling that its users add.</summary>
[Network(Tokens = 128)]
[Block<BertLayers>(384, 12, 1536, 6)]
[Explain<CPLRP>]
[Explain<AttnLRP>]
internal sealed partial class MiniLM;

/// <summary>BERT-base.</summary>
[Network(Tokens = 128)]
[Block<BertLayers>(768, 12, 3072, 12)]
[Explain<CPLRP>]
[Explain<AttnLRP>]
internal sealed partial class BertBase;

/// <summary>The layers, with the names of checkpoints.</summary>
[Parameters("width", "heads", "hidden", "layers")]
[Embedding(30522, "width", Name = "embeddings.word_embeddings")]
[TokenTypeEmbedding(2, Name = "embeddings.token_type_embeddings")]
[PositionEmbedding(512, Name = "embeddings.position_embeddings")]
[LayerNorm(Eps = 1e-12, Name = "embeddings.LayerNorm")]
[Block<BertLayer>("width", "heads", "hidden", Repeat = "layers", Name = "encoder.layer")]
public readonly struct BertLayers : IBlock;

/// <summary>Attention, and two linear layers for every token; what either reads is added before its normalisation.</summary>
[Parameters("width", "heads", "hidden")]
[Linear("width", Name = "attention.self.query")]
[Linear("width", From = "input", Name = "attention.self.key")]
[Linear("width", From = "input", Name = "attention.self.value")]
[ScaledDotProductAttention("attention.self.query", "attention.self.key", "attention.self.value", Heads = "heads", Name = "attention.self")]
[Linear("width", Name = "attention.output.dense")]
[Add("attention.output.dense", "input", Name = "attention.output.sum")]
[LayerNorm(Eps = 1e-12, Name = "attention.output.LayerNorm")]
[Linear("hidden", Name = "intermediate.dense"), GELU]
[Linear("width", Name = "output.dense")]
[Add("output.dense", "attention.output.LayerNorm", Name = "output.sum")]
[LayerNorm(Eps = 1e-12, Name = "output.LayerNorm")]
public readonly struct BertLayer : IBlock;
