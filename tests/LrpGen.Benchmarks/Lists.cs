using System.CommandLine;
using LrpGen.Benchmarks.Networks;

namespace LrpGen.Benchmarks;

/// <summary>Options whose values are lists with commas.</summary>
internal static class Lists
{
    public static readonly Option<string[]> Nets = Option("--nets", "Networks.", [.. Subject.All.Select(subject => subject.Name)]);

    public static readonly Option<string[]> Items = Option(
        "--items", "F forward, E Epsilon everywhere, C EpsilonPlusFlat, G EpsilonGammaBox.", Enum.GetNames<Item>());

    public static IReadOnlyList<Subject> SubjectsOf(ParseResult result) =>
        [.. result.GetRequiredValue(Nets).Select(name => Subject.All.Single(subject => subject.Name == name))];

    public static IReadOnlyList<Item> ItemsOf(ParseResult result) => [.. result.GetRequiredValue(Items).Select(Enum.Parse<Item>)];

    public static Option<string[]> Option(string name, string description, string[] values)
    {
        Option<string[]> option = new(name)
        {
            Description = description,
            HelpName = "A,B,…",
            DefaultValueFactory = _ => values,
            CustomParser = static result => [.. result.Tokens.SelectMany(token => token.Value.Split(','))],
        };
        return option;
    }
}
