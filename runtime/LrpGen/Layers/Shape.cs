namespace LrpGen;

/// <summary>Makes one vector of a (C, …) input, in that order. As PyTorch's <c>nn.Flatten</c>.</summary>
public sealed class FlattenAttribute : LayerAttribute;

/// <summary>Does nothing in prediction. As PyTorch's <c>nn.Dropout</c> in evaluation.</summary>
/// <param name="p">Probability that training used; without effect here.</param>
public sealed class DropoutAttribute(double p = 0.5) : LayerAttribute
{
    /// <summary>Probability that training used.</summary>
    public double P { get; } = p;
}

/// <summary>Does nothing. As PyTorch's <c>nn.Identity</c>.</summary>
public sealed class IdentityAttribute : LayerAttribute;
