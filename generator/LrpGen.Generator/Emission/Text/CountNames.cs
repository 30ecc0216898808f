using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Locals for numbers of positions that calls choose.</summary>
/// <param name="input">Name of the number that the input has.</param>
/// <param name="traces">Whether the code is part of a trace, where there are rows that nobody else reads.</param>
internal sealed class CountNames(string input, Traces traces)
{
    private readonly Dictionary<Count, string> names = [];

    /// <summary>Floats of a tensor.</summary>
    public string Length(CodeWriter writer, Tensor tensor) => tensor.Extent.Count is { } count
        ? $"{Require(writer, count)} * {Literal.Integer(tensor.Length / count.Most)}"
        : Literal.Integer(tensor.Length);

    /// <summary>Name of the number; writes a local for it if it is the first to need it.</summary>
    public string Require(CodeWriter writer, Count count)
    {
        if (count.Only is { } rows)
        {
            return RequireSome(writer, count, rows);
        }

        if (count.Of is not { } source)
        {
            return input;
        }

        if (!names.TryGetValue(count, out string? name))
        {
            string value = ((Offset.Variable(Require(writer, source)) * count.Times) + count.Add).ToString();
            name = input + Literal.Integer(names.Count + 2);
            names.Add(count, name);
            string dividend = count.Add == 0 ? value : $"({value})";
            writer.Line($"int {name} = {(count.Divide == 1 ? value : $"{dividend} / {Literal.Integer(count.Divide)}")};");
        }

        return name;
    }

    private string RequireSome(CodeWriter writer, Count count, SomeRows rows)
    {
        string all = count.Of is null ? Literal.Integer(count.Most) : Require(writer, count.Of);
        string some = Literal.Integer(rows.Count);
        if (traces != Traces.Maybe)
        {
            return traces == Traces.Always ? all : some;
        }

        if (!names.TryGetValue(count, out string? name))
        {
            name = names.Values.Contains("rows") ? "rows" + Literal.Integer(names.Count + 1) : "rows";
            names.Add(count, name);
            writer.Line($"int {name} = trace is null ? {some} : {all};");
        }

        return name;
    }
}

/// <summary>Whether code is run for traces.</summary>
internal enum Traces
{
    Never,
    Maybe,
    Always,
}
