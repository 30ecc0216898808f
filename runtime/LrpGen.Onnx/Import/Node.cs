using LrpGen.Onnx.Format;

namespace LrpGen.Onnx.Import;

/// <summary>An operator of the graph, with its attributes.</summary>
internal sealed class Node(NodeProto proto)
{
    private readonly Dictionary<string, AttributeProto> attributes =
        proto.Attribute.DistinctBy(attribute => attribute.Name).ToDictionary(attribute => attribute.Name);

    public string Operator => proto.Domain is "" or "ai.onnx" ? proto.OpType : $"{proto.Domain}.{proto.OpType}";

    public string Name => proto.Name;

    public IReadOnlyList<string> Inputs => proto.Input;

    public IReadOnlyList<string> Outputs => proto.Output;

    public bool Has(string attribute) => attributes.ContainsKey(attribute);

    public long Integer(string attribute, long otherwise) => Find(attribute, AttributeProto.Types.Kind.Int)?.I ?? otherwise;

    public double Number(string attribute, double otherwise) => Find(attribute, AttributeProto.Types.Kind.Float)?.F ?? otherwise;

    public string Text(string attribute, string otherwise) => Find(attribute, AttributeProto.Types.Kind.String)?.S.ToStringUtf8() ?? otherwise;

    public TensorProto? Tensor(string attribute) => Find(attribute, AttributeProto.Types.Kind.Tensor)?.T;

    /// <summary>Integers that are sizes or indices; null if there are none.</summary>
    public int[]? Integers(string attribute) => Find(attribute, AttributeProto.Types.Kind.Ints)?.Ints.Select(value =>
        (int)value == value ? (int)value : throw Unsupported($"its attribute {attribute} holds {value}")).ToArray();

    /// <summary>Null if there are none.</summary>
    public string[]? Texts(string attribute) =>
        Find(attribute, AttributeProto.Types.Kind.Strings)?.Strings.Select(text => text.ToStringUtf8()).ToArray();

    /// <summary>For messages; control characters, which could deceive who reads them, are replaced.</summary>
    public string Display =>
        CSharp.WithoutControls($"node '{(Name.Length > 0 ? Name : Outputs.FirstOrDefault(""))}' ({Operator})");

    /// <summary>Says that this node cannot be imported.</summary>
    public UnsupportedException Unsupported(string reason) => new($"{Display}: {reason}");

    private AttributeProto? Find(string name, AttributeProto.Types.Kind kind)
    {
        if (!attributes.TryGetValue(name, out AttributeProto? attribute))
        {
            return null;
        }

        return attribute.Type == kind ? attribute : throw Unsupported($"its attribute {name} is of type {attribute.Type} instead of {kind}");
    }
}

/// <summary>A part of a model cannot be imported; the message becomes a line of the <see cref="OnnxException"/> that lists all.</summary>
internal sealed class UnsupportedException(string message) : Exception(message);
