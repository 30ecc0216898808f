using LrpGen;

namespace Architectures;

/// <summary>
/// RoBERTa (Liu et al. 2019) as it was trained first, the hub's <c>roberta-base</c>: the first token's row, 768 features. The head for that training
/// and the pooler that some files have are left out.
/// </summary>
[Network(Tokens = 128, Ignore = new[] { "lm_head.*", "roberta.pooler.*", "*.position_ids" })]
[Block<RobertaModel>(50265, 768, 12, 12, 3072, Name = "roberta")]
[Explain<AttnLRP>]
[Explain<CPLRP>]
public sealed partial class RobertaBase;

/// <summary>
/// RoBERTa as a classifier of texts, the hub's <c>cardiffnlp/twitter-roberta-base-sentiment</c>: whether a post is negative, neutral or positive.
/// Other checkpoints of Hugging Face's <c>RobertaForSequenceClassification</c> need only another number of classes.
/// </summary>
[Network(Tokens = 128, Ignore = new[] { "roberta.pooler.*", "*.position_ids" })]
[Block<RobertaModel>(50265, 768, 12, 12, 3072, Name = "roberta")]
[Linear(768, Name = "classifier.dense"), Tanh, Linear(3, Name = "classifier.out_proj")]
[Explain<AttnLRP>]
[Explain<CPLRP>]
public sealed partial class RobertaSentiment;

/// <summary>A BERT with other positions and another ε, up to the first token's row. Positions start at 2, behind that of the padding.</summary>
[Parameters("vocabulary", "width", "layers", "heads", "hidden")]
[Embedding("vocabulary", "width", Name = "embeddings.word_embeddings"), PositionEmbedding(514, Offset = 2, Name = "embeddings.position_embeddings")]
[TokenTypeEmbedding(1, Name = "embeddings.token_type_embeddings"), LayerNorm(Eps = 1e-5, Name = "embeddings.LayerNorm")]
[Block<RobertaLayer>("width", "heads", "hidden", Repeat = "layers", Name = "encoder.layer")]
[Select(0)]
public readonly struct RobertaModel : IBlock;

/// <summary>A layer of BERT's with another ε.</summary>
[Parameters("width", "heads", "hidden")]
[Block<BertAttention>("width", "heads", Name = "attention.self"), Linear("width", Name = "attention.output.dense")]
[Add("input", "attention.output.dense"), LayerNorm(Eps = 1e-5, Name = "attention.output.LayerNorm")]
[Linear("hidden", Name = "intermediate.dense"), GELU, Linear("width", Name = "output.dense")]
[Add("attention.output.LayerNorm", "output.dense"), LayerNorm(Eps = 1e-5, Name = "output.LayerNorm")]
public readonly struct RobertaLayer : IBlock;
