namespace LrpGen.Generator.Model;

/// <summary>A declared network: all that the generator knows of it.</summary>
/// <param name="Type">The user's class.</param>
/// <param name="Input">Shape of an input.</param>
/// <param name="Layers">In order of declaration, which is an order of data flow; the last gives the outputs.</param>
/// <param name="Explanations">In order of declaration.</param>
internal sealed record Network(TypeName Type, Shape Input, EquatableArray<Layer> Layers, EquatableArray<Explanation> Explanations)
{
    /// <summary>What layers call the network's own input.</summary>
    public const string InputName = "input";

    /// <summary>How 3×3 convolutions are computed.</summary>
    public ConvolutionMethod Convolution { get; init; }

    /// <summary>Names of tensors that files may have besides; * stands for any text.</summary>
    public EquatableArray<string> Ignored { get; init; } = [];

    /// <summary>
    /// By the name of a tensor in the file, under which other names a file may have it again: those that its other layers would give it.
    /// </summary>
    public ILookup<string, string> Aliases => (
        from layer in Layers
        from source in layer.Parameter?.Tensors ?? []
        let own = source.Tensor.Of(layer.Name)
        where layer.Compound is null && !source.IsSlice && !source.Transposed && own != source.Name
        select (source.Name, own)).ToLookup(pair => pair.Name, pair => pair.own);

    public Shape Output => Layers[Layers.Count - 1].Output;

    /// <summary>Whether the input is token ids; its shape is (n, 1) then.</summary>
    public bool IsOfTokens { get; init; }

    /// <summary>Whether samples have lengths of their own: tokens have, even if there can be one only.</summary>
    public bool HasLengths => Input.Variable is not null || IsOfTokens;

    /// <summary>Number of token ids that there are, of a network of tokens.</summary>
    public int Vocabulary => Layers[0].Operation.Weights[0].Shape[0];

    /// <summary>
    /// What an explanation's passes start from: 0 if from the rows that the first layer looks up for tokens, because a procedure moves these;
    /// −1 if from the input.
    /// </summary>
    public int StartOf(Explanation? explanation) => IsOfTokens && explanation?.Procedure is not null ? 0 : -1;

    /// <summary>Shape of what a layer gives; −1 is the input.</summary>
    public Shape ShapeOf(int layer) => layer < 0 ? Input : Layers[layer].Output;

    /// <summary>The fewest positions with which every layer has some, where calls choose their number.</summary>
    public int LeastPositions => Input.Variable is { } variable
        ? Enumerable.Range(1, variable.Count.Most)
            .First(n => n == variable.Count.Most || Layers.All(layer => layer.Output.Variable is not { } axis || axis.Count.At(n) > 0))
        : 1;
}

/// <summary>Where the user's class is declared.</summary>
/// <param name="Namespace">As C# writes it; empty for the global one.</param>
/// <param name="Name">Name of the class, as C# writes it: <c>@class</c>.</param>
/// <param name="Containers">Headers of the types around it, outermost first, such as <c>partial class Outer</c>.</param>
/// <param name="MetadataName">With namespace and containers, such as <c>Models.Outer+Net</c>.</param>
/// <param name="FileName">How the names of its files begin: the metadata name, with numbers where only the case of letters would differ.</param>
internal sealed record TypeName(string Namespace, string Name, EquatableArray<string> Containers, string MetadataName, string FileName)
{
    /// <summary>The namespace that generated code keeps for itself.</summary>
    public const string NamespaceOfEngines = "LrpGen.Generated";
}

/// <summary>One layer.</summary>
/// <param name="Index">Position in <see cref="Network.Layers"/>.</param>
/// <param name="Name">As in a weight file: by default the index.</param>
/// <param name="Kind">PyTorch's name of the layer, such as <c>Conv2d</c>.</param>
/// <param name="Operation">What it computes.</param>
/// <param name="Inputs">Indices of the layers it reads, all before it; −1 is the network's input.</param>
/// <param name="Input">Shape of what it reads, or of the first of several inputs.</param>
/// <param name="Output">Shape of what it writes.</param>
internal sealed record Layer(int Index, string Name, string Kind, Operation Operation, EquatableArray<int> Inputs, Shape Input, Shape Output)
{
    /// <summary>Its weights, which may be another layer's too; null if it has none.</summary>
    public Parameter? Parameter { get; init; }

    /// <summary>Name of the declared layer that it is a part of, which is the next that is none; null if it is declared itself.</summary>
    public string? PartOf { get; init; }

    /// <summary>What was declared, if the layer is the last part of that; null if it was declared as it is.</summary>
    public Compound? Compound { get; init; }
}

/// <summary>A declared layer that is made of others, of which its own is the last.</summary>
/// <param name="Kind">PyTorch's name.</param>
/// <param name="Inputs">What it reads.</param>
/// <param name="Details">What distinguishes it from others of its kind, for people.</param>
/// <param name="Arguments">The arguments that no shape tells, by PyTorch's names.</param>
internal sealed record Compound(
    string Kind, EquatableArray<int> Inputs, EquatableArray<string> Details, EquatableArray<(string Name, EquatableArray<double> Values)> Arguments);

/// <summary>The runtime's enum of that name.</summary>
internal enum ConvolutionMethod
{
    Fastest,
    Direct,
}
