using LrpGen.Onnx.Export;
using LrpGen.Onnx.Import;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Layers;

/// <summary>Functions of every element.</summary>
internal static class Activations
{
    /// <summary>Above it ln(1 + eˣ) and x do not differ in float32, so that PyTorch's threshold changes nothing.</summary>
    private const double LargeThreshold = 20;

    /// <summary>PyTorch's α of SELU.</summary>
    private const double SeluAlpha = 1.6732632423543772848170429916717;

    /// <summary>PyTorch's scale of SELU.</summary>
    private const double SeluGamma = 1.0507009873554804934193349852946;

    /// <summary>All activations, the simplest first: of those that are the same function, the first is found.</summary>
    private static readonly Row[] Rows =
    [
        new("ReLU", layer => layer.Whole("Relu"), One(Relu), ("Relu", Layer(Relu))),
        new("ReLU6", layer => layer.Result("Clip", layer.Input, layer.Scalar(0), layer.Scalar(6)), One(x => Math.Clamp(x, 0, 6), 6)),
        new(
            "GELU",
            layer => layer.Has("approximate") ? GeluTanh(layer) : Gelu(layer),
            _ => [new([], Gelu), new(["Approximate = GeluApproximation.Tanh"], GeluTanh)],
            ("Gelu", new(x => x[1] == 0 ? Gelu(x[0]) : GeluTanh(x[0]))
            {
                Numbers = call => [call.Node.Text("approximate", "none") == "tanh" ? 1 : 0],
            }),
            ("Erf", Part(Erf))),
        new("SiLU", layer => layer.Result("Mul", layer.Input, layer.Part("Sigmoid", layer.Input)), One(x => x * Sigmoid(x))),
        new("Sigmoid", layer => layer.Whole("Sigmoid"), One(Sigmoid), ("Sigmoid", Part(Sigmoid))),
        new("Tanh", layer => layer.Whole("Tanh"), One(Math.Tanh), ("Tanh", Part(Math.Tanh))),
        new("Hardswish", layer => layer.Whole("HardSwish"), One(Hardswish, -3, 3), ("HardSwish", Layer(Hardswish))),
        new(
            "Hardsigmoid",
            layer => layer.Whole("HardSigmoid", Attribute("alpha", 1 / 6.0), Attribute("beta", 0.5)),
            One(Hardsigmoid, -3, 3),
            ("HardSigmoid", new(x => Math.Clamp((x[0] * x[1]) + x[2], 0, 1))
            {
                Numbers = call => [call.Node.Number("alpha", 0.2), call.Node.Number("beta", 0.5)],
            })),
        new(
            "Mish",
            layer => layer.Result("Mul", layer.Input, layer.Part("Tanh", layer.Part("Softplus", layer.Input))),
            One(Mish),
            ("Mish", Layer(Mish))),
        new(
            "SELU",
            layer => layer.Whole("Selu"),
            One(x => Selu(x, SeluAlpha, SeluGamma)),
            ("Selu", new(x => Selu(x[0], x[1], x[2]))
            {
                Numbers = call => [call.Node.Number("alpha", SeluAlpha), call.Node.Number("gamma", SeluGamma)],
                IsLayer = _ => true,
            })),
        new("Softsign", layer => layer.Whole("Softsign"), One(Softsign), ("Softsign", Layer(Softsign))),
        new("LogSigmoid", layer => layer.Result("Neg", layer.Part("Softplus", layer.Part("Neg", layer.Input))), One(x => -Softplus(-x))),
        new(
            "LeakyReLU",
            layer => layer.Whole("LeakyRelu", Attribute("alpha", layer.Number("negative_slope"))),
            numbers => numbers.Finite.Select(slope => new Candidate([CSharp.Number(slope)], x => LeakyRelu(x, slope))),
            ("LeakyRelu", new(x => LeakyRelu(x[0], x[1])) { Numbers = call => [call.Node.Number("alpha", 0.01)], IsLayer = _ => true })),
        new(
            "ELU",
            layer => layer.Whole("Elu", Attribute("alpha", layer.Number("alpha"))),
            numbers =>
            [
                new([], x => Elu(x, 1)),
                .. numbers.Finite.Select(alpha => new Candidate([CSharp.Number(alpha)], x => Elu(x, alpha))),
            ],
            ("Elu", new(x => Elu(x[0], x[1])) { Numbers = call => [call.Node.Number("alpha", 1)], IsLayer = _ => true })),
        new(
            "CELU",
            layer => layer.Whole("Celu", Attribute("alpha", layer.Number("alpha"))),
            numbers => numbers.Positive.Select(alpha => new Candidate([CSharp.Number(alpha)], x => Celu(x, alpha), -alpha)),
            ("Celu", new(x => Celu(x[0], x[1])) { Numbers = call => [call.Node.Number("alpha", 1)], IsLayer = _ => true })),
        new(
            "Softplus",
            Softplus,
            numbers =>
            [
                new([], Softplus),
                .. from beta in numbers.Positive.Append(1)
                   from threshold in numbers.Finite.Append(double.PositiveInfinity)
                   let arguments = double.IsFinite(threshold) ? [CSharp.Number(beta), CSharp.Number(threshold)] : new[] { CSharp.Number(beta) }
                   select new Candidate(arguments, x => beta * x > threshold ? x : Softplus(beta * x) / beta, threshold / beta),
            ],
            ("Softplus", Part(Softplus))),
        new(
            "Hardtanh",
            layer => layer.Result("Clip", layer.Input, layer.Scalar(layer.Number("min_val")), layer.Scalar(layer.Number("max_val"))),
            numbers =>
                from min in numbers.Bounds
                from max in numbers.Bounds
                where min < max
                select new Candidate([CSharp.Number(min), CSharp.Number(max)], x => Math.Clamp(x, min, max), min, max),
            ("Clip", new(x => Math.Min(Math.Max(x[0], x[1]), x[2]), 1, 3)
            {
                Values = 1,
                Numbers = call => [Bound(call, 1, "min", double.NegativeInfinity), Bound(call, 2, "max", double.PositiveInfinity)],
                IsLayer = operands => operands is [_, Scalar { Number: 0 }, Scalar { Number: 6 }],
            })),
    ];

