using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using LrpGen.Benchmarks.Networks;
using LrpGen.Benchmarks.Peers;

namespace LrpGen.Benchmarks;

/// <summary>Options whose value is a list with commas.</summary>
internal static class ListOption
{
    public static readonly Option<IReadOnlyList<IContender>> Contenders = Of<IContender>("--nets", "The networks.", TryFind, [.. Peers.Contenders.All]);

    public static readonly Option<IReadOnlyList<Item>> Items = Of<Item>(
        "--items", "F: forward pass. E, C, G: explanation by ε (of sequences CPLRP), EpsilonPlusFlat, EpsilonGammaBox. A: AttnLRP, of sequences.", Enum.TryParse, Enum.GetValues<Item>());

    public delegate bool TryParse<T>(string text, [MaybeNullWhen(false)] out T value);

    /// <summary>Positive numbers.</summary>
    public static Option<IReadOnlyList<int>> Counts(string name, string description, params int[] values) =>
        Of<int>(name, description, static (string text, out int count) => int.TryParse(text, out count) && count > 0, values);

    private static Option<IReadOnlyList<T>> Of<T>(string name, string description, TryParse<T> tryParse, params T[] values) => new(name)
    {
        Description = description,
        HelpName = "LIST",
        DefaultValueFactory = _ => values,
        CustomParser = result => Parse(result, tryParse),
    };

    private static List<T> Parse<T>(ArgumentResult result, TryParse<T> tryParse)
    {
        List<T> list = [];
        foreach (string text in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (tryParse(text, out T? value))
            {
                list.Add(value);
            }
            else
            {
                result.AddError($"'{text}' is not one of the values that this list may have.");
            }
        }

        return list;
    }

    private static bool TryFind(string name, [MaybeNullWhen(false)] out IContender contender)
    {
        contender = Peers.Contenders.All.FirstOrDefault(candidate => candidate.Name == name);
        return contender is not null;
    }
}
