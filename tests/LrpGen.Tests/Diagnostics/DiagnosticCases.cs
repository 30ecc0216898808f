using LrpGen.Generator.Declarations;
using LrpGen.Generator.Parsing;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Diagnostics;

/// <summary>A faulty source, the one diagnostic that it must get, and where.</summary>
/// <param name="Id">The diagnostic's id.</param>
/// <param name="Message">Its message.</param>
/// <param name="Source">C#, with <c>[|…|]</c> around the place.</param>
public sealed record DiagnosticCase(string Id, string Message, string Source);

/// <summary>At least one case for every diagnostic that has a place.</summary>
internal static class DiagnosticCases
{
    /// <summary>The faults of whole declarations, of layers together, of explanations and of rules, in the order of their ids.</summary>
    private static readonly DiagnosticCase[] Together =
    [
        new("LRP0001", "'Net' must be partial, so that the code of network 'Net' can be added to it", "[Network(3)] [Linear(2)] class [|Net|];"),
        new(
            "LRP0001",
            "'Outer' must be partial, so that the code of network 'Net' can be added to it",
            "class [|Outer|] { [Network(3)] [Linear(2)] partial class Net; }"),

        new("LRP0002", "'Net' cannot be a network because it is static", "[Network(3)] [Linear(2)] static partial class [|Net|];"),
        new("LRP0002", "'Net' cannot be a network because it is abstract", "[Network(3)] [Linear(2)] abstract partial class [|Net|];"),
        new("LRP0002", "'Net' cannot be a network because it is generic", "[Network(3)] [Linear(2)] partial class [|Net|]<T>;"),
        new(
            "LRP0002",
            "'Net' cannot be a network because it is in a generic type",
            "partial class Outer<T> { [Network(3)] [Linear(2)] partial class [|Net|]; }"),
        new("LRP0002", "'Net' cannot be a network because it is a record", "[Network(3)] [Linear(2)] partial record [|Net|];"),
        new("LRP0002", "'Net' cannot be a network because it is local to its file", "[Network(3)] [Linear(2)] file partial class [|Net|];"),
        new(
            "LRP0002",
            "'Net' cannot be a network because it is a class with a constructor of its own",
            "[Network(3)] [Linear(2)] partial class [|Net|](int size) { public int Size => size; }"),
        new(
            "LRP0002",
            "'Net' cannot be a network because it is a class with a constructor of its own",
            "[Network(3)] [Linear(2)] partial class [|Net|] { public Net() { } }"),

        new(
            "LRP0002",
            "'Net' cannot be a network because it is in LrpGen.Generated, the namespace of generated code",
            "namespace LrpGen.Generated { [Network(3)] [Linear(2)] partial class [|Net|]; }"),

        new("LRP0003", "Network 'Net' has no layer; add layer attributes such as [Linear(10)]", "[Network(3)] partial class [|Net|];"),

        new(
            "LRP0004",
            "The layers of 'Net' are on more than one partial declaration, which leaves their order open; put them all on one",
            "[Network(3)] [Linear(2)] partial class Net; [[|ReLU|]] partial class Net;"),

        new(
            "LRP0005",
            "An input has one size or more, such as channels, height, width, each at least 1, and one of variable length two or more, "
            + "but given is ()",
            "[[|Network|]] [Linear(2)] partial class Net;"),
        new(
            "LRP0005",
            "An input has one size or more, such as channels, height, width, each at least 1, and one of variable length two or more, "
            + "but given is (3, 0, 5)",
            "[Network(3, [|0|], 5)] [Linear(2)] partial class Net;"),

        new(
            "LRP0005",
            "An input has one size or more, such as channels, height, width, each at least 1, and one of variable length two or more, "
            + "but given is (40)",
            "[Network([|40|], Variable = true)] [Linear(2)] partial class Net;"),
        new(
            "LRP0005",
            "An input has one size or more, such as channels, height, width, each at least 1, and one of variable length two or more, but given is "
            + "(3, 4 beside Tokens)",
            "[Network([|3|], 4, Tokens = 8)] [Linear(2)] partial class Net;"),

        new(
            "LRP0008",
            "Seed of Explain must be one of Logit, One, Contrastive, SoftmaxGradient, but is 9",
            "[Network(3)] [Linear(2)] [Explain<Gradient>([|Seed = (Seed)9|])] partial class Net;"),
        new("LRP0008", "Gamma of Explain must be a finite float of at least 0, but is -1", Explained("EpsilonGammaBox", "[|Gamma = -1|]")),
        new("LRP0008", "epsilon of Epsilon must be a finite float of at least 0, but is -1e-6", "[Epsilon([|-1e-6|])] struct Own : IComposite;"),
        new("LRP0008", "Steps of Explain must be at least 1, but is 0", Explained("IntegratedGradients", "[|Steps = 0|]")),
        new("LRP0008", "noise of WithNoise must be a finite float of at least 0, but is -1", "[WithNoise(3, [|-1|])] struct Own : IComposite;"),
        new("LRP0008", "Low of Explain must be a finite float, but is -1e300", Explained("DeepTaylor", "[|Low = -1e300|], High = 1")),
        new(
            "LRP0008",
            "gamma of Gamma must be a finite float of at least 0, but is Infinity",
            "[Gamma([|double.PositiveInfinity|])] struct Own : IComposite;"),
        new("LRP0008", "beta of AlphaBeta must be a finite float of at least 0, but is -1", "[AlphaBeta(0, [|-1|])] struct Own : IComposite;"),
        new(
            "LRP0008",
            "Lows of Explain must be finite floats, but is NaN",
            Explained("DeepTaylor", "[|Lows = new[] { 0, double.NaN, 0 }|], High = 1")),

        new("LRP0010", "' ' cannot be the name of a layer: it is empty", """[Network(3)] [Linear(2, [|Name = " "|])] partial class Net;"""),
        new(
            "LRP0010",
            "'a\\nb' cannot be the name of a layer: it contains a control character",
            """[Network(3)] [Linear(2, [|Name = "a\nb"|])] partial class Net;"""),
        new(
            "LRP0010",
            "'a\\u2028' cannot be the name of a layer: it contains a control character",
            """[Network(3)] [Linear(2, [|Name = "a\u2028"|])] partial class Net;"""),
        new(
            "LRP0010",
            "'input' cannot be the name of a layer: it means the network's own input",
            """[Network(3)] [Linear(2, [|Name = "input"|])] partial class Net;"""),
        new(
            "LRP0010",
            "'fc{1}' cannot be the name of a layer: a number in braces is that of a copy, and Repeat is not given",
            """[Network(3)] [Linear(2, [|Name = "fc{1}"|])] partial class Net;"""),

        new(
            "LRP0011",
            "Layers 0 and 2 are both called 'fc'; the name of a layer without one is its index",
            """[Network(3)] [Linear(2, Name = "fc")] [ReLU] [Linear(2, [|Name = "fc"|])] partial class Net;"""),
        new(
            "LRP0011",
            "Layers 0 and 1 are both called '1'; the name of a layer without one is its index",
            """[Network(3)] [Linear(2, Name = "1")] [[|ReLU|]] partial class Net;"""),

        new(
            "LRP0012",
            "There is no layer 'conv', which rule Flat is for; the layers are 0, 1, 2",
            ExplainedBy("Own", """[Flat(Layer = "conv")] [Epsilon] struct Own : IComposite;""")),

        new("LRP0013", "'int' is not a composite: it does not implement IComposite", ExplainedBy("int")),
        new("LRP0013", "'string' is not a composite: it is not a struct", ExplainedBy("string")),
        new("LRP0013", "'Own' is not a composite: it has no rule attributes", ExplainedBy("Own", "struct Own : IComposite;")),

        new(
            "LRP0014",
            "α − β must be 1, else relevance is not conserved, but α is 2 and β is 0.5",
            "[AlphaBeta(2, [|0.5|])] struct Own : IComposite;"),
        new(
            "LRP0014",
            "α − β must be 1, else relevance is not conserved, but α is 3 and β is 1",
            Explained("EpsilonAlpha2Beta1", "[|Alpha = 3|]")),

        new("LRP0015", "Low (1) must be below High (1)", "[ZBox(1, [|1|])] struct Own : IComposite;"),
        new("LRP0015", "Low (0) must be below High ([1, 0, 1])", Explained("DeepTaylor", "Low = 0, [|Highs = new double[] { 1, 0, 1 }|]")),
        new("LRP0015", "Low (2) must be below High (1)", Explained("TaylorDecomposition", "Low = 2, [|High = 1|]")),
        new("LRP0015", "Low is given without High", Explained("DeepTaylor", "[|Low = -1|]")),
        new("LRP0015", "High is given without Low", Explained("EpsilonGammaBox", "[|Highs = new double[] { 1, 1, 1 }|]")),
        new("LRP0015", "Lows has 2 values, but the input has 3 channels", Explained("DeepTaylor", "[|Lows = new double[] { 0, 0 }|], High = 1")),

        new(
            "LRP0016",
            "Rule ZBox of layer '0' (Conv2d) needs the bounds of the network's input: give Low and High, or Lows and Highs",
            "[Network(3, 8, 8)] [Conv2d(2, 3)] [[|Explain<EpsilonGammaBox>|]] partial class Net;"),

        new(
            "LRP0017",
            "Rule ZBox needs bounds, which are known only for the network's input, but layer '2' (Linear) does not see it; "
            + "give the rule First = true",
            ExplainedBy("Own", "[ZBox(0, 1)] struct Own : IComposite;")),

        new(
            "LRP0017",
            "Rule ZBox needs bounds, which are known only for the network's input, but layer '2' (Linear) does not see it; "
            + "give the rule First = true",
            """
            [Network(3, 2)] [Narrow(1, 2)] [Flatten] [Linear(2)]
            [[|Explain<Own>(Lows = new[] { 0.0, 0, 0 }, Highs = new[] { 1.0, 1, 2 })|]] partial class Net;
            [ZBox(First = true)] struct Own : IComposite;
            """),

        // Padding that counts is 0, which these bounds exclude.
        new(
            "LRP0017",
            "Rule ZBox needs bounds, which are known only for the network's input, but layer '1' (Conv1d) does not see it; "
            + "give the rule First = true",
            """
            [Network(1, 8)] [AvgPool1d(2, Padding = 1)] [Conv1d(2, 3)] [[|Explain<Own>(Low = 1, High = 2)|]] partial class Net;
            [ZBox(First = true)] struct Own : IComposite;
            """),

        new(
            "LRP0018",
            "Rule Flat makes no sense at layer '1' (ReLU): its On does not name that kind of layer",
            ExplainedBy("Own", """[Flat(Layer = "1")] [Epsilon] struct Own : IComposite;""")),
        new(
            "LRP0018",
            "Rule Pass makes no sense at layer '0' (Linear): it does not say how layers with weights share (it has no [Share])",
            ExplainedBy("Own", "[Pass(On = LayerKinds.Linear | LayerKinds.Convolution)] struct Own : IComposite;")),
        new(
            "LRP0018",
            "Rule ZPlus makes no sense at layer '1' (LayerNorm): of normalisations only shares of a w, the derivative and [Gate(Gate.Pass)] say "
            + "something",
            "[Network(3)] [Linear(4)] [LayerNorm] [[|Explain<Own>|]] partial class Net; "
            + "[Epsilon] [ZPlus(On = LayerKinds.Normalization)] struct Own : IComposite;"),
        new(
            "LRP0018",
            "Rule Own makes no sense at layer '0' (ScaledDotProductAttention): of attention only [Gate(Gate.Derivative)], and Pass and Half with "
            + "[Share(\"a w\")], say something",
            """
            [Network(4, 6)] [ScaledDotProductAttention("input", "input", "input")] [Flatten] [Linear(2)] [[|Explain<Rules>|]] partial class Net;
            [Own(On = LayerKinds.Attention)] [Epsilon] struct Rules : IComposite;
            [Share("a+ w+")] [Gate(Gate.Pass)] class OwnAttribute : RuleAttribute;
            """),
        new(
            "LRP0018",
            "Rule ZPlus makes no sense at layer '1' (ReLU): it does not say what activations do (it has no [Gate])",
            ExplainedBy("Own", "[ZPlus(On = LayerKinds.Activation)] [Epsilon] struct Own : IComposite;")),
        new(
            "LRP0018",
            "Rule ZPlus makes no sense at layer '1' (ReLU): it does not say what activations do (it has no [Gate])",
            ExplainedBy("Own", """[ZPlus(On = LayerKinds.All, Layer = "1")] [Epsilon] struct Own : IComposite;""")),

        new(
            "LRP0019",
            "No rule of the composite matches layer '0' (Linear)",
            ExplainedBy("Own", "[Epsilon(On = LayerKinds.Convolution)] struct Own : IComposite;")),

        new(
            "LRP0020",
            "The relevance of what Softmax '1' gives is not that of the score before it: what speaks against the other classes counts as well; "
            + "leave it out and explain the score",
            "[Network(3)] [Linear(2)] [[|Softmax|]] [Explain<Gradient>] partial class Net;"),
        new(
            "LRP0020",
            "The relevance of what Sigmoid '1' gives is not that of the score before it: where the score is negative, all signs turn; "
            + "leave it out and explain the score",
            "[Network(3)] [Linear(1)] [[|Sigmoid|]] [Flatten] [Explain<Gradient>] partial class Net;"),
        new(
            "LRP0020",
            "The relevance of what Sigmoid '1' gives is not that of the score before it: where the score is negative, all signs turn; "
            + "leave it out and explain the score",
            """[Network(3)] [Linear(4)] [[|Sigmoid|]] [Narrow(0, 2)] [Linear(2, From = "0")] [Concat("2", "3")] [Explain<Gradient>] partial class Net;"""),

        new(
            "LRP0021",
            "There are two explanations called 'Gradient'; give one of them a Name",
            "[Network(3)] [Linear(2)] [Explain<Gradient>] [[|Explain<Gradient>|]] partial class Net;"),
        new(
            "LRP0021",
            "There are two explanations called 'gradient'; give one of them a Name",
            """[Network(3)] [Linear(2)] [Explain<Gradient>] [Explain<Gradient>([|Name = "gradient"|])] partial class Net;"""),

        new(
            "LRP0022",
            "'not one' cannot be the name of an explanation, because its methods could not be called so; use an identifier",
            """[Network(3)] [Linear(2)] [Explain<Gradient>([|Name = "not one"|])] partial class Net;"""),

        new(
            "LRP0023",
            "'InputSize' of 'Net' has the name of a member that is to be generated; rename it",
            "[Network(3)] [Linear(2)] partial class Net { const int [|InputSize|] = 3; }"),
        new(
            "LRP0023",
            "'TraceFine' of 'Net' has the name of a member that is to be generated; rename it",
            """
            [Network(3)] [Linear(2)] [Explain<Gradient>(Name = "Fine")]
            partial class Net { void [|TraceFine|](System.ReadOnlySpan<float> input, int target) { } }
            """),
        new(
            "LRP0023",
            "'Load' of 'Net' has the name of a member that is to be generated; rename it",
            "[Network(3)] [Linear(2)] partial class Net { static Net? [|Load|](string? path) => null; static Net? Load(int size) => null; }"),
        new(
            "LRP0023",
            "'Load' of 'Net' has the name of a member that is to be generated; rename it",
            "[Network(3)] [Linear(2)] partial class Net { bool [|Load|]; }"),
        new(
            "LRP0023",
            "'Description' of 'Net' has the name of a member that is to be generated; rename it",
            "[Network(3)] [Linear(2)] partial class [|Net|] : Base; class Base { protected static string Description() => \"\"; }"),
        new(
            "LRP0023",
            "'Load' of 'Load' has the name of a member that is to be generated; rename it",
            "[Network(3)] [Linear(2)] partial class [|Load|];"),

        new("LRP0024", "The input would have more than 536870912 values", "[Network([|2000|], 2000, 2000)] [ReLU] partial class Net;"),
        TooLarge("[Network(1, 8192, 8192)] [[|ReLU|]] [Tanh] [Sigmoid] [ReLU] [Explain<Gradient>] partial class Net;", "ReLU"),
        TooLarge(
            """[Network(8, 1024, 1024)] [ReLU] [[|Concat("0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "input")|]] partial class Net;""",
            "Concat"),

        new(
            "LRP0025",
            "Gamma has no effect: no rule of Gradient has it",
            "[Network(3)] [Linear(2)] [Explain<Gradient>([|Gamma = 1|])] partial class Net;"),
        new("LRP0025", "Steps has no effect: no procedure of SmoothGrad has it", Explained("SmoothGrad", "[|Steps = 1|]")),
        new("LRP0025", "Seed has no effect: Occlude only predicts", Explained("Occlusion", "[|Seed = Seed.One|]")),
        new("LRP0025", "Low has no effect: Lows replaces it", Explained("DeepTaylor", "[|Low = -1|], Lows = new double[] { 0, 0, 0 }, High = 1")),
        new(
            "LRP0025",
            "Mask has no effect: all relevance flows on in the passes of WithNoise",
            """[Network(3)] [Linear(2)] [Explain<SmoothGrad>([|Mask = "0"|])] partial class Net;"""),
        new(
            "LRP0025",
            "From has no effect: the layer names all its inputs",
            """[Network(3)] [ReLU] [Add("input", "0", [|From = "0"|])] partial class Net;"""),
        new("LRP0025", "Stabilizer has no effect: its ε is the stabilizer", "[Epsilon(0.1, [|Stabilizer = 1|])] struct Own : IComposite;"),

        new(
            "LRP0026",
            "'a x' cannot be read as terms of a share; write terms such as 'a⁺ w⁺ + a⁻ w⁻': an input part a, a⁺, a⁻, l, h or none before "
            + "a weight part w, w⁺, w⁻, w², (w+γw⁺), (w+γw⁻), 1",
            """[Share([|"a x"|])] class OwnAttribute : RuleAttribute;"""),
        new(
            "LRP0026",
            "'c' cannot be read as Bias of a share; write b, b⁺, b⁻, b², (b+γb⁺), (b+γb⁻) or empty",
            """[Share("a w", [|Bias = "c"|])] class OwnAttribute : RuleAttribute;"""),
        new(
            "LRP0026",
            "'2 α' cannot be read as Scale of a share; write α, -α, β, -β, a number such as 1/2, or empty",
            """[Share("a w", [|Scale = "2 α"|])] class OwnAttribute : RuleAttribute;"""),
        new(
            "LRP0026",
            "'a>0' cannot be read as Where of a share; write z>0, z<0 or empty",
            """[Share("a w", [|Where = "a>0"|])] class OwnAttribute : RuleAttribute;"""),

        new("LRP0027", "Rule 'OwnAttribute' has no well-formed [Share] and no [Gate], so it does nothing", "class [|OwnAttribute|] : RuleAttribute;"),

        new(
            "LRP0028",
            "The formula of rule Own names Gamma, which has no value: give its class a constructor parameter 'gamma', or the explanation "
            + "a value",
            ExplainedBy("Composite", """[Own] struct Composite : IComposite; [Share("a (w+γw⁺)")] class OwnAttribute : RuleAttribute;""")),

        new(
            "LRP0029",
            "'Net' has no [Network(…)] with the shape of an input, so that [Linear] does nothing",
            "[[|Linear(2)|]] [ReLU] partial class Net;"),
        new(
            "LRP0029",
            "'Net' has no [Network(…)] with the shape of an input, so that [Explain] does nothing",
            "[[|Explain<Gradient>|]] partial class Net;"),

        new(
            "LRP0030",
            "There is no layer 'Own'; layers of one's own are not possible",
            "[Network(3)] [[|Own|]] partial class Net; class OwnAttribute : LayerAttribute;"),

        new(
            "LRP0032",
            "There is no layer 'fc' before this one to read from; before it are input, 0",
            """[Network(3)] [ReLU] [Tanh([|From = "fc"|])] [Linear(3, Name = "fc")] partial class Net;"""),
        new(
            "LRP0032",
            "There is no layer '1' before this one to read from; before it are input, 0",
            """[Network(3)] [ReLU] [Tanh([|From = "1"|])] partial class Net;"""),
        new(
            "LRP0032",
            "There is no layer 'null' before this one to read from; before it are input, 0",
            """[Network(3)] [ReLU] [Concat("input", [|null|])] partial class Net;"""),

        new(
            "LRP0034",
            "No layer reads the output of layer '1', and it is not the last",
            """[Network(3)] [Linear(2)] [[|ReLU|]] [Tanh(From = "0")] partial class Net;"""),
        new(
            "LRP0034",
            "No layer reads the output of layer 'head', and it is not the last",
            """[Network(3)] [[|Block<Own>(Name = "head")|]] [Tanh(From = "input")] partial class Net; [ReLU] struct Own : IBlock;"""),

        new("LRP0035", "'int' is not a block: it does not implement IBlock", "[Network(3)] [[|Block<int>|]] partial class Net;"),
        new("LRP0035", "'string' is not a block: it is not a struct", "[Network(3)] [[|Block<string>|]] partial class Net;"),
        new("LRP0035", "'Own' is not a block: it has no layers", "[Network(3)] [[|Block<Own>|]] partial class Net; struct Own : IBlock;"),
        new("LRP0035", "'Own' is not a block: it does not implement IBlock", "[[|ReLU|]] [Tanh] struct Own;"),

        new("LRP0036", "Own takes (), but gets (3)", "[Network(3)] [[|Block<Own>(3)|]] partial class Net; [ReLU] struct Own : IBlock;"),
        new("LRP0036", "Own takes (width, depth = 2), but gets ()", Using("[|Block<Own>|]", """[Parameters("width", "depth=2")] [ReLU]""")),
        new("LRP0036", "Own takes (width, depth = 2), but gets (3, 6, 9)", Using(
            """[|Block<Own>(3, "2 * channels", 9)|]""", """[Parameters("width", "depth=2")] [ReLU]""")),

        new(
            "LRP0037",
            "\"2 * width\" cannot be read as an integer: there is no 'width', but channels",
            """[Network(3)] [Linear([|"2 * width"|])] partial class Net;"""),
        new(
            "LRP0037",
            "\"channels / 2\" cannot be read as an integer: 3 / 2 is not an integer",
            """[Network(3, 8, 8)] [Conv2d(2, 3, [|Groups = "channels / 2"|])] partial class Net;"""),
        new(
            "LRP0037",
            "2.5 cannot be read as an integer: it is neither an int nor an expression in a string",
            "[Network(3)] [Linear([|2.5|])] partial class Net;"),
        new(
            "LRP0037",
            "true cannot be read as an integer: it is neither an int nor an expression in a string",
            "[Network(3, 8)] [MaxPool1d([|kernelSize: true|])] partial class Net;"),
        new(
            "LRP0037",
            "null cannot be read as an integer: it is neither an int nor an expression in a string",
            "[Network(3)] [Linear([|null|])] partial class Net;"),
        new(
            "LRP0037",
            "{1, 2} cannot be read as an integer: it is neither an int nor an expression in a string",
            "[Network(3, 8)] [Conv1d(2, 3, [|Stride = new[] { 1, 2 }|])] partial class Net;"),
        new(
            "LRP0037",
            "\"a\" cannot be read as an integer: there is no 'a', but channels",
            Using("""Block<Own>(3, [|"a"|])""", """[Parameters("width", "depth")] [ReLU]""")),
        new(
            "LRP0037",
            "3000000000 cannot be read as an integer: it is neither an int nor an expression in a string",
            "[Network(4)] [Linear([|3000000000|])] partial class Net;"),
        new("LRP0037", "\"3x\" cannot be read as an integer: 'x' is not expected there", Using("""Block<Own>([|Repeat = "3x"|])""", "[ReLU]")),
        Parameter("3x", "write a name, or a name with a default such as 'stride = 1'", "\"width\", [|\"3x\"|]"),
        Parameter("channels", "it means the channels of a layer's input", "[|\"channels\"|]"),
        Parameter("width", "there are two of that name", "\"width\", [|\"width\"|]"),
        Parameter("depth", "it needs a default, because one before it has one", "\"width = 1\", [|\"depth\"|]"),
        Parameter("width = ", "it ends too soon", "[|\"width = \"|]"),

        new(
            "LRP0038",
            "Own would have too many layers: it contains itself (in block '0')",
            "[Network(3)] [Block<Own>] partial class Net; [ReLU] [[|Block<Own>|]] struct Own : IBlock;"),
        new(
            "LRP0038",
            "A would have too many layers: it contains itself (in block 'x.0')",
            """[Network(3)] [Block<A>(Name = "x")] partial class Net; [Block<B>] struct A : IBlock; [[|Block<A>(Repeat = 0)|]] struct B : IBlock;"""),
        new(
            "LRP0038",
            $"Own would have too many layers: a network has at most {Limits.Layers} layers and blocks",
            Using("Block<Own>([|Repeat = 99999999|])", "[ReLU]")),
        new(
            "LRP0038",
            $"Net would have too many layers: a network has at most {Limits.Layers} layers and blocks",
            $"[Network(3)] {string.Concat(Enumerable.Repeat("[ReLU] ", Limits.Layers))} [[|ReLU|]] partial class Net;"),
        new(
            "LRP0038",
            $"C0 would have too many layers: blocks are nested more than 64 deep (in block '{string.Join('.', Enumerable.Repeat('0', 64))}')",
            "[Network(3)] [Block<C64>] partial class Net; [ReLU] struct C0 : IBlock; [[|Block<C0>|]] struct C1 : IBlock; "
            + string.Concat(Enumerable.Range(2, 63).Select(depth => $"[Block<C{depth - 1}>] struct C{depth} : IBlock; "))),

        // Faults of blocks where they are used.
        new(
            "LRP0008",
            "outChannels of Conv2d must be at least 1, but is 0 (in block 'layer2.1')",
            """
            [Network(3, 8, 8)] [Block<Stage>(4, Name = "layer1")] [Block<Stage>(2, Name = "layer2")] [Block<Stage>(0, Name = "layer3")]
            partial class Net;
            [Parameters("width")] [Block<Own>("width")] [Block<Own>("width / 2 - 1", Repeat = 16)] struct Stage : IBlock;
            [Parameters("width")] [Conv2d([|"width"|], 3, Padding = 1)] struct Own : IBlock;
            """),
        new(
            "LRP0007",
            "The output of Conv2d would be empty: a window spans 3 positions, but there are only 2 with padding (input (3, 2, 2)) (in block '3')",
            "[Network(3, 8, 8)] [Block<Own>(Repeat = 16)] partial class Net; [[|Conv2d(3, 3)|]] struct Own : IBlock;"),
        new(
            "LRP0010",
            "'input' cannot be the name of a layer: it means the block's own input (in block '0')",
            Using("Block<Own>(Repeat = 16)", """[ReLU([|Name = "input"|])]""")),
        new(
            "LRP0011",
            "Layers 1 and 2 are both called 'x.0'; the name of a layer without one is its index (in block 'x')",
            Using("""ReLU] [Block<Own>(Name = "x")""", """[ReLU(Name = "0")] [Tanh([|Name = "0"|])]""")),
        new(
            "LRP0011",
            "Layers 0 and 1 are both called 'x.0'; the name of a layer without one is its index (in block 'x')",
            Using("""ReLU(Name = "x.0")] [Block<Own>(Name = "x")""", "[[|ReLU|]]")),
        new(
            "LRP0025",
            "From has no effect: the layer names all its inputs (in block '0')",
            Using("Block<Own>(Repeat = 16)", """[Add("input", "input", [|From = "input"|])]""")),
        new(
            "LRP0032",
            "There is no layer 'outer' before this one to read from; before it are input, 0 (in block '1')",
            Using("""ReLU(Name = "outer")] [Block<Own>""", """[ReLU] [Tanh([|From = "outer"|])]""")),
        new(
            "LRP0032",
            "There is no layer '1.0' before this one to read from; before it are input, 0, 1",
            Using("""ReLU] [Block<Own>] [Tanh([|From = "1.0"|])""", "[ReLU]")),
        new("LRP0034", "No layer reads the output of layer '0.a', and it is not the last (in block '0')", Using(
            "Block<Own>(Repeat = 16)", """[[|Tanh(Name = "a")|]] [ReLU(From = "input")]""")),
        new(
            "LRP0020",
            "The relevance of what Softmax '1.1' gives is not that of the score before it: what speaks against the other classes counts as well; "
            + "leave it out and explain the score (in block '1')",
            "[Network(3)] [Linear(2)] [Block<Own>] [Explain<Gradient>] partial class Net; [ReLU] [[|Softmax|]] struct Own : IBlock;"),
        new(
            "LRP0004",
            "The layers of 'Own' are on more than one partial declaration, which leaves their order open; put them all on one",
            "[Network(3)] [Block<Own>] partial class Net; [ReLU] partial struct Own : IBlock; [[|Tanh|]] partial struct Own;"),

        new(
            "LRP0039",
            "Composite 'Own' has a procedure already, so it cannot have AtRoot",
            "[Derivative] [AlongPath] [[|AtRoot|]] struct Own : IComposite;"),

        new(
            "LRP0040",
            "Stride (5) must be at most Window (4), or values between the windows are never occluded",
            "[Occlude(4, [|5|])] struct Own : IComposite;"),
        new(
            "LRP0040",
            "Stride (4) must be at most Window (3), or values between the windows are never occluded",
            Explained("Occlusion", "[|Window = 3|]")),
        new(
            "LRP0040",
            "Window (9) must be at most 8, or nothing is left of the input (3, 8, 8); give another Window",
            Explained("Occlusion", "[|Window = 9|]")),
        new(
            "LRP0040",
            "Window (8) must be at most 3, or nothing is left of the input (3); give another Window",
            ExplainedBy("Occlusion")),

        new(
            "LRP0041",
            "AtRoot takes the gradient of an output, but layer '0' (Linear) has rule Epsilon",
            ExplainedBy("Own", "[Epsilon] [Start(Seed.One)] [AtRoot] struct Own : IComposite;")),
        new(
            "LRP0041",
            "AlongPath takes the gradient of an output, but layer '1' (ReLU) has rule Guided",
            ExplainedBy("Own", "[Guided] [Derivative] [Start(Seed.One)] [AlongPath] struct Own : IComposite;")),
        new(
            "LRP0041",
            "AlongPath takes the gradient of an output, but relevance starts with Seed.Logit, not Seed.One",
            Explained("IntegratedGradients", "[|Seed = Seed.Logit|]")),
        new(
            "LRP0041",
            "AlongPath takes the gradient of an output, but the composite multiplies it by the input",
            ExplainedBy("Own", "[Derivative] [Start(Seed.One)] [TimesInput] [AlongPath] struct Own : IComposite;")),
        new(
            "LRP0041",
            "AtRoot takes the gradient of an output, but layer '0' (Linear) has rule Epsilon",
            "[Network(3)] [Linear(2)] [[|Explain<Own>(Seed = Seed.One)|]] partial class Net; [Epsilon] [AtRoot] struct Own : IComposite;"),
        new(
            "LRP0041",
            "Occlude only predicts, so a composite with it has no rules and no TimesInput",
            ExplainedBy("Own", "[Epsilon] [Occlude(1, 1)] struct Own : IComposite;")),

        new(
            "LRP0041",
            "AtRoot searches an input of other numbers, and tokens are none",
            "[Network(Tokens = 8)] [Embedding(9, 4)] [Mean] [[|Explain<TaylorDecomposition>|]] partial class Net;"),
        new(
            "LRP0008",
            "Baseline of Explain must be a token id, 0 to 8, but is 9",
            "[Network(Tokens = 8)] [Embedding(9, 4)] [Mean] [Explain<IntegratedGradients>([|Baseline = 9|])] partial class Net;"),
        new(
            "LRP0008",
            "Baseline of Explain must be a token id, 0 to 8, but is 0.5",
            "[Network(Tokens = 8)] [Embedding(9, 4)] [Mean] [Explain<Occlusion>([|Baseline = 0.5|])] partial class Net;"),

        new(
            "LRP0042",
            "There is no layer 'conv' whose channels could be chosen; the layers are 0, 1",
            """[Network(3)] [Linear(2)] [ReLU] [Explain<EpsilonPlus>([|Mask = "conv"|])] partial class Net;"""),
        new(
            "LRP0042",
            "There is no layer 'input' whose channels could be chosen; the layers are 0",
            """[Network(3)] [Linear(2)] [Explain<EpsilonPlus>([|Mask = "input"|])] partial class Net;"""),

        new(
            "LRP0008",
            "feedForward of TransformerEncoderLayer must be at least 1, but is 0",
            "[Network(4, 8)] [TransformerEncoderLayer(2, [|0|])] [Mean] partial class Net;"),
        new(
            "LRP0006",
            "MultiheadAttention takes an input of shape (T, 3·d), but gets (4, 8) (in block '0')",
            "[Network(4, 8)] [[|TransformerEncoderLayer(3, 12)|]] [Mean] partial class Net;"),
        new(
            "LRP0032",
            "There is no layer 'm' before this one to read from; before it are input",
            """[Network(4, 8)] [TransformerDecoderLayer(2, 12, [|Memory = "m"|])] [Mean] partial class Net;"""),

        new(
            "LRP0008",
            "MaskAxis of Explain must be at most 1, but is 2",
            """[Network(4, 3)] [Linear(2)] [Mean] [Explain<EpsilonPlus>(Mask = "0", [|MaskAxis = 2|])] partial class Net;"""),
        new(
            "LRP0025",
            "MaskAxis has no effect: Mask names no layer",
            """[Network(4, 3)] [Linear(2)] [Mean] [Explain<EpsilonPlus>([|MaskAxis = 0|])] partial class Net;"""),

        new(
            "LRP0043",
            "Seed Contrastive sets the target against the other outputs, but the network has only one output",
            "[Network(3)] [Linear(1)] [Explain<EpsilonPlus>([|Seed = Seed.Contrastive|])] partial class Net;"),
        new(
            "LRP0043",
            "Seed SoftmaxGradient sets the target against the other outputs, but the network has only one output",
            "[Network(3)] [Linear(1)] [[|Explain<Own>|]] partial class Net; [Epsilon] [Start(Seed.SoftmaxGradient)] struct Own : IComposite;"),

        new(
            "LRP0053",
            "Linear cannot read token ids: the tokens of a network with Tokens = … are the input of one [Embedding], the first layer",
            "[Network(Tokens = 8)] [[|Linear(2)|]] partial class Net;"),

        new(
            "LRP0054",
            "There is no layer 'b' with weights before this one; before it are a",
            "[Network(3)] [Linear(3, Name = \"a\")] [ReLU(Name = \"r\")] [Linear(3, [|Weights = \"b\"|])] partial class Net;"),
        new(
            "LRP0054",
            "There is no layer 'r' with weights before this one; before it are a",
            "[Network(3)] [Linear(3, Name = \"a\")] [ReLU(Name = \"r\")] [Linear(3, [|Weights = \"r\"|])] partial class Net;"),
        new(
            "LRP0055",
            "Linear needs weight (2, 3), bias (2), but layer 'a' has weight (3, 3), bias (3)",
            "[Network(3)] [Linear(3, Name = \"a\")] [Linear(2, [|Weights = \"a\"|])] partial class Net;"),
        new(
            "LRP0055",
            "Linear needs weight (3, 3), bias (3), but layer 'a' has weight (3, 3)",
            "[Network(3)] [Linear(3, Name = \"a\", Bias = false)] [Linear(3, [|Weights = \"a\"|])] partial class Net;"),

        CancellingGradient("Gradient", "norm", "[LayerNorm(Name = \"norm\")] [Linear(2)]"),
        CancellingGradient("SmoothGrad", "norm", "[PositionEmbedding(8)] [Dropout] [LayerNorm(Name = \"norm\")] [Linear(2)]"),
        CancellingGradient(
            "GuidedBackprop",
            "2",
            """[PositionEmbedding(8, Name = "x")] [LayerNorm] [Linear(6)] [ReLU(Name = "y")] [Add("x", "y")] [LayerNorm] [Mean]"""),

        new("LRP0057", SimpleGamma("0", "Linear"), ExplainedBy("Own", SimpleGammaOn("Linear"))),
        new(
            "LRP0057",
            SimpleGamma("3", "Conv2d"),
            "[Network(3, 8, 8)] [ReLU] [Conv2d(2, 3)] [Tanh] [Conv2d(2, 3)] [Conv2d(2, 3)] [[|Explain<Own>|]] partial class Net; "
            + SimpleGammaOn("Convolution")),
    ];

