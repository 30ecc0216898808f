using System.Globalization;
using LrpGen.Generator.Declarations;
using LrpGen.Generator.Layers;
using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>The layer attributes of a class as layers with all shapes; blocks as the layers that they stand for.</summary>
/// <param name="type">The user's class.</param>
/// <param name="input">Shape of the network's input.</param>
/// <param name="isOfTokens">Whether that is token ids.</param>
/// <param name="reporter">Takes the faults.</param>
/// <param name="cancellation">Ends the work.</param>
internal sealed class LayerParser(INamedTypeSymbol type, Shape input, bool isOfTokens, Reporter reporter, CancellationToken cancellation)
{
    private static readonly string TooMany = $"a network has at most {Limits.Layers} layers and blocks";

    private readonly List<Layer> layers = [];
    private readonly List<(AttributeData Attribute, LayerScope Scope)> origins = [];
    private readonly HashSet<int> read = [];
    private readonly LayerNames names = new();
    private readonly WorkspaceBound workspace = new(input);
    private int copies;

    /// <summary>Parses the layers up to the first that has a fault, behind which no shape is known; null if there is one.</summary>
    public EquatableArray<Layer>? Parse()
    {
        LayerScope scope = new(type, prefix: "", input: -1, [], reporter, outer: null);
        bool valid = Parse([.. LayerAttributes.Of(type, reporter).Select(attribute => (DeclaredLayer)attribute)], scope);
        if (valid && layers.Count == 0)
        {
            reporter.Report(Descriptors.NoLayer, Place.Of(type), type.Name);
        }

        return valid && layers.Count > 0 ? BatchNormFolding.Fold(layers.ToEquatableArray()) : null;
    }

    /// <summary>Reports what is wrong with a layer.</summary>
    public void Report(DiagnosticDescriptor descriptor, Layer layer, params object[] arguments)
    {
        (AttributeData attribute, LayerScope scope) = origins[layer.Index];
        scope.Reporter.Report(descriptor, Place.Of(attribute), arguments);
    }

    /// <summary>Appends the layers of a list; false after a fault, behind which nothing can be parsed.</summary>
    private bool Parse(IReadOnlyList<DeclaredLayer> declared, LayerScope scope)
    {
        foreach (DeclaredLayer layer in declared)
        {
            cancellation.ThrowIfCancellationRequested();
            bool isBlock = layer.Attribute.AttributeClass.Is(KnownTypes.Block) || TransformerLayers.Has(layer.Kind);
            if (!(isBlock ? ParseBlocks(layer.Attribute, scope) : ParseLayer(layer, scope)))
            {
                return false;
            }
        }

        foreach (WrittenLayer unread in scope.Written.Where(layer => layer.Output != scope.Output && !read.Contains(layer.Output)))
        {
            scope.Reporter.Report(Descriptors.UnreadOutput, Place.Of(unread.Attribute), scope.Prefix + unread.Name);
        }

        return true;
    }

