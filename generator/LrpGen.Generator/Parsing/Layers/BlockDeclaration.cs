using LrpGen.Generator.Declarations;
using Microsoft.CodeAnalysis;

namespace LrpGen.Generator.Parsing;

/// <summary>A block: a struct, or an attribute that stands for several layers.</summary>
/// <param name="Type">The struct, or the attribute's class.</param>
/// <param name="Layers">Its layers, in their order.</param>
/// <param name="Parameters">In their order; those with defaults are last.</param>
internal sealed record BlockDeclaration(
    INamedTypeSymbol Type, IReadOnlyList<DeclaredLayer> Layers, IReadOnlyList<BlockParameter> Parameters)
{
    /// <summary>Values of the parameters where the block is used; null after a fault.</summary>
    public Dictionary<string, int>? ParseArguments(Arguments use)
    {
        const string arguments = "arguments";
        IReadOnlyList<int> given = use.Integers(arguments);
        if (use.Valid && (given.Count > Parameters.Count || Parameters.Skip(given.Count).Any(parameter => parameter.Default is null)))
        {
            use.Fault(Descriptors.WrongArguments, null, Type.Name, string.Join(", ", Parameters), string.Join(", ", given));
        }

        return use.Valid
            ? Parameters.Select((parameter, index) => (parameter.Name, Value: index < given.Count ? given[index] : parameter.Default!.Value))
                .ToDictionary(pair => pair.Name, pair => pair.Value)
            : null;
    }
}

/// <summary>A parameter of a block.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">Its value if none is given; null if one must be given.</param>
internal sealed record BlockParameter(string Name, int? Default)
{
    public override string ToString() => Default is null ? Name : $"{Name} = {Default}";
}
