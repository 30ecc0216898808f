using System.Reflection;

namespace LrpGen.Tests.Generation;

/// <summary>The types of all objects that can be reached from some.</summary>
internal sealed class ObjectGraph
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly HashSet<object> visited = new(ReferenceEqualityComparer.Instance);

    public HashSet<Type> Types { get; } = [];

    /// <summary>Adds what can be reached from a value, through fields and elements.</summary>
    public void Visit(object? value)
    {
        if (value is null || !visited.Add(value))
        {
            return;
        }

        Type type = value.GetType();
        Types.Add(type);
        if (type.IsPrimitive || type.IsEnum || value is string)
        {
            return;
        }

        if (value is Array array)
        {
            foreach (object? element in array)
            {
                Visit(element);
            }
        }

        for (Type? declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (FieldInfo field in declaring.GetFields(Fields))
            {
                Visit(field.GetValue(value));
            }
        }
    }
}