    private bool ParseLayer(DeclaredLayer declared, LayerScope scope)
    {
        AttributeData attribute = declared.Attribute;
        if (!HasRoom(1, attribute, scope))
        {
            return false;
        }

        int index = layers.Count;
        string name = names.Next(declared, scope, index);
        if (scope.InputsOf(declared) is not { } inputs)
        {
            return false;
        }

        bool readsTokens = isOfTokens && inputs.Contains(-1);
        if (readsTokens ? index > 0 || declared.Kind != nameof(Embedding) : declared.Kind == nameof(Embedding))
        {
            string given = readsTokens ? "token ids" : OutputOf(inputs[0]).ToString();
            scope.Reporter.Report(Descriptors.TokensAreEmbedded, Place.Of(attribute), declared.Kind, given);
            return false;
        }

        LayerDeclaration declaration = new(
            declared, [.. inputs.Select(OutputOf)], scope.Arguments(declared, OutputOf(inputs[0])[0]), ChannelAxisOf(inputs[0]));
        if (LayerTable.Parse(declaration) is not { } layer || VariableLength.OutputOf(declaration, layer) is not { } output)
        {
            return false;
        }

        if (ParameterOf(layer.Operation, name, declaration, scope) is not (true, var parameter))
        {
            return false;
        }

        if (!HasRoom(layer.Parts.Count + 1, attribute, scope))
        {
            return false;
        }

        EquatableArray<int> ofOperation = AddParts(layer, attribute, scope, scope.Prefix + name, inputs);
        workspace.Add(layer, [.. ofOperation.Select(OutputOf)]);
        if (workspace.Values > Limits.Buffer)
        {
            return declaration.Fault(Descriptors.TooLarge, null, $"The buffer of a call, up to this {declaration.Kind},", Limits.Buffer);
        }

        if (layer.Operation is Linear { Rows: > 1 } && declaration.Input.Rank == 3 && declaration.FeatureAxis == 0)
        {
            scope.Reporter.Report(Descriptors.LinearOnImage, Place.Of(attribute), declaration.Input);
        }

        string kind = layer.OwnKind ?? declaration.Kind;
        layers.Add(new Layer(layers.Count, scope.Prefix + name, kind, layer.Operation, ofOperation, OutputOf(ofOperation[0]), output)
        {
            Parameter = parameter,
            Compound = layer.Parts.Count == 0
                ? null
                : new Compound(declaration.Kind, inputs, layer.Details.ToEquatableArray(), layer.Arguments.ToEquatableArray()),
        });
        origins.Add((attribute, scope));
        read.UnionWith(inputs);
        scope.Add(attribute, name, layers.Count - 1);
        return true;
    }

    private bool HasRoom(int more, AttributeData attribute, LayerScope scope)
    {
        bool hasRoom = layers.Count + copies + more <= Limits.Layers;
        if (!hasRoom)
        {
            scope.Reporter.Report(Descriptors.TooManyLayers, Place.Of(attribute), type.Name, TooMany);
        }

        return hasRoom;
    }

    /// <summary>Appends the layers that a declared one is made of.</summary>
    /// <returns>What its operation reads.</returns>
    private EquatableArray<int> AddParts(ParsedLayer parsed, AttributeData attribute, LayerScope scope, string name, EquatableArray<int> inputs)
    {
        int first = layers.Count;
        foreach (LayerPart part in parsed.Parts)
        {
            names.Reserve($"{name}.{part.Name}", attribute, scope, layers.Count);
            EquatableArray<int> read = part.Inputs.Select(Index).ToEquatableArray();
            workspace.Add(new ParsedLayer(part.Operation, part.Output), [.. read.Select(OutputOf)]);
            layers.Add(new Layer(layers.Count, $"{name}.{part.Name}", part.Kind, part.Operation, read, OutputOf(read[0]), part.Output)
            {
                Parameter = Parameter.Of(part.Operation, name),
                PartOf = name,
            });
            origins.Add((attribute, scope));
        }

        return parsed.Parts.Count == 0 ? inputs
            : parsed.Reads is { } reads ? reads.Select(Index).ToEquatableArray()
            : [layers.Count - 1];

        int Index(int input) => input < 0 ? inputs[~input] : first + input;
    }

    /// <summary>The layer's weights: its own, or those of an earlier layer that it names; not valid after a fault.</summary>
    private (bool Valid, Parameter? Parameter) ParameterOf(Operation operation, string name, LayerDeclaration declaration, LayerScope scope)
    {
        const string weights = "Weights";
        if (!declaration.Arguments.Has(weights))
        {
            return (true, Parameter.Of(operation, scope.Prefix + name));
        }

        string source = declaration.Arguments.Text(weights) ?? "";
        Layer? other = layers.FirstOrDefault(layer => layer.Name == scope.Prefix + source) ?? layers.FirstOrDefault(layer => layer.Name == source);
        if (other is not { Parameter: { } parameter, Compound: null, PartOf: null })
        {
            IEnumerable<Layer> sharing = layers.Where(layer => layer is { Parameter: not null, Compound: null, PartOf: null });
            string known = string.Join(", ", sharing.Select(layer => layer.Name));
            declaration.Arguments.Fault(Descriptors.WeightsNotFound, weights, source, known);
        }
        else if (parameter.For(operation) is not { } shared)
        {
            string expected = Tensors(operation.Weights);
            declaration.Arguments.Fault(Descriptors.WeightsDiffer, weights, declaration.Kind, expected, other.Name, Tensors(other.Operation.Weights));
        }
        else
        {
            return (true, shared);
        }

        return (false, null);

        static string Tensors(EquatableArray<WeightTensor> tensors) =>
            string.Join(", ", tensors.Select(tensor => $"{(tensor.Name.Length == 0 ? "weight" : tensor.Name)} ({string.Join(", ", tensor.Shape)})"));
    }

