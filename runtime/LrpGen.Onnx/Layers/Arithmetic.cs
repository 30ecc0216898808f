using LrpGen.Onnx.Export;
using LrpGen.Onnx.Import;

namespace LrpGen.Onnx.Layers;

/// <summary>Sums and products of values, and the functions of elements that activations and normalisations are made of.</summary>
internal static class Arithmetic
{
    public static Family Family { get; } = new(
        new()
        {
            ["Add"] = layer => Broadcast(layer, layer.Inputs.Count == 2 ? "Add" : "Sum"),
            ["Multiply"] = layer => Broadcast(layer, "Mul"),
        },
        new()
        {
            ["Add"] = new ElementwiseOperator(x => x.Sum(), 2, 2).Apply,
            ["Sum"] = new ElementwiseOperator(x => x.Sum(), 1, ElementwiseOperator.MostOperands).Apply,
            ["Sub"] = new ElementwiseOperator(x => x[0] - x[1], 2, 2).Apply,
            ["Mul"] = new ElementwiseOperator(x => x[0] * x[1], 2, 2).Apply,
            ["Div"] = new ElementwiseOperator(x => x[0] / x[1], 2, 2).Apply,
            ["Pow"] = new ElementwiseOperator(x => Math.Pow(x[0], x[1]), 2, 2).Apply,
            ["Neg"] = new ElementwiseOperator(x => -x[0]).Apply,
            ["Mod"] = new ElementwiseOperator(x => x[0] - (x[1] * Math.Floor(x[0] / x[1])), 2, 2).Apply,
            ["Equal"] = Test(x => x[0] == x[1]),
            ["Greater"] = Test(x => x[0] > x[1]),
            ["GreaterOrEqual"] = Test(x => x[0] >= x[1]),
            ["Less"] = Test(x => x[0] < x[1]),
            ["LessOrEqual"] = Test(x => x[0] <= x[1]),
            ["And"] = Test(x => x[0] != 0 && x[1] != 0),
            ["Or"] = Test(x => x[0] != 0 || x[1] != 0),
            ["Not"] = new ElementwiseOperator(x => x[0] == 0 ? 1 : 0) { IsTest = true }.Apply,
            ["Where"] = new ElementwiseOperator(x => x[0] != 0 ? x[1] : x[2], 3, 3) { Tests = 1 }.Apply,
            ["Max"] = new ElementwiseOperator(x => x.Max(), 1, ElementwiseOperator.MostOperands).Apply,
            ["Min"] = new ElementwiseOperator(x => x.Min(), 1, ElementwiseOperator.MostOperands).Apply,
            ["Exp"] = new ElementwiseOperator(x => Math.Exp(x[0])).Apply,
            ["Log"] = new ElementwiseOperator(x => Math.Log(x[0])).Apply,
            ["Abs"] = new ElementwiseOperator(x => Math.Abs(x[0])).Apply,
            ["Sqrt"] = new ElementwiseOperator(x => Math.Sqrt(x[0])).Apply,
            ["Reciprocal"] = new ElementwiseOperator(x => 1 / x[0]).Apply,
        });

    private static Func<Call, Value> Test(Func<double[], bool> test) =>
        new ElementwiseOperator(x => test(x) ? 1 : 0, 2, 2) { IsTest = true }.Apply;

    // ONNX adds axes in front, where the batch is: a lower rank gets its own behind that.
    private static string Broadcast(ExportedLayer layer, string op)
    {
        int rank = layer.Inputs.Max(input => input.Shape.Count);
        return layer.Result(op, layer.Inputs.Select((input, index) =>
        {
            int lacking = rank - input.Shape.Count;
            return lacking == 0
                ? input.Value
                : layer.Part("Unsqueeze", input.Value, layer.Constant($"axes{index}", Enumerable.Range(1, lacking)));
        }));
    }
}
