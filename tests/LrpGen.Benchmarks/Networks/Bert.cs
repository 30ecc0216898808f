using Architectures;

namespace LrpGen.Benchmarks.Networks;

/// <summary>all-MiniLM-L6-v2, without the pooling that its users add.</summary>
[Network(Tokens = 128)]
[Block<BertEmbeddings>(30522, 384, Name = "embeddings")]
[Block<BertLayers>(384, 6, 12, 1536, Name = "encoder.layer")]
[Explain<CPLRP>]
[Explain<AttnLRP>]
internal sealed partial class MiniLM;

/// <summary>BERT-base, likewise.</summary>
[Network(Tokens = 128)]
[Block<BertEmbeddings>(30522, 768, Name = "embeddings")]
[Block<BertLayers>(768, 12, 12, 3072, Name = "encoder.layer")]
[Explain<CPLRP>]
[Explain<AttnLRP>]
internal sealed partial class Bert;
