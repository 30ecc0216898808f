namespace LrpGen.Generator.Model;

/// <summary>Where the ledger shows what a layer's learned values absorb; <c>LedgerEntry</c> has a method for each but the first.</summary>
internal enum LedgerColumn
{
    Bias,
    Positions,
    ClassToken,
}
