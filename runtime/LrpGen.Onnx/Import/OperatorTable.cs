using LrpGen.Onnx.Layers;

namespace LrpGen.Onnx.Import;

/// <summary>The operators that can be imported.</summary>
internal static class OperatorTable
{
    private static readonly Dictionary<string, Func<Call, Value>> Operators = Family.All.SelectMany(family => family.Operators).ToDictionary();

    private static readonly HashSet<string> OfSeveralOutputs = ["Split", "LSTM", "GRU", "RNN"];

    public static bool Knows(string op) => Operators.ContainsKey(op);

    /// <summary>Whether each output that is read is computed by itself; of others, only the first can be.</summary>
    public static bool HasSeveralOutputs(string op) => OfSeveralOutputs.Contains(op);

    /// <summary>What a node with a known operator computes.</summary>
    /// <exception cref="UnsupportedException">It cannot be imported.</exception>
    public static Value Apply(Call call) => Operators[call.Node.Operator](call);
}
