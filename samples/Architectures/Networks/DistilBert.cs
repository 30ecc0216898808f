using LrpGen;

namespace Architectures;

/// <summary>DistilBERT (Sanh et al. 2019) as a classifier of texts, the hub's <c>distilbert-base-uncased-finetuned-sst-2-english</c>.</summary>
[Network(Tokens = 128)]
[Block<DistilBertModel>(30522, 768, 6, 12, 3072, Name = "distilbert")]
[Linear(768, Name = "pre_classifier"), ReLU, Linear(2, Name = "classifier")]
[Explain<AttnLRP>]
[Explain<CPLRP>]
public sealed partial class DistilBert;

/// <summary>The network below a head, up to the first token's row.</summary>
[Parameters("vocabulary", "width", "layers", "heads", "hidden")]
[Embedding("vocabulary", "width", Name = "embeddings.word_embeddings"), PositionEmbedding(512, Name = "embeddings.position_embeddings")]
[LayerNorm(Eps = 1e-12, Name = "embeddings.LayerNorm")]
[Block<DistilBertLayer>("width", "heads", "hidden", Repeat = "layers", Name = "transformer.layer")]
[Select(0)]
public readonly struct DistilBertModel : IBlock;

/// <summary>Attention, and two linear layers for every token; what they read is added, and the sum normalised.</summary>
[Parameters("width", "heads", "hidden")]
[Linear("width", Name = "attention.q_lin"), Linear("width", From = "input", Name = "attention.k_lin")]
[Linear("width", From = "input", Name = "attention.v_lin")]
[ScaledDotProductAttention("attention.q_lin", "attention.k_lin", "attention.v_lin", Heads = "heads"), Linear("width", Name = "attention.out_lin")]
[Add("input", "attention.out_lin"), LayerNorm(Eps = 1e-12, Name = "sa_layer_norm")]
[Linear("hidden", Name = "ffn.lin1"), GELU, Linear("width", Name = "ffn.lin2")]
[Add("sa_layer_norm", "ffn.lin2"), LayerNorm(Eps = 1e-12, Name = "output_layer_norm")]
public readonly struct DistilBertLayer : IBlock;
