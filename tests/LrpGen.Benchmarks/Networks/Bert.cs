using Architectures;

namespace LrpGen.Benchmarks.Networks;

/// <summary>all-MiniLM-L6-v2, without the pooling that its users add.</summary>
[Network(Tokens = 128)]
[Block<BertEmbeddings>(30522, 384, Name = "embeddings")]
[Block<BertLayer>(384, 12, 1536, Repeat = 6, Name = "encoder.layer")]
[Explain<CPLRP>]
[Explain<AttnLRP>]
internal sealed partial class MiniLM;

/// <summary>BERT-base, likewise.</summary>
[Network(Tokens = 128)]
[Block<BertEmbeddings>(30522, 768, Name = "embeddings")]
[Block<BertLayer>(768, 12, 3072, Repeat = 12, Name = "encoder.layer")]
[Explain<CPLRP>]
[Explain<AttnLRP>]
internal sealed partial class Bert;
