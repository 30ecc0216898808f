using LrpGen.Generator.Declarations;
using LrpGen.Generator.Parsing;

namespace LrpGen.Tests.Parsing;

public class ReporterTests
{
    [Fact]
    public void Block_and_network_share_their_faults()
    {
        Reporter network = new();
        Reporter block = network.InBlock("0", null);
        Assert.False(block.HasErrors);

        block.InBlock("0.0", null).Fail();

        Assert.True(block.HasErrors);
        Assert.True(network.HasErrors);
    }
}
