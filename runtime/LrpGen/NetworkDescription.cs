using System.Globalization;

namespace LrpGen;

/// <summary>The layers of a network, and what the generator planned for them; prints as a table.</summary>
/// <param name="Name">Name of the network.</param>
/// <param name="InputShape">Shape of an input without the batch: (C, H, W), (C, L) or (F).</param>
/// <param name="Layers">In order of declaration, which is an order of computation; the last gives the outputs.</param>
/// <param name="Explanations">In order of declaration.</param>
/// <param name="WorkspaceBytes">Memory that a prediction works in.</param>
/// <param name="WeightBytes">
/// Memory of what is kept from loading on: the weights as products need them, some of them in several parts and orders, and what rules
/// compute from them alone.
/// </param>
public sealed record NetworkDescription(
    string Name,
    IReadOnlyList<int> InputShape,
    IReadOnlyList<LayerDescription> Layers,
    IReadOnlyList<ExplanationDescription> Explanations,
    long WorkspaceBytes,
    long WeightBytes)
{
    /// <summary>What layers call the network's own input.</summary>
    public const string InputName = "input";

    /// <summary>Whether calls choose the first size of the input, of which shapes have the largest.</summary>
    public bool IsVariable { get; init; }

    /// <summary>Whether the input is token ids.</summary>
    public bool IsOfTokens => Layers is [{ Kind: "Embedding" }, ..];

    /// <summary>Names of tensors that files may have besides; * stands for any text. See <see cref="NetworkAttribute.Ignore"/>.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>The tensors of the <c>state_dict</c> that the network reads, in the order of the layers.</summary>
    public IEnumerable<TensorDescription> Tensors => Layers.SelectMany(layer => layer.Tensors).DistinctBy(tensor => tensor.Name);

    /// <summary>A row for each layer with its rule in each explanation, the totals, and the memory of weights and calls.</summary>
    public override string ToString()
    {
        IEnumerable<string> rows = TableColumn<LayerDescription>.Print(
            Layers,
            [
                new("layer", layer => layer.Name, "total"),
                new("kind", layer => layer.Kind),
                new("output", layer => $"({string.Join(", ", layer.OutputShape)})"),
                new("parameters", layer => Format(layer.Parameters), Format(Layers.Sum(layer => layer.Parameters)), IsNumber: true),
                new("multiply-adds", layer => Format(layer.MultiplyAdds), Format(Layers.Sum(layer => layer.MultiplyAdds)), IsNumber: true),
                .. Explanations.Select(Rules),
                new("plan", layer => layer.Plan),
            ]);
        IEnumerable<string> workspaces = Explanations.Select(explanation => $"{explanation.Title}: {Format(explanation.Bytes)} bytes");

        return string.Join(
            '\n', [Name, .. rows, $"Weights: {Format(WeightBytes)} bytes", $"Forward: {Format(WorkspaceBytes)} bytes", .. workspaces]);
    }

    private static TableColumn<LayerDescription> Rules(ExplanationDescription explanation)
    {
        Dictionary<string, string> rules = explanation.RulesByLayer();
        return new(explanation.Name, layer => rules.GetValueOrDefault(layer.Name, ""));
    }

    private static string Format(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>One layer of a <see cref="NetworkDescription"/>.</summary>
/// <param name="Name">Name of the layer.</param>
/// <param name="Kind">PyTorch's name of the layer, such as <c>Conv2d</c>.</param>
/// <param name="Operation">What it computes, in a sentence.</param>
/// <param name="Inputs">Names of the layers that it reads; <see cref="NetworkDescription.InputName"/> is the network's own input.</param>
/// <param name="OutputShape">Shape of its output, such as 16, 28, 28.</param>
/// <param name="Parameters">Number of its weights and biases.</param>
/// <param name="MultiplyAdds">Multiplications with addition in one forward pass.</param>
/// <param name="Plan">How its code is laid out and why, such as <c>unrolled: 64 multiply-adds</c>.</param>
public sealed record LayerDescription(
    string Name,
    string Kind,
    string Operation,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<int> OutputShape,
    long Parameters,
    long MultiplyAdds,
    string Plan)
{
    /// <summary>The arguments that shapes do not tell, such as <c>stride</c>; none for most kinds.</summary>
    public IReadOnlyList<LayerArgument> Arguments { get; init; } = [];

    /// <summary>The tensors of the <c>state_dict</c> that it reads.</summary>
    public IReadOnlyList<TensorDescription> Tensors { get; init; } = [];
}

/// <summary>An argument of a layer.</summary>
/// <param name="Name">PyTorch's name, such as <c>kernel_size</c>.</param>
/// <param name="Values">A number for each axis of a window, else one. A flag is 0 or 1; GELU's <c>approximate</c> is 1 for tanh.</param>
public sealed record LayerArgument(string Name, params IReadOnlyList<double> Values);

/// <summary>A tensor that a network reads.</summary>
/// <param name="Name">As in a PyTorch <c>state_dict</c>: <c>0.weight</c>.</param>
/// <param name="Shape">In PyTorch's order.</param>
public sealed record TensorDescription(string Name, params IReadOnlyList<int> Shape)
{
    /// <summary>Whether a file may have a single number for all instead, or other leading axes of size 1.</summary>
    public bool Broadcasts { get; init; }

    /// <summary>Other names under which a file may have the same values again, as PyTorch writes them where layers share weights.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}

/// <summary>One explanation of a <see cref="NetworkDescription"/>.</summary>
/// <param name="Name">Name of the explanation.</param>
/// <param name="Composite">Name of its composite.</param>
/// <param name="Rules">The rule of each layer that has one.</param>
/// <param name="Bytes">Memory that it works in.</param>
/// <param name="Procedure">
/// At which points the rules are run and how that is combined, such as <c>AlongPath(Steps = 32, Baseline = 0)</c>; null for one pass at the input.
/// </param>
public sealed record ExplanationDescription(
    string Name, string Composite, IReadOnlyList<LayerRule> Rules, long Bytes, string? Procedure = null)
{
    internal string Title => (Name == Composite ? Name : $"{Name} (composite {Composite})") + (Procedure is null ? "" : $", {Procedure}");

    internal Dictionary<string, string> RulesByLayer() => Rules.ToDictionary(rule => rule.Layer, rule => rule.Rule);
}

/// <summary>The rule of a layer in an explanation.</summary>
/// <param name="Layer">Name of the layer.</param>
/// <param name="Rule">The rule with its parameters, such as <c>Epsilon(1e-6)</c>.</param>
public sealed record LayerRule(string Layer, string Rule);
