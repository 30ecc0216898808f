using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Declarations;

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
        "An input has one size or more, such as channels, height, width, each at least 1, and one of variable length two or more, but given is ({0})",
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
        "The ranges are PyTorch's, and those of the papers for the rules.");

    public static readonly DiagnosticDescriptor GroupsDoNotDivide = Error(
        "LRP0009",
        "Groups do not divide the channels",
        "{0} groups do not divide {1} input channels and {2} output channels",
        "Every group has the same number of input channels, and of output channels.");

    public static readonly DiagnosticDescriptor BadLayerName = Error(
        "LRP0010",
        "A layer's name is not one",
        "'{0}' cannot be the name of a layer: {1}",
        "A name is not empty and has no control characters, 'input' means the network's own input, and a number in braces is that of a copy.");

    public static readonly DiagnosticDescriptor RepeatedLayerName = Error(
        "LRP0011",
        "Two layers have one name",
        "Layers {1} and {2} are both called '{0}'; the name of a layer without one is its index",
        "Tensors of weight files and entries of a trace are found by the layer's name.");

    public static readonly DiagnosticDescriptor LayerNotFound = Error(
        "LRP0012",
        "A rule is for a layer that does not exist",
        "There is no layer '{0}', which rule {1} is for; the layers are {2}",
        "Layer of a rule is the name of a layer of every network that the composite explains.");

    public static readonly DiagnosticDescriptor NotAComposite = Error(
        "LRP0013",
        "This type is not a composite",
        "'{0}' is not a composite: {1}",
        "A composite is a struct that implements IComposite and bears rule attributes.");

    public static readonly DiagnosticDescriptor AlphaMinusBeta = Error(
        "LRP0014",
        "α − β must be 1",
        "α − β must be 1, else relevance is not conserved, but α is {0} and β is {1}",
        "The positive shares carry α, the negative ones −β, together 1.");

    public static readonly DiagnosticDescriptor BadBounds = Error(
        "LRP0015",
        "The bounds of the input are not bounds",
        "{0}",
        "Low is below High, in every channel; Lows and Highs have a value for each channel of the input.");

    public static readonly DiagnosticDescriptor BoxWithoutBounds = Error(
        "LRP0016",
        "A box rule needs bounds",
        "Rule {0} of layer '{1}' ({2}) needs the bounds of the network's input: give Low and High, or Lows and Highs",
        "The formula of a box rule contains the lowest and the highest value of the input.");

    public static readonly DiagnosticDescriptor BoxOffFirstLayer = Error(
        "LRP0017",
        "A box rule is only for the first layer",
        "Rule {0} needs bounds, which are known only for the network's input, but layer '{1}' ({2}) does not see it; give the rule First = true",
        "Only the network's input has known bounds, and only pools, Flatten, Dropout and Identity keep them.");

    public static readonly DiagnosticDescriptor RuleDoesNotApply = Error(
        "LRP0018",
        "A rule makes no sense at a layer",
        "Rule {0} makes no sense at layer '{1}' ({2}): {3}",
        "Rules with shares are for layers with weights and average pools, rules with a gate for activations.");

    public static readonly DiagnosticDescriptor NoRule = Error(
        "LRP0019",
        "A layer has no rule",
        "No rule of the composite matches layer '{0}' ({1})",
        "Every linear and convolutional layer needs a rule; other layers have a default.");

    public static readonly DiagnosticDescriptor ProbabilityAtTheEnd = Warning(
        "LRP0020",
        "An explained network ends with a probability",
        "The relevance of what {1} '{0}' gives is not that of the score before it: {2}; leave it out and explain the score",
        "LRP explains scores. A softmax at the end mixes all classes into each output, and what is positive where the score is negative turns all "
        + "signs.");

    public static readonly DiagnosticDescriptor RepeatedExplanation = Error(
        "LRP0021",
        "Two explanations have one name",
        "There are two explanations called '{0}'; give one of them a Name",
        "Methods are named after the explanation.");

    public static readonly DiagnosticDescriptor BadExplanationName = Error(
        "LRP0022",
        "An explanation's name is not an identifier",
        "'{0}' cannot be the name of an explanation, because its methods could not be called so; use an identifier",
        "Methods are named after the explanation.");

    public static readonly DiagnosticDescriptor MemberExists = Error(
        "LRP0023",
        "A generated member exists already",
        "'{1}' of '{0}' has the name of a member that is to be generated; rename it",
        "The generated code adds members to the class.");

    public static readonly DiagnosticDescriptor TooLarge = Error(
        "LRP0024",
        "The network is too large",
        "{0} would have more than {1} values",
        "Buffers are arrays, and sizes and indices in the generated code are of type int.");

    public static readonly DiagnosticDescriptor NoEffect = Warning(
        "LRP0025",
        "An argument has no effect",
        "{0} has no effect: {1}",
        "An argument replaces a parameter of rules that have it.");

    public static readonly DiagnosticDescriptor BadFormula = Error(
        "LRP0026",
        "A formula is malformed",
        "'{0}' cannot be read as {1} of a share; write {2}",
        "The formulas of a rule are written as in the papers.");

    public static readonly DiagnosticDescriptor RuleWithoutMeaning = Error(
        "LRP0027",
        "A rule does not say what it does",
        "Rule '{0}' has no well-formed [Share] and no [Gate], so it does nothing",
        "The meaning of a rule is the [Share] and [Gate] attributes of its class.");

    public static readonly DiagnosticDescriptor ParameterWithoutValue = Error(
        "LRP0028",
        "A parameter has no value",
        "The formula of rule {0} names {1}, which has no value: give its class a constructor parameter '{2}', or the explanation a value",
        "The values of parameters are the arguments of the rule attribute; initial values of properties are not visible to the generator.");

    public static readonly DiagnosticDescriptor NotANetwork = Error(
        "LRP0029",
        "This class is not a network",
        "'{0}' has no [Network(…)] with the shape of an input, so that [{1}] does nothing",
        "Layers and explanations belong to a class with [Network].");

    public static readonly DiagnosticDescriptor UnknownLayer = Error(
        "LRP0030",
        "This layer is unknown",
        "There is no layer '{0}'; layers of one's own are not possible",
        "The generator knows a fixed set of layers.");

    public static readonly DiagnosticDescriptor BadUnrollBudget = Warning(
        "LRP0031",
        "LrpGenUnrollBudget is malformed",
        "LrpGenUnrollBudget must be a number of multiply-adds or 'unlimited', but is '{0}'; {1} is used",
        "The MSBuild property says up to how many multiply-adds a layer is unrolled fully.");

    public static readonly DiagnosticDescriptor InputNotFound = Error(
        "LRP0032",
        "A layer reads one that does not exist before it",
        "There is no layer '{0}' before this one to read from; before it are {1}",
        "From, and the names that Add and Concat take, are names of layers that are written earlier, or 'input'.");

    public static readonly DiagnosticDescriptor InputsDiffer = Error(
        "LRP0033",
        "The inputs of a layer do not go together",
        "{0} takes {1}, but gets {2}",
        "Add sums element by element; Concat puts outputs of one height and width side by side.");

    public static readonly DiagnosticDescriptor UnreadOutput = Error(
        "LRP0034",
        "A layer ends nowhere",
        "No layer reads the output of layer '{0}', and it is not the last",
        "Only the last layer's output is the network's.");

    public static readonly DiagnosticDescriptor NotABlock = Error(
        "LRP0035",
        "This type is not a block",
        "'{0}' is not a block: {1}",
        "A block is a struct that implements IBlock and bears layer attributes.");

    public static readonly DiagnosticDescriptor WrongArguments = Error(
        "LRP0036",
        "A block is given too few arguments or too many",
        "{0} takes ({1}), but gets ({2})",
        "The arguments of [Block] are the values of the block's parameters, in their order; those with a default may be left out.");

    public static readonly DiagnosticDescriptor Unreadable = Error(
        "LRP0037",
        "A size or a parameter cannot be read",
        "{0} cannot be read as {1}: {2}",
        "Sizes are integers, or expressions in strings such as \"4 * width\"; parameters are names, some with a default such as \"stride = 1\".");

    public static readonly DiagnosticDescriptor TooManyLayers = Error(
        "LRP0038",
        "There are too many layers",
        "{0} would have too many layers: {1}",
        "A block does not contain itself, and a network is of a size that can be built.");

    public static readonly DiagnosticDescriptor SecondProcedure = Error(
        "LRP0039",
        "A composite has two procedures",
        "Composite '{0}' has a procedure already, so it cannot have {1}",
        "A procedure says at which points the network is run; a composite has at most one.");

    public static readonly DiagnosticDescriptor BadWindows = Error(
        "LRP0040",
        "The windows of an occlusion do not fit",
        "{0}",
        "The stride is at most the window, and the window at most the larger extent of the input.");

    public static readonly DiagnosticDescriptor UnsuitableForProcedure = Error(
        "LRP0041",
        "Rules and procedure do not go together",
        "{0}",
        "AlongPath and AtRoot take the gradient of an output; Occlude has no use for rules.");

    public static readonly DiagnosticDescriptor MaskedLayerNotFound = Error(
        "LRP0042",
        "A mask is for a layer that does not exist",
        "There is no layer '{0}' whose channels could be chosen; the layers are {1}",
        "Mask of an explanation is the name of a layer of the network.");

    public static readonly DiagnosticDescriptor SeedOfOneOutput = Error(
        "LRP0043",
        "A seed sets one output against none",
        "Seed {0} sets the target against the other outputs, but the network has only one output",
        "Contrastive and SoftmaxGradient need at least two outputs.");

    public static readonly DiagnosticDescriptor AxesDoNotFit = Error(
        "LRP0050",
        "Axes or sizes do not fit the input",
        "{0} of {1} must {2}, but gets {3} for an input of shape {4}",
        "A layer that moves values keeps all of them.");

    public static readonly DiagnosticDescriptor LinearOnImage = Warning(
        "LRP0051",
        "A linear layer reads the columns of an image",
        "Linear works on the last axis of its input {0}, the columns of an image; add [Flatten] before it, or [Permute(1, 2, 0)] for a linear layer "
        + "of channels",
        "In PyTorch, nn.Linear on an image acts on its last axis. That is nearly always a forgotten Flatten.");

    public static readonly DiagnosticDescriptor LengthIsUnknown = Error(
        "LRP0052",
        "A layer must know a length that calls choose",
        "{0} must know how long axis {1} of its input {2} is, but every call chooses that",
        "With Variable = true the first axis of the input is as long as a call's data. Layers work on every position alike, along the axis by "
        + "windows, or take its mean or largest value.");

    public static readonly DiagnosticDescriptor TokensAreEmbedded = Error(
        "LRP0053",
        "An embedding reads the tokens, and nothing else does",
        "{0} cannot read {1}: the tokens of a network with Tokens = … are the input of one [Embedding], the first layer",
        "Token ids are no numbers to compute with: a network of tokens begins with an embedding, and a network of numbers has none.");

    public static readonly DiagnosticDescriptor WeightsNotFound = Error(
        "LRP0054",
        "A layer shares weights of one that has none",
        "There is no layer '{0}' with weights before this one; before it are {1}",
        "Weights is the name of a layer that is written earlier and has weights.");

    public static readonly DiagnosticDescriptor WeightsDiffer = Error(
        "LRP0055",
        "Layers cannot share weights",
        "{0} needs {1}, but layer '{2}' has {3}",
        "Layers that share weights have tensors of the same names and shapes; one without a bias may take the weights of one that has it.");

    public static readonly DiagnosticDescriptor TokenGradientCancels = Warning(
        "LRP0056",
        "A token's gradient is always 0",
        "{0} gives every token 0 but for rounding: layer '{1}' ({2}) subtracts the mean of a token's features, so that the derivatives by them "
        + "sum up to 0; take InputTimesGradient",
        "A token gets the sum over its features, and behind a LayerNorm their derivatives sum up to 0.");

    public static readonly DiagnosticDescriptor SimpleGamma = Warning(
        "LRP0057",
        "γ in its simple form needs inputs of one sign",
        "Rule {0} has γ with inputs of any sign, a (w+γw⁺), but what layer '{1}' ({2}) reads may be negative, so that its denominators may be "
        + "close to 0 where its output is not; take Gamma, or a⁺ and a⁻ with weights of their own",
        "The simple form of γ is for inputs of at least 0, such as those behind a ReLU. Gamma is for inputs of both signs.");

    /// <summary>All of them, in the order of their ids.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        NotPartial,
        UnsuitableClass,
        NoLayer,
        LayersOnTwoDeclarations,
        BadInputShape,
        LayerDoesNotFit,
        EmptyOutput,
        ArgumentOutOfRange,
        GroupsDoNotDivide,
        BadLayerName,
        RepeatedLayerName,
        LayerNotFound,
        NotAComposite,
        AlphaMinusBeta,
        BadBounds,
        BoxWithoutBounds,
        BoxOffFirstLayer,
        RuleDoesNotApply,
        NoRule,
        ProbabilityAtTheEnd,
        RepeatedExplanation,
        BadExplanationName,
        MemberExists,
        TooLarge,
        NoEffect,
        BadFormula,
        RuleWithoutMeaning,
        ParameterWithoutValue,
        NotANetwork,
        UnknownLayer,
        BadUnrollBudget,
        InputNotFound,
        InputsDiffer,
        UnreadOutput,
        NotABlock,
        WrongArguments,
        Unreadable,
        TooManyLayers,
        SecondProcedure,
        BadWindows,
        UnsuitableForProcedure,
        MaskedLayerNotFound,
        SeedOfOneOutput,
        AxesDoNotFit,
        LinearOnImage,
        LengthIsUnknown,
        TokensAreEmbedded,
        WeightsNotFound,
        WeightsDiffer,
        TokenGradientCancels,
        SimpleGamma,
    ];

    /// <summary>A diagnostic with the use of a block in its message, the last of so many arguments.</summary>
    public static DiagnosticDescriptor InBlock(DiagnosticDescriptor descriptor, int arguments) => Create(
        descriptor.Id,
        descriptor.Title.ToString(),
        $"{descriptor.MessageFormat} (in block '{{{arguments - 1}}}')",
        descriptor.Description.ToString(),
        descriptor.DefaultSeverity);

    private static DiagnosticDescriptor Error(string id, string title, string message, string description) =>
        Create(id, title, message, description, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message, string description) =>
        Create(id, title, message, description, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Create(string id, string title, string message, string description, DiagnosticSeverity severity)
    {
        string helpLink = $"https://github.com/lrpgen/lrpgen/blob/main/docs/diagnostics.md#{id.ToLowerInvariant()}";
        return new DiagnosticDescriptor(id, title, message, "LrpGen", severity, isEnabledByDefault: true, description, helpLink);
    }
}
