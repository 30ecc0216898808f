using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LrpGen.Generator.Declarations;

/// <summary>Reads the arguments of an attribute, and reports those out of range. Names are those of properties and constructor parameters.</summary>
/// <param name="declared">The attribute, or a layer for which it stands.</param>
/// <param name="reporter">Takes the faults.</param>
/// <param name="variables">What names in expressions stand for; null if the attribute has no sizes.</param>
internal sealed class Arguments(DeclaredLayer declared, Reporter reporter, IReadOnlyDictionary<string, int>? variables = null)
{
    private static readonly Dictionary<string, int> NoVariables = [];

    private readonly AttributeData attribute = declared.Attribute;

    /// <summary>False once an argument could not be taken.</summary>
    public bool Valid { get; private set; } = true;

    /// <summary>Whether an argument is written, or has a default value in the constructor. A property that is set to null is not written.</summary>
    public bool Has(string name) => declared.Given?.ContainsKey(name) ?? Find(name) is not null;

    /// <summary>An integer from <paramref name="minimum"/> to what any size may be, given as such or by an expression in a string.</summary>
    /// <param name="fallback">The value if none is given.</param>
    /// <param name="minimum">The least that is allowed.</param>
    /// <param name="names">The first that is given counts.</param>
    public int Integer(int fallback, int minimum, params string[] names) => Integer(fallback, minimum, Limits.Size, names);

    /// <summary>An integer from <paramref name="minimum"/> to <paramref name="maximum"/>, likewise.</summary>
    public int Integer(int fallback, int minimum, int maximum, params string[] names)
    {
        string? name = names.FirstOrDefault(Has);
        if (name is null)
        {
            return fallback;
        }

        int value = declared.Given is { } given ? (int)given[name] : Integer(Find(name)!.Value, name, 0);
        if (Valid && (value < minimum || value > maximum))
        {
            OutOfRange(name, value < minimum ? $"at least {minimum}" : $"at most {maximum}", value);
        }

        return value;
    }

    /// <summary>The elements of an array as integers of any size, given as such or by expressions in strings.</summary>
    public IReadOnlyList<int> Integers(string name) =>
        Find(name) is { Kind: TypedConstantKind.Array, IsNull: false } array
            ? [.. array.Values.Select((element, index) => Integer(element, name, index))]
            : [];

    /// <summary>
    /// A number between <paramref name="minimum"/> and <paramref name="maximum"/>, of any numeric type. The generated code computes with
    /// <see cref="float"/>, so it must be finite as one.
    /// </summary>
    public double Number(string name, double fallback, double minimum = float.MinValue, double maximum = float.MaxValue)
    {
        if (!Has(name))
        {
            return fallback;
        }

        double value = Scalar(name) is IConvertible number and not (bool or char or string)
            ? Convert.ToDouble(number, CultureInfo.InvariantCulture)
            : Value<double>(name);
        if (Valid && !(value >= minimum && value <= maximum))
        {
            OutOfRange(name, Range(minimum, maximum), value);
        }

        return value;
    }

    public bool Flag(string name, bool fallback) => Has(name) ? Value<bool>(name) : fallback;

    /// <summary>A string; null if it is not given, or given as null.</summary>
    public string? Text(string name) =>
        !Has(name) || Find(name) is { Kind: TypedConstantKind.Primitive, IsNull: true } ? null : Value<string>(name);

    /// <summary>A value of an enum whose values are 0, 1, …</summary>
    public TEnum Choice<TEnum>(string name)
        where TEnum : struct, Enum
    {
        int value = Integer(0, 0, name);
        if (!Enum.IsDefined(typeof(TEnum), value) && Valid)
        {
            OutOfRange(name, $"one of {string.Join(", ", Enum.GetNames(typeof(TEnum)))}", value);
        }

        return (TEnum)Enum.ToObject(typeof(TEnum), value);
    }

    /// <summary>The elements of an array; none if it is not given, or given as null.</summary>
    public EquatableArray<T> Array<T>(string name)
    {
        if (declared.Given is { } given)
        {
            return given.TryGetValue(name, out object? elements) ? ((T[])elements).ToEquatableArray() : [];
        }

        if (Find(name) is not { } constant || constant is { Kind: TypedConstantKind.Array, IsNull: true })
        {
            return [];
        }

        if (constant.Kind == TypedConstantKind.Array && constant.Values.All(Is<T>))
        {
            return constant.Values.Select(element => (T)element.Value!).ToEquatableArray();
        }

        Fail();
        return [];
    }

    /// <summary>Reports an argument that is not what it must be.</summary>
    public void OutOfRange(string name, string expected, double given) =>
        Fault(Descriptors.ArgumentOutOfRange, name, declared.Kind, name, expected, Numbers.Display(given));

    /// <summary>Reports a fault of an argument, or of the attribute if <paramref name="name"/> is null.</summary>
    public void Fault(DiagnosticDescriptor descriptor, string? name, params object[] arguments)
    {
        Valid &= descriptor.DefaultSeverity != DiagnosticSeverity.Error;
        reporter.Report(descriptor, Place.Of(attribute, name), arguments);
    }

    private static string Range(double minimum, double maximum) => (minimum, maximum) switch
    {
        (float.MinValue, float.MaxValue) => "a finite float",
        (float.Epsilon, float.MaxValue) => "a finite float above 0",
        (_, float.MaxValue) => $"a finite float of at least {Numbers.Display(minimum)}",
        _ => $"between {Numbers.Display(minimum)} and {Numbers.Display(maximum)}",
    };

    /// <summary>The value of an argument; where its type is wrong, which is an error of the compiler's, the default.</summary>
    private T? Value<T>(string name)
    {
        if (Scalar(name) is T value)
        {
            return value;
        }

        Fail();
        return default;
    }

    private int Integer(TypedConstant constant, string name, int element)
    {
        object? given = constant.Kind == TypedConstantKind.Array ? null : constant.Value;
        int value = 0;
        string? fault = null;
        switch (given)
        {
            case string expression:
                value = SizeExpression.Evaluate(expression, variables ?? NoVariables, out fault);
                break;
            case sbyte or byte or short or ushort or int:
            case uint or long or ulong when Convert.ToDecimal(given, CultureInfo.InvariantCulture) is >= int.MinValue and <= int.MaxValue:
                value = Convert.ToInt32(given, CultureInfo.InvariantCulture);
                break;
            case null when constant.Kind == TypedConstantKind.Error:
                Fail();
                break;
            default:
                fault = "it is neither an int nor an expression in a string";
                break;
        }

        if (fault is not null)
        {
            Valid = false;
            reporter.Report(Descriptors.Unreadable, Place.Of(attribute, name, element), constant.ToCSharpString(), "an integer", fault);
        }

        return value;
    }

    private static bool Is<T>(TypedConstant element) =>
        element.Kind != TypedConstantKind.Array && (element.Value is T || (element.IsNull && default(T) is null));

    private void Fail()
    {
        Valid = false;
        reporter.Fail();
    }

    private object? Scalar(string name) => declared.Given is { } given ? given[name]
        : Find(name) is { Kind: not TypedConstantKind.Array } constant ? constant.Value
        : null;

    private TypedConstant? Find(string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
            {
                return argument.Value is { Kind: not TypedConstantKind.Error, IsNull: true } ? null : argument.Value;
            }
        }

        int position = attribute.AttributeConstructor?.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Ordinal ?? -1;
        return position >= 0 && position < attribute.ConstructorArguments.Length ? attribute.ConstructorArguments[position] : null;
    }
}
