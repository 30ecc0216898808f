using LrpGen;

namespace Sentences;

/// <summary>
/// all-MiniLM-L6-v2, a sentence embedding: a BERT of six layers (Wang et al. 2020) whose rows are averaged and normalised
/// (Reimers and Gurevych 2019). Names are those of the checkpoint.
/// </summary>
[Network(Tokens = 128)]
[Embedding(30522, 384, Name = "embeddings.word_embeddings")]
[TokenTypeEmbedding(2, Name = "embeddings.token_type_embeddings")]
[PositionEmbedding(512, Name = "embeddings.position_embeddings")]
[LayerNorm(Eps = 1e-12, Name = "embeddings.LayerNorm")]
[Block<BertLayer>(384, 12, 1536, Repeat = 6, Name = "encoder.layer")]
[Mean(Dim = 0), Normalize]
[Explain<AttnLRP>]
public sealed partial class MiniLM;

/// <summary>Attention, and two linear layers for every token; what either reads is added to it, and the sum is normalised.</summary>
[Parameters("width", "heads", "hidden")]
[Linear("width", Name = "attention.self.query")]
[Linear("width", From = "input", Name = "attention.self.key")]
[Linear("width", From = "input", Name = "attention.self.value")]
[ScaledDotProductAttention("attention.self.query", "attention.self.key", "attention.self.value", Heads = "heads")]
[Linear("width", Name = "attention.output.dense")]
[Add("attention.output.dense", "input"), LayerNorm(Eps = 1e-12, Name = "attention.output.LayerNorm")]
[Linear("hidden", Name = "intermediate.dense"), GELU, Linear("width", Name = "output.dense")]
[Add("output.dense", "attention.output.LayerNorm"), LayerNorm(Eps = 1e-12, Name = "output.LayerNorm")]
public readonly struct BertLayer : IBlock;