    public static Family Family { get; } = new(
        Rows.ToDictionary(row => row.Kind, row => row.Write),
        Rows.SelectMany(row => row.Operators).ToDictionary(row => row.Name, row => (Func<Call, Value>)row.Operator.Apply));

    /// <summary>All that a function with some numbers in it may be, by PyTorch's names.</summary>
    public static IEnumerable<(string Kind, Candidate Candidate)> Candidates(FunctionNumbers numbers) =>
        Rows.SelectMany(row => row.Candidates(numbers).Select(candidate => (row.Kind, candidate)));

    /// <summary>An activation without arguments.</summary>
    private static Func<FunctionNumbers, IEnumerable<Candidate>> One(Func<double, double> function, params double[] kinks) =>
        _ => [new([], function, kinks)];

    /// <summary>An operator that is an activation by itself.</summary>
    private static ElementwiseOperator Layer(Func<double, double> function) => new(x => function(x[0])) { IsLayer = _ => true };

    /// <summary>An operator that may be part of another activation.</summary>
    private static ElementwiseOperator Part(Func<double, double> function) => new(x => function(x[0]));

    private static double Bound(Call call, int index, string attribute, double otherwise) => call.OptionalFloats(index) switch
    {
        null => call.Node.Number(attribute, otherwise),
        { Count: 1 } bound => bound[0],
        _ => throw call.Node.Unsupported("its bounds are tensors"),
    };

    /// <summary>½ x (1 + erf(x / √2)).</summary>
    private static string Gelu(ExportedLayer layer)
    {
        string erf = layer.Part("Erf", layer.Part("Div", layer.Input, layer.Scalar(Math.Sqrt(2))));
        return HalfOf(layer, layer.Part("Mul", layer.Input, layer.Part("Add", erf, layer.Scalar(1))));
    }

    /// <summary>½ x (1 + tanh(√(2/π) (x + 0.044715 x³))).</summary>
    private static string GeluTanh(ExportedLayer layer)
    {
        string x = layer.Input;
        string cube = layer.Part("Mul", x, layer.Part("Mul", x, x));
        string sum = layer.Part("Add", x, layer.Part("Mul", cube, layer.Scalar(0.044715)));
        string tanh = layer.Part("Tanh", layer.Part("Mul", sum, layer.Scalar(Math.Sqrt(2 / Math.PI))));
        return HalfOf(layer, layer.Part("Mul", x, layer.Part("Add", tanh, layer.Scalar(1))));
    }

    private static string HalfOf(ExportedLayer layer, string value) => layer.Result("Mul", value, layer.Scalar(0.5));

    /// <summary>ln(1 + e^(βx)) / β, and x where βx exceeds the threshold.</summary>
    private static string Softplus(ExportedLayer layer)
    {
        double beta = layer.Number("beta");
        double threshold = layer.Number("threshold");
        if (beta == 1 && threshold >= LargeThreshold)
        {
            return layer.Whole("Softplus");
        }

        string x = layer.Input;
        string scaled = layer.Part("Mul", x, layer.Scalar(beta));
        string[] quotient = [layer.Part("Softplus", scaled), layer.Scalar(beta)];
        return threshold >= LargeThreshold
            ? layer.Result("Div", quotient)
            : layer.Result("Where", layer.Part("Greater", scaled, layer.Scalar(threshold)), x, layer.Part("Div", quotient));
    }

    private static double Relu(double x) => Math.Max(x, 0);

    private static double LeakyRelu(double x, double slope) => x >= 0 ? x : slope * x;

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    /// <summary>The error function to 1.5e-7, which is enough because both sides of a comparison use it. Abramowitz and Stegun, 7.1.26.</summary>
    private static double Erf(double x)
    {
        double t = 1 / (1 + (0.3275911 * Math.Abs(x)));
        double polynomial = t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429))))))));
        return Math.CopySign(1 - (polynomial * Math.Exp(-x * x)), x);
    }

    private static double Gelu(double x) => 0.5 * x * (1 + Erf(x / Math.Sqrt(2)));

    private static double GeluTanh(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

    private static double Elu(double x, double alpha) => x > 0 ? x : alpha * (Math.Exp(x) - 1);

    private static double Selu(double x, double alpha, double gamma) => gamma * Elu(x, alpha);

    private static double Celu(double x, double alpha) => Math.Max(x, 0) + Math.Min(alpha * (Math.Exp(x / alpha) - 1), 0);

    private static double Hardsigmoid(double x) => Math.Clamp((x / 6) + 0.5, 0, 1);

    private static double Hardswish(double x) => x * Hardsigmoid(x);

    private static double Mish(double x) => x * Math.Tanh(Softplus(x));

    private static double Softsign(double x) => x / (1 + Math.Abs(x));

    /// <summary>An activation out and in.</summary>
    /// <param name="Kind">PyTorch's name.</param>
    /// <param name="Write">How it is written.</param>
    /// <param name="Candidates">What it computes with arguments that it might have.</param>
    /// <param name="Operators">ONNX's operators for it, or for a part of it that others have too.</param>
    private sealed record Row(
        string Kind,
        Func<ExportedLayer, string> Write,
        Func<FunctionNumbers, IEnumerable<Candidate>> Candidates,
        params (string Name, ElementwiseOperator Operator)[] Operators);
}
