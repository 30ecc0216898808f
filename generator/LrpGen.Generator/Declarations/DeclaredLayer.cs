using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Declarations;

/// <summary>A layer as it is declared: an attribute, or one of the layers that an attribute stands for.</summary>
/// <param name="Attribute">The attribute that is written.</param>
/// <param name="Kind">PyTorch's name of the layer.</param>
/// <param name="Given">Arguments by name: integers, numbers, truth values, strings and arrays of these; null for those of the attribute.</param>
internal sealed record DeclaredLayer(AttributeData Attribute, string Kind, IReadOnlyDictionary<string, object>? Given = null)
{
    public static implicit operator DeclaredLayer(AttributeData attribute) => new(attribute, attribute.ShortName());
}
