using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

public class GuardTests
{
    [Fact]
    public void GoodArgumentsPassAndAllocateNothing()
    {
        float[] values = new float[1000];
        Check();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Check();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Check()
        {
            Guard.Input(values, 1000);
            Guard.OutputRelevance(values, 1000);
            Guard.Output(values, 1000, "relevance");
            Guard.Target(0, 10);
            Guard.Target(9, 10);
        }
    }

    [Fact]
    public void AnotherLengthIsRefused()
    {
        AssertRefused("input", "Expected 784 values, but 783 are given.", () => Guard.Input(new float[783], 784));
        AssertRefused("outputRelevance", "Expected 10 values, but 11 are given.", () => Guard.OutputRelevance(new float[11], 10));
        AssertRefused("logits", "Expected 10 values, but 0 are given.", () => Guard.Output([], 10, "logits"));
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void ValuesThatAreNotFiniteAreRefused(float value, string text)
    {
        for (int index = 0; index < 40; index++)
        {
            float[] values = new float[40];
            values[index] = value;
            values[^1] = value;
            AssertRefused("input", $"Expected finite values, but the one at index {index} is {text}.", () => Guard.Input(values, 40));
            AssertRefused("outputRelevance", $"the one at index {index} is {text}.", () => Guard.OutputRelevance(values, 40));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    [InlineData(int.MinValue)]
    public void TargetsOutsideTheOutputsAreRefused(int target)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => Guard.Target(target, 10));
        Assert.Equal("target", exception.ParamName);
        Assert.Contains("Expected the index of an output, 0 to 9.", exception.Message);
    }

    private static void AssertRefused(string parameter, string message, Action call)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(parameter, call);
        Assert.Contains(message, exception.Message);
    }
}
