namespace LrpGen.Generator.Planning;

/// <summary>How rows turn with their positions.</summary>
/// <param name="Half">Half of the features of a head.</param>
internal sealed record Rotation(int Heads, int Half, double Base);

/// <summary>A rotation as a product with weights, which are multiplied by their sign's number; or its transposed.</summary>
internal sealed record Rotate(
    Rotation Rotation, bool Transposed, Tensor Tensor, int Power, double Positive, double Negative, bool Accumulate, Tensor To)
    : TensorStep(To, Accumulate ? [Tensor, To] : [Tensor])
{
    public override Step On(Func<Tensor, Tensor> map) => this with { Tensor = map(Tensor), To = map(To) };
}
