using System.Globalization;

namespace LrpGen.Generator.Basics;

/// <summary>Gives out names, each once: a second <c>conv</c> becomes <c>conv2</c>.</summary>
/// <param name="separator">Between a name and its number.</param>
/// <param name="taken">Names that are not to be given out.</param>
internal sealed class UniqueNames(string separator, params IEnumerable<string> taken)
{
    private readonly HashSet<string> names = [.. taken];

    public string Next(string stem)
    {
        string name = stem;
        for (int count = 2; !names.Add(name); count++)
        {
            name = stem + separator + count.ToString(CultureInfo.InvariantCulture);
        }

        return name;
    }
}
