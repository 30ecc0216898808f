using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes the account of a layer, which only a trace keeps, as one line.</summary>
/// <param name="nameOf">Names of tensors in the program.</param>
/// <param name="callOf">The call of a function that makes a tensor of its own.</param>
internal sealed class LedgerEmitter(CodeWriter writer, EngineNames names, Func<Tensor, string> nameOf, Func<Block, Tensor, string> callOf)
{
    public void Emit(LedgerAccount account) =>
        writer.Line($"trace?.Ledger({account.Layer}){string.Concat(account.Items.Select(Call))};");

    private string Call(LedgerItem item) => item switch
    {
        Shared { S: { } s } share => $".Share({nameOf(s)}, {Factors(share)}{Bias(share)})",
        Shared share => $".ShareWithoutTerms({Factors(share)}{Bias(share)})",
        Weighted { Sums: { } sums } share => $".Product({nameOf(share.S)}, {callOf(sums, share.U)}{Bias(share)})",
        Copied copied => $".Copies({copied.Inputs})",
        Gated gated => $".Gate({nameOf(gated.Result)})",
        OffsetFromZero offset => $".Share({nameOf(offset.S)}, 1f, {Literal.Float(offset.Stabilizer)}, [{Literal.Float(offset.Value)}])",
        Expanded softmax => $".Softmax({nameOf(softmax.A)}, {nameOf(softmax.Y)})",
        ExpandedWeights { Sums: { } sums } lost => $".Weights({nameOf(lost.S)}, {nameOf(lost.Z)}, {nameOf(lost.G)}, {callOf(sums, lost.A)})",
        Given given => $".Gives({nameOf(given.Result)}, {names.Of(given.Arrangement, nameOf(given.Result))})",
        Passed => ".Pass()",
        Lost lost => $".Lost({nameOf(lost.Row)}, {lost.Row.Lanes})",
        Within within => $".Within({nameOf(within.Relevance)})",
        ShownAs shown => $".{shown.Column}()",
        HandedOn handed => $".Input({nameOf(handed.Result)}, {names.Of(handed.Arrangement, nameOf(handed.Result))})",
        _ => throw new InvalidOperationException($"No text for {item}."),
    };

    private static string Factors(Shared share) => $"{Literal.Float(share.Scale)}, {Literal.Float(share.Stabilizer)}";

    private string Bias(LedgerItem share) => share.Bias switch
    {
        StoredOffsets stored => $", {names[stored.Set]}.Span",
        LiveOffsets live => $", {nameOf(live.Tensor)}",
        _ => "",
    };
}
