// What the compiler asks for by name and netstandard2.0 lacks.
#pragma warning disable IDE0130 // the namespace is the compiler's choice
namespace System.Runtime.CompilerServices;

/// <summary>Lets <c>init</c> accessors, and so records, compile.</summary>
internal static class IsExternalInit;

/// <summary>Names the method that builds a collection expression.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
internal sealed class CollectionBuilderAttribute(Type builderType, string methodName) : Attribute
{
    public Type BuilderType { get; } = builderType;

    public string MethodName { get; } = methodName;
}
