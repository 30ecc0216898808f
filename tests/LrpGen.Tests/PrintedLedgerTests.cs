namespace LrpGen.Tests;

public class PrintedLedgerTests
{
    [Fact]
    public void PrintsATable()
    {
        Ledger ledger = new(
            [
                new("conv", "ZPlus", 8, 7.25, 0.75, 0.00000125, 0),
                new("relu", "Pass", 8, 8, 0, 0, 0),
                new("10", "Epsilon(1e-6)", 12.5, 8, 4.5, 0, -0.00025),
            ],
            Seed: 12.5,
            Input: 7.25);

        Assert.Equal(
            """
            layer  rule            output   input    bias  stabilizer  dropped  residual
            conv   ZPlus           8.0000  7.2500  0.7500      1.3e-6        0   -1.3e-6
            relu   Pass            8.0000  8.0000       0           0        0         0
            10     Epsilon(1e-6)  12.5000  8.0000  4.5000           0  -2.5e-4    2.5e-4
            total                 12.5000  7.2500  5.2500      1.3e-6  -2.5e-4    2.5e-4
            """,
            ledger.ToString(),
            ignoreLineEndingDifferences: true);
    }
}
