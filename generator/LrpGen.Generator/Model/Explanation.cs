namespace LrpGen.Generator.Model;

/// <summary>An explanation: a rule for every layer that needs one.</summary>
/// <param name="Name">Name of the generated methods.</param>
/// <param name="Composite">Name of the composite, for people.</param>
/// <param name="TimesInput">Whether the input's relevance is multiplied by the input.</param>
/// <param name="Mask">Through which channels alone a call may let relevance flow on; null if it may not say.</param>
/// <param name="Assignments">Every layer that has a rule, in order.</param>
/// <param name="Bounds">Of the input, which its rules or its procedure take for granted; null if they do not.</param>
/// <param name="Procedure">Null for a single pass at the input.</param>
internal sealed record Explanation(
    string Name,
    string Composite,
    Seed Seed,
    bool TimesInput,
    Mask? Mask,
    EquatableArray<Assignment> Assignments,
    Bounds? Bounds,
    Procedure? Procedure);

/// <summary>What calls choose channels of.</summary>
/// <param name="Layer">Index of the layer.</param>
/// <param name="Axis">The axis of its output whose positions are chosen; null for its channels.</param>
internal sealed record Mask(int Layer, int? Axis);

/// <summary>Bounds of the network's input.</summary>
/// <param name="Lows">Lowest values: one for all, one for each channel, or none.</param>
/// <param name="Highs">Highest values, likewise.</param>
internal sealed record Bounds(EquatableArray<double> Lows, EquatableArray<double> Highs);

/// <summary>The rule of one layer.</summary>
internal sealed record Assignment(int Layer, Rule Rule);