    /// <summary>These, and those of each kind of layer.</summary>
    public static DiagnosticCase[] All { get; } =
    [
        .. Together,
        .. LayerTrials.All.SelectMany(kind => kind.Faults)
            .Select(fault => new DiagnosticCase(fault.Id, fault.Message, $"{fault.Attributes} partial class Net;")),
    ];

    /// <summary>A network of tokens that each get 0.</summary>
    private static DiagnosticCase CancellingGradient(string composite, string norm, string layers) => new(
        "LRP0056",
        $"{composite} gives every token 0 but for rounding: layer '{norm}' (LayerNorm) subtracts the mean of a token's features, so that the "
        + "derivatives by them sum up to 0; take InputTimesGradient",
        $"[Network(Tokens = 8)] [Embedding(5, 6)] {layers} [[|Explain<{composite}>|]] partial class Net;");

    private static string SimpleGamma(string layer, string kind) =>
        $"Rule Simple has γ with inputs of any sign, a (w+γw⁺), but what layer '{layer}' ({kind}) reads may be negative, so that its "
        + "denominators may be close to 0 where its output is not; take Gamma, or a⁺ and a⁻ with weights of their own";

    private static string SimpleGammaOn(string kinds) =>
        $"[Simple(0.25, On = LayerKinds.{kinds})] [Epsilon] struct Own : IComposite; "
        + """[Share("a (w+γw⁺)", Bias = "(b+γb⁺)")] class SimpleAttribute(double gamma) : RuleAttribute { public double Gamma => gamma; }""";

