using CsCheck;
using LrpGen.Rules;

namespace LrpGen.Tests.Reference;

/// <summary>
/// eˣ over its sum along an axis; its gradient is y (g − Σ y g), for whatever rule does not pass.
/// </summary>
/// <param name="Dim">The axis; null for the channels of an image, else the last.</param>
internal sealed record Softmax(int? Dim = null) : LayerSpec, ITried
{
    public static LayerTrials Trials => new(LayerFamily.Activations)
    {
        Cases =
        [
            new("", [4, 5], new Softmax()),
            new("OfRows", [4, 5], new Softmax(0)),
            new("OfChannels", [5, 2, 3], new Softmax()),
        ],
        Exports =
        [
            new("OfImage", [3, 4, 5], new Softmax(2), new Softmax(1), new Softmax()),
            new("OfRows", [4, 5], new Softmax(), new Softmax(0)),
        ],
        Shapes = [new("3, 7", "Softmax", "(3, 7)")],
        Faults =
        [
            new(
                "LRP0052",
                "Softmax must know how long axis 0 of its input (≤ 40, 13) is, but every call chooses that",
                "[Network(40, 13, Variable = true)] [[|Softmax(Dim = 0)|]]"),
        ],
        Random = input => input.Conserving ? [] : [new(5, 7, input.Axis.Select(dim => (LayerSpec)new Softmax(dim)))],
    };

    public override LayerKinds Kind => LayerKinds.OtherActivation;

    public override bool IsGate => true;

    protected override IEnumerable<string> Arguments => Dim is int dim ? [$"Dim = {Text(dim)}"] : [];

    public override Shape OutputOf(IReadOnlyList<Shape> inputs) => inputs[0];

    public override int? ChannelAxis(Shape input, int? ofInput) => AxisOf(input);

    public override ReferenceLayer Create(IReadOnlyList<Source> inputs, IReadOnlyDictionary<string, double[]> weights) =>
        new Layer(inputs[0].Shape, AxisOf(inputs[0].Shape));

    private int AxisOf(Shape input) => Dim is int dim ? input.Axis(dim) : input.Rank == 3 ? 0 : input.Rank - 1;

    private sealed class Layer(Shape output, int dim) : ReferenceLayer(output, LayerKinds.OtherActivation)
    {
        public override double[] Forward(IReadOnlyList<double[]> a)
        {
            double[] largest = [.. a[0]];
            for (int i = 0; i < largest.Length; i++)
            {
                largest[FirstOf(i)] = Math.Max(largest[FirstOf(i)], a[0][i]);
            }

            double[] e = [.. a[0].Select((value, i) => Math.Exp(value - largest[FirstOf(i)]))];
            double[] sum = Sum(e);
            return [.. e.Select((value, i) => value / sum[FirstOf(i)])];
        }

        public override WayBack Backward(BoundRule rule, IReadOnlyList<double[]> a, double[] z, double[] r)
        {
            double[] sum = Sum([.. z.Zip(r, (y, g) => y * g)]);
            return rule.Rule.Name switch
            {
                "Pass" => Pass(r),
                "FromZero" => FromZero(rule, 1.0 / Output[dim], z, r),
                "Taylor" => Taylor(a[0], z, r),
                _ => Change(r, [.. z.Select((y, i) => y * (r[i] - sum[FirstOf(i)]))]),
            };
        }

        /// <summary>R_i = a_i (R_i − y_i Σ_k R_k).</summary>
        private WayBack Taylor(double[] a, double[] y, double[] r)
        {
            double[] sum = Sum(r);
            return Change(r, [.. a.Select((value, i) => value * (r[i] - (y[i] * sum[FirstOf(i)])))]);
        }

        /// <summary>The sum of all values along the axis, at the first of them.</summary>
        private double[] Sum(double[] values)
        {
            double[] sums = new double[Output.Size];
            for (int i = 0; i < values.Length; i++)
            {
                sums[FirstOf(i)] += values[i];
            }

            return sums;
        }

        private int FirstOf(int element) => element - (Output.Position(dim, element) * Output.Stride(dim));
    }
}
