using System.Globalization;
using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>What a layer reads.</summary>
/// <param name="Shape">Its shape.</param>
/// <param name="IsGate">Whether a product takes it for the gate of its other factor.</param>
internal sealed record Source(Shape Shape, bool IsGate = false);

/// <summary>
/// A layer with PyTorch's arguments: all that the tests know of its kind. A record is called as PyTorch calls the layer.
/// </summary>
internal abstract record LayerSpec
{
    /// <summary>As in a weight file.</summary>
    public string Name { get; init; } = "";

    /// <summary>Names of the layers that it reads; none for the one before it.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Name of the earlier layer whose tensors it reads in place of its own; null if it has some, or needs none.</summary>
    public string? Weights { get; init; }

    /// <summary>PyTorch's name.</summary>
    public string Op => GetType().Name;

    /// <summary>What rules call it; none for a layer that no rule is for.</summary>
    public abstract LayerKinds Kind { get; }

    /// <summary>Whether a product takes its output for the gate of the other factor.</summary>
    public virtual bool IsGate => false;

    /// <summary>Whether its outputs lie within the bounds of its inputs, if these are the same for all of them and 0 is within.</summary>
    public virtual bool KeepsBounds => false;

    /// <summary>Whether it reads all that its <see cref="Inputs"/> name, so that these are its first arguments.</summary>
    protected virtual bool Joins => false;

    /// <summary>Whether PyTorch takes an input of this shape: sizes or positions that arguments name may not go with fewer rows.</summary>
    public virtual bool Takes(Shape input) => true;

    /// <summary>Shape of the output.</summary>
    public abstract Shape OutputOf(IReadOnlyList<Shape> inputs);

    /// <summary>The axis of the output of which masks choose positions; null where that is not said.</summary>
    /// <param name="input">Shape of the first input.</param>
    /// <param name="ofInput">The axis of the first input.</param>
    public virtual int? ChannelAxis(Shape input, int? ofInput) => ofInput;

    /// <summary>The tensors of its <c>state_dict</c> with their shapes. One without a name is called as the layer is.</summary>
    public virtual IEnumerable<(string Part, Shape Shape)> WeightsOf(Shape input) => [];

    /// <summary>The layer, which computes.</summary>
    /// <param name="inputs">What it reads.</param>
    /// <param name="weights">The network's weights by name, in PyTorch's order.</param>
    public abstract ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights);

    /// <summary>As C# declares it.</summary>
    /// <param name="index">Among the network's layers.</param>
    public string Declare(int index)
    {
        IEnumerable<string> arguments =
        [
            .. Joins ? Inputs.Select(name => $"\"{name}\"") : [],
            .. Arguments,
            .. !Joins && Inputs.Count > 0 ? [$"From = \"{Inputs[0]}\""] : Array.Empty<string>(),
            .. Weights is null ? [] : new[] { $"Weights = \"{Weights}\"" },
            .. Name != Text(index) ? [$"Name = \"{Name}\""] : Array.Empty<string>(),
        ];
        return $"{Op}({string.Join(", ", arguments)})";
    }

    /// <summary>Full name of one of its tensors.</summary>
    public string NameOf(string part) => part.Length == 0 ? Name : $"{Name}.{part}";

    /// <summary>The attribute's arguments: those of the constructor, then named ones.</summary>
    protected virtual IEnumerable<string> Arguments => [];

    /// <summary>A number or a truth value as C# writes it.</summary>
    public static string Text<T>(T value)
        where T : notnull => value is bool flag
            ? flag ? "true" : "false"
            : string.Format(CultureInfo.InvariantCulture, "{0}", value);

    /// <summary>An argument that has a default.</summary>
    protected static IEnumerable<string> Named<T>(string name, T value, T otherwise)
        where T : notnull => value.Equals(otherwise) ? [] : [$"{name} = {Text(value)}"];
}
