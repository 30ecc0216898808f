using LrpGen;

namespace Architectures;

/// <summary>A classifier of texts as many are written in PyTorch: <c>nn.Embedding</c>, an <c>nn.LSTM</c> in both directions, the mean of its rows, <c>nn.Linear</c>.</summary>
[Network(Tokens = 256)]
[Block<LstmModel>(20000, 128, 128, 2, Name = "model")]
[Explain<CPLRP>]
public sealed partial class LstmClassifier;

/// <summary>All its layers.</summary>
[Parameters("vocabulary", "features", "hidden", "classes")]
[Embedding("vocabulary", "features", Name = "embedding"), LSTM("hidden", Bidirectional = true, Name = "lstm")]
[Mean, Linear("classes", Name = "fc")]
public readonly struct LstmModel : IBlock;
