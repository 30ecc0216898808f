namespace LrpGen.Onnx.Import;

/// <summary>A layer of the class that is being written.</summary>
/// <param name="node">The node that it comes from, the last if several.</param>
/// <param name="kind">PyTorch's name, such as <c>Conv2d</c>.</param>
/// <param name="inputs">Indices of the layers that it reads; −1 is the network's input.</param>
/// <param name="arguments">As C# writes them.</param>
internal sealed class ImportedLayer(Node node, string kind, IReadOnlyList<int> inputs, IReadOnlyList<string> arguments)
{
    public Node Node => node;

    public string Kind => kind;

    public IReadOnlyList<int> Inputs { get; set; } = inputs;

    public IReadOnlyList<string> Arguments => arguments;

    /// <summary>Name of the first of its tensors in the file.</summary>
    public string TensorName { get; set; } = "";

    /// <summary>The shape of the weights that a normalisation may have; else null.</summary>
    public IReadOnlyList<int>? Parameter { get; init; }

    /// <summary>The shape of what it reads, for a pool to a fixed size that another axis can still join; else null.</summary>
    public IReadOnlyList<int>? InputShape { get; init; }

    /// <summary>Its tensors by their names after the layer's, such as <c>weight</c>.</summary>
    public Dictionary<string, (IReadOnlyList<int> Shape, float[] Values)> Tensors { get; } = [];

    public bool MayHaveBias => Kind is "Linear" or "Conv1d" or "Conv2d" or "ConvTranspose1d" or "ConvTranspose2d";

    public bool Joins => Kind is "Add" or "Multiply" or "MatMul" or "Concat" or "ScaledDotProductAttention";

    private bool HasWeight => Tensors.ContainsKey("weight");

    private bool HasBias => Tensors.ContainsKey("bias");

    /// <summary>Arguments that say which tensors it has, where that is not the default.</summary>
    public IEnumerable<string> TensorArguments => Kind switch
    {
        "LayerNorm" => !HasWeight ? ["Affine = false"] : !HasBias ? ["Bias = false"] : [],
        "GroupNorm" => HasWeight ? [] : ["Affine = false"],
        "InstanceNorm1d" or "InstanceNorm2d" => HasWeight ? ["Affine = true"] : [],
        _ => MayHaveBias && !HasBias ? ["Bias = false"] : [],
    };

    /// <summary>Whether it is not 0 where its input is, so that at the end it gives no scores to explain.</summary>
    public bool HasOffset { get; init; }

    /// <summary>Whether its outputs cannot be negative.</summary>
    public bool IsNonNegative => Kind is "ReLU" or "ReLU6" or "Sigmoid" or "Softplus" or "Softmax" or "Hardsigmoid";

    /// <summary>Adds the weights and biases that its kind cannot lack: ones and zeros.</summary>
    public void Complete()
    {
        if (Kind == "RMSNorm" && !HasWeight)
        {
            Add("weight", Parameter!, [.. Enumerable.Repeat(1f, Parameter![0])]);
        }

        if (Kind is "GroupNorm" or "InstanceNorm1d" or "InstanceNorm2d" && HasWeight && !HasBias)
        {
            Add("bias", Parameter!, new float[Parameter![0]]);
        }
    }

    public void Add(string tensor, IReadOnlyList<int> shape, float[] values) => Tensors.Add(tensor, (shape, values));
}