    /// <summary>Appends the layers of a block as many times as its attribute says.</summary>
    private bool ParseBlocks(AttributeData attribute, LayerScope scope)
    {
        const string repeat = "Repeat";
        if (scope.InputsOf(attribute) is not { } inputs || BlockOf(attribute, inputs, scope) is not { } block)
        {
            return false;
        }

        int source = inputs[0];
        Arguments arguments = scope.Arguments(attribute, OutputOf(source)[0]);
        if (WhyEndless(block, scope) is { } reason)
        {
            arguments.Fault(Descriptors.TooManyLayers, null, block.Type.Name, reason);
        }

        bool isRepeated = arguments.Has(repeat);
        int count = arguments.Integer(1, 0, repeat);
        for (int copy = 0; arguments.Valid && copy < count; copy++)
        {
            if (layers.Count + ++copies > Limits.Layers)
            {
                arguments.Fault(Descriptors.TooManyLayers, repeat, block.Type.Name, TooMany);
            }
            else if (!ParseBlock(attribute, block, [source, .. inputs.Skip(1)], isRepeated ? copy : null, scope))
            {
                return false;
            }

            source = scope.Output;
        }

        // The name itself means the last copy; the block's input, if there is none.
        if (arguments.Valid && isRepeated)
        {
            scope.GoOnFrom(source, arguments.Text("Name"));
        }

        return arguments.Valid;
    }

    private BlockDeclaration? BlockOf(AttributeData use, EquatableArray<int> inputs, LayerScope scope) => TransformerLayers.Has(use.ShortName())
        ? TransformerLayers.Parse(use, OutputOf(inputs[0]), hasMemory: inputs.Count > 1, scope)
        : BlockParser.ParseUse(use, scope.Reporter);

    /// <summary>Appends the layers of a block once.</summary>
    private bool ParseBlock(AttributeData attribute, BlockDeclaration block, IReadOnlyList<int> inputs, int? copy, LayerScope scope)
    {
        int source = inputs[0];
        string name = names.Next(attribute, scope, layers.Count, copy);
        string fullName = scope.Prefix + name;
        if (block.ParseArguments(scope.Arguments(attribute, OutputOf(source)[0])) is not { } values)
        {
            return false;
        }

        bool isInProject = SymbolEqualityComparer.Default.Equals(block.Type.ContainingAssembly, type.ContainingAssembly);
        Reporter faults = scope.Reporter.InBlock(fullName, isInProject ? null : Place.Of(attribute));
        LayerScope inner = new(block.Type, fullName + ".", source, values, faults, scope);
        if (inputs.Count > 1)
        {
            inner.Know(TransformerLayers.Memory, inputs[1]);
        }

        if (!Parse(block.Layers, inner))
        {
            return false;
        }

        scope.Add(attribute, name, inner.Output);
        return true;
    }

    /// <summary>The axis of channels of a layer's output, if that is an image; null if it is none, or not known to be one.</summary>
    private int? ChannelAxisOf(int layer)
    {
        if (OutputOf(layer).Rank != 3)
        {
            return null;
        }

        List<Permute> permutations = [];
        while (layer >= 0 && layers[layer].Operation is ElementwiseLayer or MovingLayer or Normalization or Linear)
        {
            if (layers[layer].Operation is Permute permutation)
            {
                permutations.Insert(0, permutation);
            }

            layer = layers[layer].Inputs[0];
        }

        return layer < 0 || layers[layer].Operation is ChannelLayer
            ? permutations.Aggregate(0, (axis, permutation) => permutation.Dims.ToList().IndexOf(axis))
            : null;
    }

    private static string? WhyEndless(BlockDeclaration block, LayerScope scope) =>
        scope.IsWithin(block.Type) ? "it contains itself"
        : scope.Depth >= Limits.BlockDepth ? $"blocks are nested more than {Limits.BlockDepth} deep"
        : null;

    private Shape OutputOf(int layer) => layer < 0 ? input : layers[layer].Output;
}
