using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Locals for numbers of positions that calls choose.</summary>
/// <param name="input">Name of the number that the input has.</param>
internal sealed class CountNames(string input)
{
    private readonly Dictionary<Count, string> names = [];

    /// <summary>Floats of a tensor.</summary>
    public string Length(CodeWriter writer, Tensor tensor) => tensor.Extent.Count is { } count
        ? $"{Require(writer, count)} * {Literal.Integer(tensor.Length / count.Most)}"
        : Literal.Integer(tensor.Length);

    /// <summary>Name of the number; writes a local for it if it is the first to need it.</summary>
    public string Require(CodeWriter writer, Count count)
    {
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
}
