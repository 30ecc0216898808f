namespace LrpGen.Generator.Emission;

/// <summary>How long the spans of a call are, as its members write it: constants, or what follows from the length of the input.</summary>
internal sealed class CallSizes(Network network)
{
    private const string Guard = "global::LrpGen.Execution.Guard";

    /// <summary>Name of the method that tells the number of outputs, where calls choose it.</summary>
    public const string OutputSizeOf = "OutputSizeOf";

    /// <summary>Number of values of the input.</summary>
    public string Input => network.Input.Variable is null ? "InputSize" : "input.Length";

    /// <summary>Type of the values of an input.</summary>
    public string InputType => network.IsOfTokens ? "int" : "float";

    /// <summary>What is thrown names a layer by calling again with this input, unless results have overwritten it; token ids cannot be.</summary>
    public string NumbersOfInput => network.IsOfTokens ? "default" : "input";

    /// <summary>Number of outputs.</summary>
    public string Output => network.Output.Variable is null ? "OutputSize" : $"{OutputSizeOf}(input.Length)";

    /// <summary>The statement that checks the input.</summary>
    public string CheckInput => network.IsOfTokens
        ? $"{Guard}.Tokens(input, {network.LeastPositions}, {network.Input[0]}, {network.Vocabulary});"
        : network.Input.Variable is { } variable
        ? $"{Guard}.Positions(input, {Position}, {network.LeastPositions}, {variable.Count.Most});"
        : $"{Guard}.Input(input, InputSize);";

    /// <summary>The statement that checks another input of the same length.</summary>
    public string CheckReference(string name) => network.IsOfTokens
        ? $"{Guard}.Reference({name}, {Input}, {network.Vocabulary}, nameof({name}));"
        : $"{Guard}.Reference({name}, {Input}, nameof({name}));";

    /// <summary>What the input holds, for doc comments.</summary>
    public string InputValues => network.IsOfTokens
        ? $"{network.LeastPositions} to {network.Input[0]} token ids, each below {Literal.Integer(network.Vocabulary)}."
        : network.Input.Variable is null
        ? $"{Literal.Integer(network.Input.Size)} finite values, {network.Input}."
        : $"Finite values, {Literal.Integer(Position)} for each of {network.LeastPositions} to {network.Input[0]} positions: {network.Input}.";

    /// <summary>Values of a position of the input.</summary>
    public int Position => network.Input.Size / network.Input[0];
}
