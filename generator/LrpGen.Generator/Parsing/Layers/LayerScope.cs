using LrpGen.Generator.Declarations;
using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>A list of layers while it is parsed, the network's or that of a block in use: what names mean in it.</summary>
/// <param name="type">The class or struct that bears the layers.</param>
/// <param name="prefix">How full names of its layers begin, such as <c>layer1.0.</c>; empty for a network.</param>
/// <param name="input">Index of the layer whose output it takes; −1 is the network's input.</param>
/// <param name="parameters">Values of the block's parameters.</param>
/// <param name="reporter">Takes the faults of its attributes.</param>
/// <param name="outer">The list that the block is used in; null for a network.</param>
internal sealed class LayerScope(
    INamedTypeSymbol type, string prefix, int input, Dictionary<string, int> parameters, Reporter reporter, LayerScope? outer)
{
    private readonly Dictionary<string, int> outputs = new() { [Network.InputName] = input };
    private readonly List<WrittenLayer> written = [];

    public string Prefix => prefix;

    public Reporter Reporter => reporter;

    /// <summary>Index of the layer whose output the next one takes, and which the list gives at its end.</summary>
    public int Output { get; private set; } = input;

    /// <summary>The layers so far, in their order; a block counts as one.</summary>
    public IReadOnlyList<WrittenLayer> Written => written;

    /// <summary>Whose the input is, for messages.</summary>
    public string Owner => outer is null ? "network" : "block";

    /// <summary>How many blocks are around the layers.</summary>
    public int Depth => outer is null ? 0 : outer.Depth + 1;

    /// <summary>Indices of the layers that a layer reads; null after a fault.</summary>
    public EquatableArray<int>? InputsOf(DeclaredLayer layer)
    {
        const string several = "inputs";
        const string second = "Memory";
        Arguments arguments = new(layer, reporter);
        bool joins = arguments.Has(several);
        EquatableArray<string> sources = joins ? arguments.Array<string>(several) : arguments.Text("From") is { } from ? [from] : [];
        if (joins && arguments.Valid && sources.Count < 2)
        {
            arguments.OutOfRange(several, "the names of two or more layers", sources.Count);
        }

        if (joins && arguments.Has("From"))
        {
            arguments.Fault(Descriptors.NoEffect, "From", "From", "the layer names all its inputs");
        }

        List<int> inputs = joins || sources.Count > 0 ? [] : [Output];
        for (int i = 0; i < sources.Count; i++)
        {
            if (Find(sources[i], layer.Attribute, joins ? several : "From", i) is not int source)
            {
                return null;
            }

            inputs.Add(source);
        }

        if (arguments.Text(second) is { } memory)
        {
            if (Find(memory, layer.Attribute, second, 0) is not int source)
            {
                return null;
            }

            inputs.Add(source);
        }

        return arguments.Valid ? inputs.ToEquatableArray() : null;
    }

    private int? Find(string? name, AttributeData attribute, string argument, int element)
    {
        if (outputs.TryGetValue(name ?? "", out int layer))
        {
            return layer;
        }

        reporter.Report(Descriptors.InputNotFound, Place.Of(attribute, argument, element), name ?? "null", string.Join(", ", outputs.Keys));
        return null;
    }

    /// <summary>Adds a layer, or a block with the last of its layers. Of two with one name the first is found.</summary>
    public void Add(AttributeData attribute, string name, int output)
    {
        written.Add(new WrittenLayer(attribute, name, output));
        GoOnFrom(output, name);
    }

    /// <summary>Goes on with the output of a layer that is there already, as a block does that is repeated 0 times.</summary>
    /// <param name="output">Index of the layer; −1 is the network's input.</param>
    /// <param name="name">By which layers find it; null for none.</param>
    public void GoOnFrom(int output, string? name)
    {
        Output = output;
        if (name is not null && !outputs.ContainsKey(name))
        {
            outputs.Add(name, output);
        }
    }

    /// <summary>Lets layers find another output than those of the list.</summary>
    public void Know(string name, int output) => outputs.Add(name, output);

    /// <summary>Whether the layers are those of a block, or within them.</summary>
    public bool IsWithin(INamedTypeSymbol block) =>
        SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, block.OriginalDefinition) || outer?.IsWithin(block) == true;

    /// <summary>Reads the arguments of a layer with that many input channels.</summary>
    public Arguments Arguments(DeclaredLayer layer, int channels) =>
        new(layer, reporter, new Dictionary<string, int>(parameters) { [BlockParser.Channels] = channels });
}

/// <summary>A layer or a block of a list.</summary>
/// <param name="Attribute">Where it is written.</param>
/// <param name="Name">Its name in the list.</param>
/// <param name="Output">Index of the layer whose output it gives.</param>
internal sealed record WrittenLayer(AttributeData Attribute, string Name, int Output);
