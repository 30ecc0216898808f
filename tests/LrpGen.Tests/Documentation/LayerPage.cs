using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Documentation;

/// <summary>The page of all layers: their attributes as they are declared, what the doc comments say of them, and what the trials show.</summary>
internal static partial class LayerPage
{
    private static readonly Dictionary<LayerFamily, string> Titles = new()
    {
        [LayerFamily.WithWeights] = "with weights",
        [LayerFamily.Normalisations] = "normalisations",
        [LayerFamily.Pools] = "pools",
        [LayerFamily.Activations] = "activations",
        [LayerFamily.Branches] = "branches",
        [LayerFamily.Shapes] = "shapes",
        [LayerFamily.Images] = "images",
        [LayerFamily.WithoutEffect] = "without effect",
    };

    private static readonly Dictionary<string, XElement> Comments = XDocument
        .Load(Path.ChangeExtension(typeof(LayerAttribute).Assembly.Location, "xml"))
        .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>The page.</summary>
    public static string Page => string.Join('\n',
    [
        "# Layers",
        "",
        "All layers by family. Arguments with `=` are shown with their defaults, where `…` is one that depends on the input or on other arguments,",
        "or is none; those that begin with a capital letter are set by name. Examples show the shape of an input and that of the output,",
        "without the batch; of activations, values.",
        "[reference.md](reference.md#layers) says what all of them have in common.",
        .. Enum.GetValues<LayerFamily>().SelectMany(Section),
        "",
    ]);

    /// <summary>A row of the README's table for each family.</summary>
    public static IEnumerable<string> Names =>
        Enum.GetValues<LayerFamily>().Select(family => $"| {Titles[family]} | {string.Join(", ", Of(family).Select(kind => $"`{kind.Name}`"))} |");

    private static IEnumerable<LayerTrials> Of(LayerFamily family) => LayerTrials.All.Where(kind => kind.Family == family);

    private static IEnumerable<string> Section(LayerFamily family) =>
    [
        "",
        $"## {char.ToUpperInvariant(Titles[family][0])}{Titles[family][1..]}",
        "",
        "| layer | what it does | example |",
        "|---|---|---|",
        .. Of(family).Select(kind => $"| {Signature(kind)} | {Summary(kind)} | {Example(kind)} |"),
    ];

    private static Type AttributeOf(LayerTrials kind) =>
        typeof(LayerAttribute).Assembly.GetType($"LrpGen.{kind.Name}Attribute", throwOnError: true)!;

    /// <summary>The attribute's shortest constructor with arguments, with what is set by name, and its other constructors.</summary>
    private static string Signature(LayerTrials kind)
    {
        Type attribute = AttributeOf(kind);
        ParameterInfo[][] constructors =
            [.. attribute.GetConstructors().Select(constructor => constructor.GetParameters()).OrderBy(parameters => parameters.Length)];
        ParameterInfo[] parameters = constructors.FirstOrDefault(parameters => parameters.Length > 0) ?? [];

        // Sizes can be given by name, so that a default that is one of them shows as it.
        object sample = Activator.CreateInstance(attribute, [.. parameters.Select(Sample)])!;
        IEnumerable<string> named =
            from property in attribute.GetProperties()
            where property.CanWrite && property.DeclaringType != typeof(LayerAttribute) && property.DeclaringType != typeof(WeightedLayerAttribute)
            where !IsOfOneDirection(property)
            orderby property.DeclaringType == attribute, property.MetadataToken
            select $"{property.Name} = {DefaultOf(property, sample)}";
        string[] arguments = [.. parameters.Select(Argument), .. named];
        string rest = named.Any() ? ", …" : "";
        IEnumerable<string> others = constructors.Where(other => other != parameters)
            .Select(other => other.Length == 0 ? $", or `{kind.Name}`" : $", or `({string.Join(", ", other.Select(Argument))}{rest})`");
        return $"`{kind.Name}{(arguments.Length == 0 ? "" : $"({string.Join(", ", arguments)})")}`{string.Concat(others)}";
    }

    /// <summary>As StrideH is, of which reference.md tells.</summary>
    private static bool IsOfOneDirection(PropertyInfo property) =>
        property.Name[^1] is 'H' or 'W' && property.DeclaringType!.GetProperty(property.Name[..^1]) is not null;

    private static string Argument(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(ParamArrayAttribute)) ? $"{parameter.Name}…"
        : parameter.HasDefaultValue ? $"{parameter.Name} = {Text(parameter.DefaultValue)}"
        : parameter.Name!;

    private static object? Sample(ParameterInfo parameter) =>
        parameter.ParameterType.IsArray ? Array.CreateInstance(parameter.ParameterType.GetElementType()!, 0)
        : parameter.HasDefaultValue ? parameter.DefaultValue
        : parameter.Name;

    /// <summary>A default, or all choices with the default first. For −1 and null the doc comment says in words what happens.</summary>
    private static string DefaultOf(PropertyInfo property, object sample) => property.GetValue(sample) switch
    {
        null or -1 => "…",
        Enum choice => string.Join(" or ", Enum.GetNames(choice.GetType()).OrderBy(name => name != $"{choice}")),
        object value => Text(value),
    };

    private static string Text(object? value) => LayerSpec.Text(value!).Replace("E-0", "e-", StringComparison.Ordinal);

    /// <summary>What the doc comment says, with its code as Markdown has it.</summary>
    private static string Summary(LayerTrials kind) => Spaces().Replace(
        string.Concat(Comments[$"T:{AttributeOf(kind).FullName}"].Element("summary")!.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" } see =>
                $"`{see.Attribute("cref")!.Value.Split('.')[^1].Replace(nameof(Attribute), "", StringComparison.Ordinal)}`",
            _ => throw new NotSupportedException($"{node} in the doc comment of {kind.Name}."),
        })),
        " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>The first of the shapes, else the first case, of a function with values instead.</summary>
    private static string Example(LayerTrials kind)
    {
        if (kind.Shapes.Count > 0)
        {
            ShapeCase shape = kind.Shapes[0];
            return $"`{shape.Layer}`: ({shape.Input}) → {shape.Output}";
        }

        NetworkSpec network = kind.Cases[0].With(outputs: 1);
        int index = kind.Cases[0].Layers.Length - 1;
        LayerSpec layer = network.Layers[index];
        return layer is Activation function
            ? $"{Declared(layer, index)}: −1 → {Value(function.F(-1))}, 1 → {Value(function.F(1))}"
            : $"{Declared(layer, index)}: {string.Join(", ", network.Sources()[index].Select(source => source.Shape))} → {network.Outputs()[index]}";
    }

    private static string Declared(LayerSpec layer, int index) => $"`{layer.Declare(index).Replace("()", "", StringComparison.Ordinal)}`";

    private static string Value(double value) => value.ToString("0.####", CultureInfo.InvariantCulture).Replace('-', '−');

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
