using LrpGen;

namespace Architectures;

/// <summary>GPT-2 (Radford et al. 2019), the hub's <c>gpt2</c>: a logit for every token that may come next, with the weights of the embedding.</summary>
[Network(Tokens = 128, Ignore = new[] { "h.*.attn.bias", "h.*.attn.masked_bias" })]
[Embedding(50257, 768, Name = "wte"), PositionEmbedding(1024, Name = "wpe")]
[Block<Gpt2Layer>(768, 12, Repeat = 12, Name = "h")]
[LayerNorm(Name = "ln_f"), Select(-1), Linear(50257, Bias = false, Weights = "wte", Name = "lm_head")]
[Explain<CPLRP>]
[Explain<AttnLRP>]
public sealed partial class Gpt2;

/// <summary>Attention to the tokens before, and two linear layers for every token; to either what it reads is added.</summary>
[Parameters("width", "heads")]
[LayerNorm(Name = "ln_1"), Linear("3 * width", Transposed = true, Name = "attn.c_attn")]
[Narrow(0, "width", Dim = 1, Name = "q")]
[Narrow("width", "width", Dim = 1, From = "attn.c_attn", Name = "k")]
[Narrow("2 * width", "width", Dim = 1, From = "attn.c_attn", Name = "v")]
[ScaledDotProductAttention("q", "k", "v", Heads = "heads", Causal = true), Linear("width", Transposed = true, Name = "attn.c_proj")]
[Add("input", "attn.c_proj", Name = "attended")]
[LayerNorm(Name = "ln_2"), Linear("4 * width", Transposed = true, Name = "mlp.c_fc"), GELU(Approximate = GeluApproximation.Tanh)]
[Linear("width", Transposed = true, Name = "mlp.c_proj"), Add("attended", "mlp.c_proj")]
public readonly struct Gpt2Layer : IBlock;