    /// <summary>A network of a block.</summary>
    private static string Using(string use, string layers) =>
        $"[Network(3)] [{use}] partial class Net; {layers} struct Own : IBlock;";

    /// <summary>A block with a faulty parameter.</summary>
    private static DiagnosticCase Parameter(string text, string fault, string parameters) =>
        new("LRP0037", $"\"{text}\" cannot be read as a parameter: {fault}", $"[Parameters({parameters})] [ReLU] struct Own : IBlock;");

    /// <summary>A network with a layer up to which a call needs too much memory.</summary>
    private static DiagnosticCase TooLarge(string source, string layer) =>
        new("LRP0024", $"The buffer of a call, up to this {layer}, would have more than 2147483575 values", source);

    /// <summary>A network that is explained with these arguments.</summary>
    private static string Explained(string composite, string arguments) =>
        $"[Network(3, 8, 8)] [Conv2d(2, 3)] [Flatten] [Linear(2)] [Explain<{composite}>({arguments})] partial class Net;";

    /// <summary>A network whose explanation by a composite is the place of the fault.</summary>
    private static string ExplainedBy(string composite, string otherTypes = "") =>
        $"[Network(3)] [Linear(2)] [ReLU] [Linear(2)] [[|Explain<{composite}>|]] partial class Net; {otherTypes}";
}
