using System.Globalization;

namespace LrpGen.Tests.Reference;

/// <summary>Shape of one sample, (C, H, W); below rank 3 the height is 1, at rank 1 the width too.</summary>
internal readonly record struct Shape(int Rank, int Channels, int Height, int Width)
{
    public int Pixels => Height * Width;

    public int Size => Channels * Pixels;

    public static Shape Of(params IReadOnlyList<int> sizes) => sizes.Count switch
    {
        1 => new(1, sizes[0], 1, 1),
        2 => new(2, sizes[0], 1, sizes[1]),
        _ => new(3, sizes[0], sizes[1], sizes[2]),
    };

    /// <summary>The sizes as a declaration lists them.</summary>
    public IReadOnlyList<int> Sizes => Rank switch
    {
        1 => [Channels],
        2 => [Channels, Width],
        _ => [Channels, Height, Width],
    };
}

/// <summary>An argument for rows and columns. A 1-D layer leaves its rows at what changes nothing.</summary>
internal readonly record struct Pair(int H, int W)
{
    public static implicit operator Pair(int both) => new(both, both);
}

/// <summary>A network without loops.</summary>
/// <param name="Input">Shape of one input.</param>
/// <param name="Layers">Every layer after those that it reads.</param>
internal sealed record NetworkSpec(Shape Input, IReadOnlyList<LayerSpec> Layers)
{
    /// <summary>What layers call the network's own input.</summary>
    public const string InputName = "input";

    /// <summary>A network whose layers are named by their index, as those of <c>nn.Sequential</c> are.</summary>
    public static NetworkSpec Sequential(Shape input, params IEnumerable<LayerSpec> layers) =>
        new(input, [.. layers.Select((layer, index) => layer with { Name = index.ToString(CultureInfo.InvariantCulture) })]);

    /// <summary>The layers that a layer reads, by index; −1 is the network's own input.</summary>
    public IReadOnlyList<int> InputsOf(int layer)
    {
        IReadOnlyList<string> names = Layers[layer].Inputs;
        return names.Count == 0
            ? [layer - 1]
            : [.. names.Select(name => name == InputName ? -1 : Layers.Index().First(other => other.Item.Name == name).Index)];
    }

    /// <summary>The layers that read a layer's output, by index; −1 is the network's own input.</summary>
    public IEnumerable<int> ReadersOf(int layer) => Enumerable.Range(0, Layers.Count).Where(reader => InputsOf(reader).Contains(layer));
}

/// <summary>A layer with PyTorch's arguments; those that its kind does not have mean nothing.</summary>
/// <param name="Op">PyTorch's name, such as <c>Conv2d</c>.</param>
internal sealed record LayerSpec(string Op)
{
    /// <summary>As in a weight file.</summary>
    public string Name { get; init; } = "";

    /// <summary>Names of the layers that it reads; none for the one before it.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Output features or channels.</summary>
    public int Outputs { get; init; }

    /// <summary>Taps of a kernel; of an adaptive pool the output's height and width.</summary>
    public Pair Kernel { get; init; } = 1;

    public Pair Stride { get; init; } = 1;

    public Pair Padding { get; init; }

    public Pair Dilation { get; init; } = 1;

    public int Groups { get; init; } = 1;

    public bool Bias { get; init; } = true;

    public bool CeilMode { get; init; }

    public bool CountIncludePad { get; init; } = true;

    public double Eps { get; init; } = 1e-5;

    /// <summary>Arguments of an activation: LeakyReLU's slope, ELU's α, Softplus's β and threshold.</summary>
    public IReadOnlyList<double> Parameters { get; init; } = [];

    /// <summary>Whether GELU takes the approximation by tanh.</summary>
    public bool Approximate { get; init; }
}
