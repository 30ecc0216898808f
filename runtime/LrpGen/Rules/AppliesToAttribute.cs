namespace LrpGen.Rules;

/// <summary>The kinds of layers that a rule applies to unless its <see cref="RuleAttribute.On"/> says otherwise.</summary>
/// <param name="kinds">The kinds; linear layers and convolutions for a rule without this attribute.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AppliesToAttribute(LayerKinds kinds) : Attribute
{
    /// <summary>The kinds.</summary>
    public LayerKinds Kinds { get; } = kinds;
}
