using LrpGen;

namespace Architectures;

/// <summary>ViT-B/16 (Dosovitskiy et al. 2021), torchvision's <c>vit_b_16</c>: patches of 16×16 pixels as tokens.</summary>
[Network(3, 224, 224)]
[Conv2d(768, 16, Stride = 16, Name = "conv_proj"), Flatten(StartDim = 1), Transpose]
[ClassToken(Name = "class_token")]
[Block<VitEncoder>(Name = "encoder")]
[Select(0)]
[Block<VitHead>(1000, Name = "heads")]
[Explain<AttnLRP>]
[Explain<CPLRP>]
[Explain<GammaCPLRP>]
public sealed partial class VitB16;

/// <summary>Twelve layers.</summary>
[PositionEmbedding(Name = "pos_embedding")]
[Block<VitLayer>(12, 3072, Repeat = 12, Name = "layers.encoder_layer_{0}")]
[LayerNorm(Eps = 1e-6, Name = "ln")]
public readonly struct VitEncoder : IBlock;

/// <summary>Attention, and two linear layers for every token; to either what it reads is added.</summary>
[Parameters("heads", "hidden")]
[LayerNorm(Eps = 1e-6, Name = "ln_1"), MultiheadAttention("heads", Name = "self_attention"), Add("input", "self_attention", Name = "attended")]
[LayerNorm(Eps = 1e-6, Name = "ln_2"), Linear("hidden", Name = "mlp.0"), GELU, Linear(768, Name = "mlp.3"), Add("attended", "mlp.3")]
public readonly struct VitLayer : IBlock;

/// <summary>A logit for each class.</summary>
[Parameters("classes")]
[Linear("classes", Name = "head")]
public readonly struct VitHead : IBlock;
