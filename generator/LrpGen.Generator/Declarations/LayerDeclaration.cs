using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Declarations;

/// <summary>A layer attribute on its way to a <see cref="Layer"/>.</summary>
/// <param name="declared">The attribute, or a layer for which it stands.</param>
/// <param name="inputs">Shapes of what the layer reads.</param>
/// <param name="arguments">Of the attribute.</param>
/// <param name="channelAxis">The axis of channels, if what it reads is an image; null if that is not known.</param>
internal sealed class LayerDeclaration(DeclaredLayer declared, IReadOnlyList<Shape> inputs, Arguments arguments, int? channelAxis)
{
    public Arguments Arguments { get; } = arguments;

    public string Kind { get; } = declared.Kind;

    /// <summary>The axis whose positions are channels of an image (C, H, W), however it is permuted; else the last.</summary>
    public int FeatureAxis => channelAxis ?? Input.Rank - 1;

    /// <summary>Shape of what the layer reads, or of the first of several inputs.</summary>
    public Shape Input => inputs[0];

    public IReadOnlyList<Shape> Inputs => inputs;

    /// <summary>Whether the input has one of the ranks that the layer takes; reports it if not, unless an argument is faulty already.</summary>
    public bool Takes(params int[] ranks)
    {
        if (!Arguments.Valid || ranks.Contains(Input.Rank))
        {
            return Arguments.Valid;
        }

        string expected = string.Join(" or ", ranks.Select(rank => rank switch { 1 => "(F)", 2 => "(C, L)", _ => "(C, H, W)" }));
        string remedy = ranks.Max() == 1 ? "; add [Flatten] before it" : "";
        return Fault(Descriptors.LayerDoesNotFit, null, Kind, expected, Input, remedy);
    }

    /// <summary>The axis that an argument names, negative ones counted from the end; null after a fault.</summary>
    public int? Axis(string name, int fallback)
    {
        int axis = Arguments.Integer(fallback, -Input.Rank, Input.Rank - 1, name);
        return Arguments.Valid ? axis < 0 ? axis + Input.Rank : axis : null;
    }

    /// <summary>Reports that the input is of another rank than the layer takes.</summary>
    /// <returns>Null.</returns>
    public ParsedLayer? DoesNotFit(string expected)
    {
        Fault(Descriptors.LayerDoesNotFit, null, Kind, expected, Input, "");
        return null;
    }

    /// <summary>Reports that inputs do not go together.</summary>
    /// <returns>Null.</returns>
    public ParsedLayer? InputsDiffer(string expected)
    {
        Fault(Descriptors.InputsDiffer, null, Kind, expected, string.Join(", ", Inputs));
        return null;
    }

    /// <summary>Whether the weights, packed for the products, fit in a buffer; reports it if not.</summary>
    public bool Holds(params long[] weights) =>
        Limits.Product(weights) <= Limits.Buffer || Fault(Descriptors.TooLarge, null, $"The packed weight of {Kind}", Limits.Buffer);

    /// <summary>The layer, if its output is no larger than an input may be; reports it if it is.</summary>
    /// <param name="sizes">Of the output.</param>
    public ParsedLayer? Writes(Operation operation, params long[] sizes)
    {
        if (Limits.Product(sizes) <= Limits.Size)
        {
            return new ParsedLayer(operation, Shape.Of([.. sizes.Select(size => (int)size)]));
        }

        Fault(Descriptors.TooLarge, null, $"The output of {Kind}", Limits.Size);
        return null;
    }

    /// <summary>Reports a fault.</summary>
    /// <returns>False.</returns>
    public bool Fault(DiagnosticDescriptor descriptor, string? argument, params object[] arguments)
    {
        Arguments.Fault(descriptor, argument, arguments);
        return false;
    }
}
