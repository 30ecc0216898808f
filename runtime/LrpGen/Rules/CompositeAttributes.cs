namespace LrpGen.Rules;

/// <summary>The seed of a composite's explanations unless <see cref="ExplainAttribute.Seed"/> says otherwise.</summary>
/// <param name="seed">Where relevance starts.</param>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class StartAttribute(Seed seed) : Attribute
{
    /// <summary>Where relevance starts.</summary>
    public Seed Seed { get; } = seed;
}

/// <summary>The relevance of the input is multiplied by the input at the end.</summary>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class TimesInputAttribute : Attribute;
