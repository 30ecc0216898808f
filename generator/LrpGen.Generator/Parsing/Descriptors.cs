using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>All diagnostics. An id is never used again for something else; <c>docs/diagnostics.md</c> has a section for each.</summary>
internal static class Descriptors
{
    public static readonly DiagnosticDescriptor NotPartial = Error(
        "LRP0001",
        "A network must be partial",
        "'{0}' must be partial, so that the code of network '{1}' can be added to it",
        "The generated code is another part of the class, and of the types around it.");

    public static readonly DiagnosticDescriptor UnsuitableClass = Error(
        "LRP0002",
        "This class cannot be a network",
        "'{0}' cannot be a network because it is {1}",
        "A network is an ordinary class: instances hold its weights, and the generated code creates them.");

    public static readonly DiagnosticDescriptor NoLayer = Error(
        "LRP0003",
        "A network needs a layer",
        "Network '{0}' has no layer; add layer attributes such as [Linear(10)]",
        "The layers of a network are the layer attributes of the class, in their order.");

    public static readonly DiagnosticDescriptor LayersOnTwoDeclarations = Error(
        "LRP0004",
        "Layers are spread over two declarations",
        "The layers of '{0}' are on more than one partial declaration, which leaves their order open; put them all on one",
        "C# does not order the attributes of different partial declarations.");

    public static readonly DiagnosticDescriptor BadInputShape = Error(
        "LRP0005",
        "The input's shape is not one",
        "An input has the shape (channels, height, width), (channels, length) or (features), each at least 1; given was ({0})",
        "The shape is that of one sample, without the batch.");

    public static readonly DiagnosticDescriptor LayerDoesNotFit = Error(
        "LRP0006",
        "A layer does not fit its input",
        "{0} takes an input of shape {1}, but gets {2}{3}",
        "Every layer takes the output of the layer before it.");

    public static readonly DiagnosticDescriptor EmptyOutput = Error(
        "LRP0007",
        "A layer's output would be empty",
        "The output of {0} would be empty: a window spans {1} positions, but there are only {2} with padding (input {3})",
        "At least one window must fit into the padded input.");

    public static readonly DiagnosticDescriptor ArgumentOutOfRange = Error(
        "LRP0008",
        "An argument is out of range",
        "{1} of {0} must be {2}, but is {3}",
        "The ranges are PyTorch's.");

    public static readonly DiagnosticDescriptor GroupsDoNotDivide = Error(
        "LRP0009",
        "Groups do not divide the channels",
        "{0} groups do not divide {1} input channels and {2} output channels",
        "Every group has the same number of input channels, and of output channels.");

    public static readonly DiagnosticDescriptor BadLayerName = Error(
        "LRP0010",
        "A layer's name is not one",
        "'{0}' cannot be the name of a layer: {1}",
        "A name is not empty, and 'input' means the network's own input.");

    public static readonly DiagnosticDescriptor RepeatedLayerName = Error(
        "LRP0011",
        "Two layers have one name",
        "Layers {1} and {2} are both called '{0}'; the name of a layer without one is its index",
        "Tensors of weight files and entries of a trace are found by the layer's name.");

    public static readonly DiagnosticDescriptor TooLarge = Error(
        "LRP0025",
        "The network is too large",
        "{0} would have more than {1} values",
        "Buffers are arrays, and sizes and indices in the generated code are of type int.");

    public static readonly DiagnosticDescriptor UnknownLayer = Error(
        "LRP0029",
        "This layer is unknown",
        "There is no layer '{0}'; layers of one's own are not possible",
        "The generator knows a fixed set of layers.");

    private static DiagnosticDescriptor Error(string id, string title, string message, string description) =>
        Create(id, title, message, description, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Create(string id, string title, string message, string description, DiagnosticSeverity severity) =>
        new(id, title, message, "LrpGen", severity, isEnabledByDefault: true, description, $"https://github.com/lrpgen/lrpgen/blob/main/docs/diagnostics.md#{id.ToLowerInvariant()}");
}
