namespace LrpGen.Generator.Planning;

/// <summary>An average pool: all weights of a window of n positions are 1/n.</summary>
internal sealed class AverageMap(PoolWindows windows, Extent input, Extent output, TensorNames names) : FixedMap(names, input, output)
{
    public override string Remark => ", w_ij = 1/n in a window of n";

    protected override Step StepOf(bool transposed, Tensor from, int power, double scale, bool accumulate, Tensor to) =>
        new Average(windows, transposed, from, power, scale, accumulate, to);
}
