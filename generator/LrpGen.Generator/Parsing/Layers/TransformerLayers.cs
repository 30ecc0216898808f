using LrpGen.Generator.Declarations;
using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>
/// PyTorch's <c>nn.TransformerEncoderLayer</c> and <c>nn.TransformerDecoderLayer</c>: blocks that an attribute stands for, because its arguments
/// say in which order the layers are. To what each sublayer reads its result is added, and either is normalised.
/// </summary>
internal static class TransformerLayers
{
    /// <summary>What layers of a decoder call the rows that keys and values come from.</summary>
    public const string Memory = "memory";

    private const string Name = "Name";
    private const string Encoder = "TransformerEncoderLayer";
    private const string Decoder = "TransformerDecoderLayer";

    /// <summary>Whether an attribute stands for such a block.</summary>
    public static bool Has(string kind) => kind is Encoder or Decoder;

    /// <summary>The block; null if an argument has a fault.</summary>
    /// <param name="use">The attribute.</param>
    /// <param name="input">Shape of what it reads.</param>
    /// <param name="hasMemory">Whether it names rows for keys and values.</param>
    /// <param name="scope">The list that it is in.</param>
    public static BlockDeclaration? Parse(AttributeData use, Shape input, bool hasMemory, LayerScope scope)
    {
        Arguments arguments = scope.Arguments(use, input[0]);
        int heads = arguments.Integer(1, 1, "heads");
        int feedForward = arguments.Integer(1, 1, "feedForward");
        double eps = arguments.Number("Eps", 1e-5, 0);
        bool causal = arguments.Flag("Causal", false);
        bool normFirst = arguments.Flag("NormFirst", false);
        TransformerActivation activation = arguments.Choice<TransformerActivation>("Activation");
        if (!arguments.Valid || (use.ShortName() == Decoder && !hasMemory))
        {
            scope.Reporter.Fail(); // Without Memory the compiler has an error of its own.
            return null;
        }

        List<DeclaredLayer[]> sublayers = [[Layer("MultiheadAttention", "self_attn", ("heads", heads), ("Causal", causal))]];
        if (hasMemory)
        {
            sublayers.Add([Layer("MultiheadAttention", "multihead_attn", ("heads", heads), ("Memory", Memory))]);
        }

        sublayers.Add(
        [
            Layer("Linear", "linear1", ("outFeatures", feedForward)),
            Layer(activation.ToString(), "activation"),
            Layer("Linear", "linear2", ("outFeatures", input[-1])),
        ]);
        List<DeclaredLayer> layers = [];
        string source = Network.InputName;
        for (int k = 1; k <= sublayers.Count; k++)
        {
            DeclaredLayer[] sublayer = sublayers[k - 1];
            DeclaredLayer norm = Layer("LayerNorm", $"norm{k}", ("Eps", eps));
            string[] summands = [source, (string)sublayer[sublayer.Length - 1].Given![Name]];
            DeclaredLayer sum = Layer("Add", $"sum{k}", ("inputs", summands));
            layers.AddRange(normFirst ? [norm, .. sublayer, sum] : [.. sublayer, sum, norm]);
            source = $"{(normFirst ? "sum" : "norm")}{k}";
        }

        return new BlockDeclaration(use.AttributeClass!, layers, []);

        DeclaredLayer Layer(string kind, string name, params (string Name, object Value)[] given)
        {
            Dictionary<string, object> all = new() { [Name] = name };
            foreach ((string argument, object value) in given)
            {
                all.Add(argument, value);
            }

            return new(use, kind, all);
        }
    }

    /// <summary>The runtime's enum of that name.</summary>
    private enum TransformerActivation
    {
        ReLU,
        GELU,
    }
}
