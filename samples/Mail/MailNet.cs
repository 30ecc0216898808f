using LrpGen;

namespace Mail;

/// <summary>A small recurrent network that reads a mail from both ends. Its output is the logit of spam: above 0, a mail is taken for spam.</summary>
[Network(Tokens = 256)]
[Embedding(4000, 24, Name = "embedding")]
[GRU(32, Bidirectional = true, Name = "gru")]
[Mean]
[Linear(1, Name = "head")]
[Explain<CPLRP>(Epsilon = 0.1)] // the candidates' sums come close to 0, where a smaller ε lets words get many times the logit
[Explain<InputTimesGradient>]
public sealed partial class MailNet;
