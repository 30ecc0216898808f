using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>One value of all along an axis, which is gone then.</summary>
internal abstract record Reduction(int Dim) : LayerSpec
{
    public override bool KeepsBounds => true;

    protected override IEnumerable<string> Arguments => Named(nameof(Dim), Dim, 0);

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0].Without(Dim);

    public override int? ChannelAxis(Shape input, int? ofInput) => null;

    /// <summary>The elements along the axis of every output.</summary>
    protected int[][] WindowsOf(Shape input)
    {
        Shape output = input.Without(Dim);
        int dim = input.Axis(Dim);
        return
        [
            .. Enumerable.Range(0, output.Size).Select(output.IndexOf).Select(index => Enumerable.Range(0, input[dim])
                .Select(position => input.ElementAt([.. index[..dim], position, .. index[dim..]])).ToArray()),
        ];
    }
}

internal sealed record Mean(int Dim = 0) : Reduction(Dim)
{
    public override LayerKinds Kind => LayerKinds.AveragePool;

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights)
    {
        int[][] windows = WindowsOf(inputs[0].Shape);
        return new LinearLayer(
            OutputOf([inputs[0].Shape]),
            Kind,
            windows.SelectMany((window, j) => window.Select(i => new Connections(i, j, 1.0 / window.Length))));
    }
}

internal sealed record Max(int Dim = 0) : Reduction(Dim)
{
    public override LayerKinds Kind => LayerKinds.None;

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights) =>
        new WinnerLayer(OutputOf([inputs[0].Shape]), WindowsOf(inputs[0].Shape));
}
