using Architectures;

namespace LrpGen.Architectures.Tests;

// The sample's networks of tokens with the small sizes of make_sequences.py.

[Network(Tokens = 8, Ignore = new[] { "*.position_ids" })]
[Block<BertModel>(20, 24, 2, 4, 40, Name = "bert"), Linear(3, Name = "classifier")]
[Explain<AttnLRP>]
[Explain<CPLRP>]
internal sealed partial class SmallBert;

[Network(Tokens = 8, Ignore = new[] { "pooler.*" })]
[Block<BertEmbeddings>(20, 24, Name = "embeddings"), Block<BertLayer>(24, 4, 40, Repeat = 2, Name = "encoder.layer"), Mean, Normalize]
[Explain<AttnLRP>]
[Explain<CPLRP>]
internal sealed partial class SmallMiniLm;

[Network(Tokens = 8)]
[Block<DistilBertModel>(20, 24, 2, 4, 40, Name = "distilbert")]
[Linear(24, Name = "pre_classifier"), ReLU, Linear(3, Name = "classifier")]
[Explain<AttnLRP>]
[Explain<CPLRP>]
internal sealed partial class SmallDistilBert;

[Network(Tokens = 8)]
[Block<RobertaModel>(20, 24, 2, 4, 40, Name = "roberta")]
[Linear(24, Name = "classifier.dense"), Tanh, Linear(3, Name = "classifier.out_proj")]
[Explain<AttnLRP>]
[Explain<CPLRP>]
internal sealed partial class SmallRoberta;

[Network(Tokens = 8, Ignore = new[] { "h.*.attn.bias", "h.*.attn.masked_bias" })]
[Embedding(20, 24, Name = "wte"), PositionEmbedding(1024, Name = "wpe"), Block<Gpt2Layer>(24, 4, Repeat = 2, Name = "h")]
[LayerNorm(Name = "ln_f"), Select(-1), Linear(20, Bias = false, Weights = "wte", Name = "lm_head")]
[Explain<AttnLRP>]
[Explain<CPLRP>]
internal sealed partial class SmallGpt2;

[Network(Tokens = 8)]
[Embedding(20, 24, Name = "model.embed_tokens"), Block<LlamaLayer>(24, 4, 2, 40, Repeat = 2, Name = "model.layers")]
[RMSNorm(Eps = 1e-5, Name = "model.norm"), Select(-1), Linear(20, Bias = false, Weights = "model.embed_tokens", Name = "lm_head")]
[Explain<AttnLRP>]
[Explain<CPLRP>]
internal sealed partial class SmallLlama;

[Network(Tokens = 8)]
[Embedding(20, 24, Name = "model.embed_tokens"), Block<Qwen2Layer>(24, 4, 2, 40, Repeat = 2, Name = "model.layers")]
[RMSNorm(Eps = 1e-6, Name = "model.norm"), Select(-1), Linear(20, Bias = false, Weights = "model.embed_tokens", Name = "lm_head")]
[Explain<AttnLRP>]
[Explain<CPLRP>]
internal sealed partial class SmallQwen2;

[Network(Tokens = 8)]
[Block<LstmModel>(20, 24, 6, 3, Name = "model")]
[Explain<AttnLRP>]
[Explain<CPLRP>]
internal sealed partial class SmallLstm;
