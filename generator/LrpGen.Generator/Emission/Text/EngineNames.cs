using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Names of the engine and of its fields that hold packed weights: <c>conv3W</c>, <c>conv3WPositiveTransposed</c>, <c>conv3B</c>.</summary>
internal sealed class EngineNames
{
    private readonly Dictionary<PackedWeights, (WeightSet Set, string Name)> weights = [];
    private readonly Dictionary<BiasSet, string> biases = [];
    private readonly int unrollBudget;
    private readonly Dictionary<Arrangement, string> arrangements = [];

    public EngineNames(Plan plan)
    {
        unrollBudget = plan.UnrollBudget;
        Dictionary<Parameter, string> stems = [];

        // No part of a name begins with a digit, so _0 can only stand for an underscore.
        Type = plan.Network.Type.MetadataName.Replace("_", "_0").Replace('.', '_').Replace('+', '_') + "Engine";
        UniqueNames names = new("", plan.Stored.Select(tensor => tensor.Name).Concat(plan.Network.Explanations.Select(ProcedureEmitter.FieldOf)));
        foreach (Layer layer in plan.Network.Layers)
        {
            foreach (Parameter parameter in layer.Parameter is { } own ? [own, own.OfWeights] : Array.Empty<Parameter>())
            {
                if (!stems.ContainsKey(parameter))
                {
                    stems.Add(parameter, plan.Facts.Stem(layer.Index));
                }
            }
        }

        foreach (WeightSet set in plan.WeightSets)
        {
            string part = set.Part == WeightPart.One ? "WOnes" : set.Part.ToString();
            string name = names.Next(StemOf(set.Parameter) + part + (set.Packing.IsTransposed() ? "Transposed" : ""));
            weights.Add(set.Packed(plan.UnrollBudget), (set, name));
        }

        foreach (BiasSet set in plan.BiasSets)
        {
            biases.Add(set, names.Next(StemOf(set.Parameter) + set.Part));
        }

        string StemOf(Parameter parameter) => stems[parameter.Whole] + parameter.Gates switch
        {
            { Gate: { } gate } part => FormattableString.Invariant($"{(part.OfState ? "State" : "Input")}{gate}"),
            { } part => part.OfState ? "State" : "Input",
            null => "",
        };

        foreach (Arrangement arrangement in plan.Blocks.SelectMany(block => block.Steps).SelectMany(step => step.Arrangements).Distinct())
        {
            arrangements.Add(arrangement, names.Next($"Of{string.Join("x", arrangement.Shape.Sizes)}"));
        }
    }

    /// <summary>Fields that hold arrangements: <c>Of32x14x14</c>.</summary>
    public IEnumerable<KeyValuePair<Arrangement, string>> Arrangements => arrangements;

    /// <summary>Name of the engine's class.</summary>
    public string Type { get; }

    public IEnumerable<KeyValuePair<WeightSet, string>> Weights =>
        weights.Values.Select(named => new KeyValuePair<WeightSet, string>(named.Set, named.Name));

    public IEnumerable<KeyValuePair<BiasSet, string>> Biases => biases;

    /// <summary>An arrangement as a new value.</summary>
    public static string New(Arrangement arrangement) => $"new({arrangement.Outer}, {arrangement.Lanes}, {arrangement.Inner}, {arrangement.Pitch})";

    /// <summary>The arrangement of a tensor of that name.</summary>
    public string Of(Arrangement arrangement, string tensor) =>
        arrangements[arrangement] + (arrangement.Count is null ? "" : $".For({tensor})");

    public string this[WeightSet set] => weights[set.Packed(unrollBudget)].Name;

    public string this[BiasSet set] => biases[set];
}
