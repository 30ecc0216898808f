using LrpGen.Rules;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Engine;

/// <summary>A network with its explanations, which writes itself as the C# that a user would write.</summary>
/// <param name="Name">Name of the class.</param>
internal sealed record Declaration(string Name, NetworkSpec Network, params IReadOnlyList<ExplanationSpec> Explanations)
{
    /// <summary>Namespace of all declarations.</summary>
    public const string Namespace = "Declared";

    /// <summary>The whole source file.</summary>
    public string Source => string.Join(
        '\n',
        [
            "using LrpGen;",
            "using LrpGen.Rules;",
            "",
            $"namespace {Namespace};",
            "",
            .. Explanations.Where(explanation => explanation.Preset is null).SelectMany(Composite),
            Network.IsOfTokens
                ? $"[Network(Tokens = {Network.Input[0]})]"
                : $"[Network({string.Join(", ", Network.Input.Sizes)}{(Network.IsVariable ? ", Variable = true" : "")})]",
            .. Network.Layers.Select((layer, index) => $"[{layer.Declare(index)}]"),
            .. Explanations.Select(explanation => $"[{Explain(explanation)}]"),
            $"public sealed partial class {Name};",
            "",
        ]);

    private IEnumerable<string> Composite(ExplanationSpec explanation) =>
    [
        .. explanation.Rules.Select(rule => $"[{Rule(rule)}]"),
        .. explanation.Procedure is { } procedure
            ? [$"[{procedure.Name}({string.Join(", ", procedure.Parameters.Select(parameter => LayerSpec.Text(parameter.Value)))})]"]
            : Array.Empty<string>(),
        .. explanation.TimesInput ? ["[TimesInput]"] : Array.Empty<string>(),
        $"public readonly struct {CompositeName(explanation)} : IComposite;",
        "",
    ];

    private string CompositeName(ExplanationSpec explanation) => $"{Name}{explanation.Name}Rules";

    private static string Rule(RuleSpec rule)
    {
        RuleSpec plain = new(rule.Name, rule.Parameters);
        List<string> arguments = [.. rule.Parameters.Select(LayerSpec.Text)];
        if (rule.On != plain.On)
        {
            arguments.Add($"On = {string.Join(" | ", rule.On.ToString().Split(", ").Select(kind => $"{nameof(LayerKinds)}.{kind}"))}");
        }

        arguments.AddRange(rule.First ? ["First = true"] : []);
        arguments.AddRange(rule.Layer is null ? [] : [$"Layer = \"{rule.Layer}\""]);
        arguments.AddRange(rule.Stabilizer == plain.Stabilizer ? [] : [$"Stabilizer = {LayerSpec.Text(rule.Stabilizer)}"]);
        arguments.AddRange(rule.ZeroBias ? ["ZeroBias = true"] : []);
        return $"{rule.Name}({string.Join(", ", arguments)})";
    }

    private string Explain(ExplanationSpec explanation)
    {
        List<string> arguments = [$"Name = \"{explanation.Name}\""];
        arguments.AddRange(explanation.Preset is null && explanation.Seed != Seed.Logit ? [$"Seed = Seed.{explanation.Seed}"] : []);
        arguments.AddRange(explanation.Mask is null ? [] : [$"Mask = \"{explanation.Mask}\""]);
        arguments.AddRange(explanation.MaskAxis is int axis ? [$"MaskAxis = {LayerSpec.Text(axis)}"] : []);
        arguments.AddRange(Bounds("Low", explanation.Lows));
        arguments.AddRange(Bounds("High", explanation.Highs));
        arguments.AddRange(explanation is { Preset: not null, Procedure: { } procedure }
            ? procedure.Parameters.Select(parameter => $"{parameter.Name} = {LayerSpec.Text(parameter.Value)}")
            : []);
        return $"Explain<{explanation.Preset ?? CompositeName(explanation)}>({string.Join(", ", arguments)})";
    }

    private static IEnumerable<string> Bounds(string name, IReadOnlyList<double> bounds) => bounds.Count switch
    {
        0 => [],
        1 => [$"{name} = {LayerSpec.Text(bounds[0])}"],
        _ => [$"{name}s = [{string.Join(", ", bounds.Select(LayerSpec.Text))}]"],
    };
}
