using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>A layer attribute on its way to a <see cref="Layer"/>.</summary>
/// <param name="attribute">The attribute.</param>
/// <param name="input">Shape of what the layer reads.</param>
/// <param name="before">The layers before it.</param>
/// <param name="reporter">Takes its faults.</param>
internal sealed class LayerDeclaration(AttributeData attribute, Shape input, IReadOnlyList<Layer> before, Reporter reporter)
{
    public Arguments Arguments { get; } = new(attribute, reporter);

    public string Kind { get; } = attribute.ShortName();

    public Shape Input => input;

    /// <summary>Index of the linear or convolutional layer whose output this layer reads, through layers that do nothing; else −1.</summary>
    public int WeightedLayerBefore =>
        before.LastOrDefault(layer => layer.Operation is not Identity) is { Operation: Linear or Convolution } layer ? layer.Index : -1;

    /// <summary>Whether the input has one of the ranks that the layer takes; reports it if not, unless an argument is faulty already.</summary>
    public bool Takes(params int[] ranks)
    {
        if (!Arguments.Valid || ranks.Contains(input.Rank))
        {
            return Arguments.Valid;
        }

        string expected = string.Join(" or ", ranks.Select(rank => rank switch { 1 => "(F)", 2 => "(C, L)", _ => "(C, H, W)" }));
        string remedy = ranks.Max() == 1 ? "; add [Flatten] before it" : "";
        return Fault(Descriptors.LayerDoesNotFit, null, Kind, expected, input, remedy);
    }

    /// <summary>Whether the weights can be held in one array; reports it if not.</summary>
    public bool Holds(params long[] weights) =>
        Limits.Product(weights) <= Limits.Weights || Fault(Descriptors.TooLarge, null, $"The weight of {Kind}", Limits.Weights);

    /// <summary>Reports a fault.</summary>
    /// <returns>False.</returns>
    public bool Fault(DiagnosticDescriptor descriptor, string? argument, params object[] arguments)
    {
        Arguments.Fault(descriptor, argument, arguments);
        return false;
    }
}
