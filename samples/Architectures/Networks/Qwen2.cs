using LrpGen;

namespace Architectures;

/// <summary>Qwen2 (Yang et al. 2024) as Hugging Face names it, with the sizes of the hub's <c>Qwen2.5-0.5B</c>: a Llama with biases in attention.</summary>
[Network(Tokens = 128)]
[Embedding(151936, 896, Name = "model.embed_tokens")]
[Block<Qwen2Layer>(896, 14, 2, 4864, Repeat = 24, Name = "model.layers")]
[RMSNorm(Eps = 1e-6, Name = "model.norm"), Select(-1), Linear(151936, Bias = false, Weights = "model.embed_tokens", Name = "lm_head")]
[Explain<AttnLRP>]
[Explain<CPLRP>]
public sealed partial class Qwen2;

/// <summary>A layer of Llama's with another ε.</summary>
[Parameters("width", "heads", "groups", "hidden")]
[RMSNorm(Eps = 1e-6, Name = "input_layernorm"), Block<Qwen2Attention>("width", "heads", "groups", Name = "self_attn")]
[Add("input", "self_attn", Name = "attended")]
[RMSNorm(Eps = 1e-6, Name = "post_attention_layernorm"), Block<GatedLayer>("width", "hidden", Name = "mlp"), Add("attended", "mlp")]
public readonly struct Qwen2Layer : IBlock;

/// <summary>Queries of several heads share the keys and values of one.</summary>
[Parameters("width", "heads", "groups")]
[Linear("width", Name = "q_proj"), RotaryEmbedding("heads", Base = 1000000, Name = "q")]
[Linear("width / heads * groups", From = "input", Name = "k_proj"), RotaryEmbedding("groups", Base = 1000000, Name = "k")]
[Linear("width / heads * groups", From = "input", Name = "v_proj")]
[ScaledDotProductAttention("q", "k", "v_proj", Heads = "heads", KeyValueHeads = "groups", Causal = true), Linear("width", Bias = false, Name = "o_proj")]
public readonly struct Qwen2Attention : IBlock;
