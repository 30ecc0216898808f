namespace LrpGen.Tests;

public class NetworkDescriptionTests
{
    [Fact]
    public void PrintsATable()
    {
        NetworkDescription description = new(
            "DigitNet",
            [1, 28, 28],
            [
                new("0", "Conv2d", "16 channels", ["input"], [16, 28, 28], 416, 313_600, "looped: 313,600 multiply-adds exceed 512"),
                new("1", "ReLU", "max(x, 0)", ["0"], [16, 28, 28], 0, 0, "vectorised"),
                new("2", "Linear", "10 sums", ["1"], [10], 125_450, 125_440, "looped: 125,440 multiply-adds exceed 512"),
            ],
            [
                new("EpsilonPlus", "EpsilonPlus", [new("0", "ZPlus"), new("2", "Epsilon(1e-6)")], 150_784),
                new("Sharp", "EpsilonGammaBox", [new("0", "ZBox(-1, 1)"), new("1", "Pass"), new("2", "Epsilon(1e-6)")], 1_150_784),
                new("Occlusion", "Occlusion", [], 106_664, "Occlude(Window = 8, Stride = 4, Baseline = 0)"),
            ],
            WorkspaceBytes: 100_352,
            WeightBytes: 1_006_928);

        Assert.Equal(
            """
            DigitNet
            layer  kind    output        parameters  multiply-adds  EpsilonPlus    Sharp          Occlusion  plan
            0      Conv2d  (16, 28, 28)         416        313,600  ZPlus          ZBox(-1, 1)               looped: 313,600 multiply-adds exceed 512
            1      ReLU    (16, 28, 28)           0              0                 Pass                      vectorised
            2      Linear  (10)             125,450        125,440  Epsilon(1e-6)  Epsilon(1e-6)             looped: 125,440 multiply-adds exceed 512
            total                           125,866        439,040
            Weights: 1,006,928 bytes
            Forward: 100,352 bytes
            EpsilonPlus: 150,784 bytes
            Sharp (composite EpsilonGammaBox): 1,150,784 bytes
            Occlusion, Occlude(Window = 8, Stride = 4, Baseline = 0): 106,664 bytes
            """,
            description.ToString(),
            ignoreLineEndingDifferences: true);
    }
}
