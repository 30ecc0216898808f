using System.Reflection;

namespace LrpGen.Tests.Reference;

/// <summary>
/// What is tried of a kind of layer, and shown of it in docs/layers.md. Tests that try every kind read it here; only what is about several kinds
/// together is said elsewhere.
/// </summary>
internal sealed record LayerTrials(LayerFamily Family)
{
    /// <summary>All kinds in alphabetical order.</summary>
    public static IReadOnlyList<LayerTrials> All { get; } =
    [
        .. typeof(ITried).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(ITried)) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.OrdinalIgnoreCase)
            .Select(Read),
    ];

    /// <summary>The layer's record.</summary>
    public Type Spec { get; private init; } = typeof(LayerSpec);

    /// <summary>PyTorch's name.</summary>
    public string Name => Spec.Name;

    /// <summary>Networks, of which each is tried under every rule for the layer.</summary>
    public required IReadOnlyList<LayerCase> Cases { get; init; }

    /// <summary>Networks that are sent to ONNX and back, where these are not the cases: one for each form that ONNX tells apart.</summary>
    public IReadOnlyList<LayerCase> Exports
    {
        get => field ?? Cases;
        init;
    }

    /// <summary>Whether ONNX has the layer with whatever arguments; if not, random networks with it are not sent there.</summary>
    public bool IsExported { get; init; } = true;

    /// <summary>Shapes of outputs as PyTorch gives them; the first is the example of the documentation.</summary>
    public required IReadOnlyList<ShapeCase> Shapes { get; init; }

    /// <summary>Declarations that are refused, or warned of, because of the layer's arguments or its input.</summary>
    public required IReadOnlyList<LayerFault> Faults { get; init; }

    /// <summary>Its part among random layers that read a shape.</summary>
    public required Func<RandomInput, IEnumerable<RandomPart>> Random { get; init; }

    /// <summary>The name of one of its cases, which can be that of a class.</summary>
    public string NameOf(LayerCase given) => Name + given.Suffix;

    private static LayerTrials Read(Type spec) => (LayerTrials)typeof(LayerTrials)
        .GetMethod(nameof(Of), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(spec).Invoke(null, null)!;

    private static LayerTrials Of<T>()
        where T : ITried => T.Trials with { Spec = typeof(T) };
}

/// <summary>A network whose point is its last layer.</summary>
/// <param name="Suffix">What tells it from the kind's other cases; empty for the plain one.</param>
/// <param name="Input">Shape of its input.</param>
/// <param name="Layers">The layer behind those that it needs.</param>
internal sealed record LayerCase(string Suffix, int[] Input, params LayerSpec[] Layers)
{
    /// <summary>Whether the same layers come back from ONNX, and not others that compute the same.</summary>
    public bool ComesBack { get; init; } = true;

    /// <summary>The network with a linear head.</summary>
    public NetworkSpec With(int outputs)
    {
        NetworkSpec network = NetworkSpec.Sequential(Shape.Of(Input), Layers);
        return NetworkSpec.Sequential(
            network.Input, [.. Layers, .. network.Outputs()[^1].Rank == 1 ? Array.Empty<LayerSpec>() : [new Flatten()], new Linear(outputs)]);
    }
}

/// <summary>Shape of an output.</summary>
/// <param name="Input">Arguments of <c>[Network(…)]</c>.</param>
/// <param name="Layer">The attribute.</param>
/// <param name="Output">The shape, as it is shown.</param>
internal sealed record ShapeCase(string Input, string Layer, string Output);

/// <summary>A diagnostic.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Message">Its message.</param>
/// <param name="Attributes">The network's attributes, with <c>[|…|]</c> around the place.</param>
internal sealed record LayerFault(string Id, string Message, string Attributes)
{
    /// <summary>A buffer that would be too large up to this layer.</summary>
    public static LayerFault TooLarge(string layer, string attributes) =>
        new("LRP0024", $"The buffer of a call, up to this {layer}, would have more than 2147483575 values", attributes);
}
