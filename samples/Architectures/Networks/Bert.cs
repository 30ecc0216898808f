using LrpGen;

namespace Architectures;

/// <summary>
/// BERT (Devlin et al. 2019) as it was trained first, the hub's <c>bert-base-uncased</c>: what the pooler makes of a text, 768 features. Heads for
/// that training are left out. The hub's file calls weights and biases of normalisations gamma and beta, which <see cref="RenamedTensors"/> mends.
/// </summary>
[Network(Tokens = 128, Ignore = new[] { "cls.*", "*.position_ids" })]
[Block<BertModel>(30522, 768, 12, 12, 3072, Name = "bert")]
[Explain<AttnLRP>]
[Explain<CPLRP>]
public sealed partial class BertBase;

/// <summary>
/// BERT as a classifier of texts, the hub's <c>textattack/bert-base-uncased-SST-2</c>: whether a review speaks against or for a film. Other
/// checkpoints of Hugging Face's <c>BertForSequenceClassification</c> need only another number of classes.
/// </summary>
[Network(Tokens = 128, Ignore = new[] { "*.position_ids" })]
[Block<BertModel>(30522, 768, 12, 12, 3072, Name = "bert")]
[Linear(2, Name = "classifier")]
[Explain<AttnLRP>]
[Explain<CPLRP>]
public sealed partial class BertSst2;

/// <summary>
/// The hub's <c>sentence-transformers/all-MiniLM-L6-v2</c>, which embeds sentences: a BERT whose names have no prefix, and the mean of its rows.
/// </summary>
[Network(Tokens = 128, Ignore = new[] { "pooler.*", "embeddings.position_ids" })]
[Block<BertEmbeddings>(30522, 384, Name = "embeddings")]
[Block<BertLayer>(384, 12, 1536, Repeat = 6, Name = "encoder.layer")]
[Mean, Normalize]
[Explain<AttnLRP>]
[Explain<CPLRP>]
public sealed partial class MiniLm;

/// <summary>The network below a head, up to what the pooler makes of the first token.</summary>
[Parameters("vocabulary", "width", "layers", "heads", "hidden")]
[Block<BertEmbeddings>("vocabulary", "width", Name = "embeddings")]
[Block<BertLayer>("width", "heads", "hidden", Repeat = "layers", Name = "encoder.layer")]
[Select(0), Linear("width", Name = "pooler.dense"), Tanh]
public readonly struct BertModel : IBlock;

/// <summary>A row for each token, of its word, its position, and the first of two token types.</summary>
[Parameters("vocabulary", "width")]
[Embedding("vocabulary", "width", Name = "word_embeddings"), PositionEmbedding(512, Name = "position_embeddings")]
[TokenTypeEmbedding(2, Name = "token_type_embeddings"), LayerNorm(Eps = 1e-12, Name = "LayerNorm")]
public readonly struct BertEmbeddings : IBlock;

/// <summary>Attention, and two linear layers for every token; what they read is added, and the sum normalised.</summary>
[Parameters("width", "heads", "hidden")]
[Block<BertAttention>("width", "heads", Name = "attention.self"), Linear("width", Name = "attention.output.dense")]
[Add("input", "attention.output.dense"), LayerNorm(Eps = 1e-12, Name = "attention.output.LayerNorm")]
[Linear("hidden", Name = "intermediate.dense"), GELU, Linear("width", Name = "output.dense")]
[Add("attention.output.LayerNorm", "output.dense"), LayerNorm(Eps = 1e-12, Name = "output.LayerNorm")]
public readonly struct BertLayer : IBlock;

/// <summary>Attention up to its last projection.</summary>
[Parameters("width", "heads")]
[Linear("width", Name = "query"), Linear("width", From = "input", Name = "key"), Linear("width", From = "input", Name = "value")]
[ScaledDotProductAttention("query", "key", "value", Heads = "heads")]
public readonly struct BertAttention : IBlock;
