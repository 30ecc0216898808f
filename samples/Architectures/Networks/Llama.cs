using LrpGen;

namespace Architectures;

/// <summary>
/// A decoder of Llama's kind (Touvron et al. 2023) as Hugging Face names it, with the sizes of the hub's <c>SmolLM2-135M</c>: a logit for every
/// token that may come next, with the weights of the embedding.
/// </summary>
[Network(Tokens = 128)]
[Embedding(49152, 576, Name = "model.embed_tokens")]
[Block<LlamaLayer>(576, 9, 3, 1536, Repeat = 30, Name = "model.layers")]
[RMSNorm(Eps = 1e-5, Name = "model.norm"), Select(-1), Linear(49152, Bias = false, Weights = "model.embed_tokens", Name = "lm_head")]
[Explain<AttnLRP>]
[Explain<CPLRP>]
public sealed partial class Llama;

/// <summary>Attention to the tokens before, and a gated layer for every token; to either what it reads is added.</summary>
[Parameters("width", "heads", "groups", "hidden")]
[RMSNorm(Eps = 1e-5, Name = "input_layernorm"), Block<LlamaAttention>("width", "heads", "groups", Name = "self_attn")]
[Add("input", "self_attn", Name = "attended")]
[RMSNorm(Eps = 1e-5, Name = "post_attention_layernorm"), Block<GatedLayer>("width", "hidden", Name = "mlp"), Add("attended", "mlp")]
public readonly struct LlamaLayer : IBlock;

/// <summary>Queries of several heads share the keys and values of one.</summary>
[Parameters("width", "heads", "groups")]
[Linear("width", Bias = false, Name = "q_proj"), RotaryEmbedding("heads", Base = 100000, Name = "q")]
[Linear("width / heads * groups", Bias = false, From = "input", Name = "k_proj"), RotaryEmbedding("groups", Base = 100000, Name = "k")]
[Linear("width / heads * groups", Bias = false, From = "input", Name = "v_proj")]
[ScaledDotProductAttention("q", "k", "v_proj", Heads = "heads", KeyValueHeads = "groups", Causal = true), Linear("width", Bias = false, Name = "o_proj")]
public readonly struct LlamaAttention : IBlock;

/// <summary>Two linear layers, one of which a third gates.</summary>
[Parameters("width", "hidden")]
[Linear("hidden", Bias = false, Name = "gate_proj"), SiLU(Name = "gate"), Linear("hidden", Bias = false, From = "input", Name = "up_proj")]
[Multiply("gate", "up_proj"), Linear("width", Bias = false, Name = "down_proj")]
public readonly struct GatedLayer : IBlock;
