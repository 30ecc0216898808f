using System.Globalization;
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
            $"[Network({string.Join(", ", Network.Input.Sizes)})]",
            .. Network.Layers.Select((layer, index) => $"[{Layer(layer, index)}]"),
            .. Explanations.Select(explanation => $"[{Explain(explanation)}]"),
            $"public sealed partial class {Name};",
            "",
        ]);

    private static string Layer(LayerSpec layer, int index)
    {
        bool pool = layer.Op.Contains("Pool", StringComparison.Ordinal);
        bool adaptive = layer.Op.StartsWith("Adaptive", StringComparison.Ordinal);
        bool windowed = !adaptive && (pool || layer.Op.StartsWith("Conv", StringComparison.Ordinal));
        bool joins = layer.Op is "Add" or "Concat";
        bool plane = layer.Op.EndsWith("2d", StringComparison.Ordinal);
        List<string> arguments = [];
        if (layer.Op is "Linear" or "Conv1d" or "Conv2d")
        {
            arguments.Add(Text(layer.Outputs));
        }

        if (windowed || adaptive)
        {
            arguments.Add(plane && layer.Kernel.H != layer.Kernel.W ? $"{layer.Kernel.H}, {layer.Kernel.W}" : Text(layer.Kernel.W));
        }

        arguments.AddRange(layer.Parameters.Select(Text));
        arguments.AddRange(joins ? layer.Inputs.Select(name => $"\"{name}\"") : []);
        if (windowed)
        {
            AddPair(nameof(layer.Stride), layer.Stride, pool ? layer.Kernel : 1);
            AddPair(nameof(layer.Padding), layer.Padding, 0);
            AddPair(nameof(layer.Dilation), layer.Dilation, 1);
        }

        Add(nameof(layer.Groups), layer.Groups, 1);
        Add(nameof(layer.Bias), layer.Bias, true);
        Add(nameof(layer.CeilMode), layer.CeilMode, false);
        Add(nameof(layer.CountIncludePad), layer.CountIncludePad, true);
        Add(nameof(layer.Eps), layer.Eps, 1e-5);
        AddIf(layer.Approximate, "Approximate = GeluApproximation.Tanh");
        AddIf(!joins && layer.Inputs.Count > 0, $"From = \"{layer.Inputs.FirstOrDefault()}\"");
        AddIf(layer.Name != Text(index), $"Name = \"{layer.Name}\"");
        return $"{layer.Op}({string.Join(", ", arguments)})";

        void AddIf(bool condition, string argument) => arguments.AddRange(condition ? [argument] : []);

        void Add<T>(string name, T value, T otherwise)
            where T : notnull => AddIf(!value.Equals(otherwise), $"{name} = {Text(value)}");

        void AddPair(string name, Pair value, Pair otherwise)
        {
            if (!plane || value.H == value.W)
            {
                AddIf(plane ? value != otherwise : value.W != otherwise.W, $"{name} = {value.W}");
            }
            else
            {
                AddIf(value.H != otherwise.H || name == nameof(layer.Stride), $"{name}H = {value.H}");
                AddIf(value.W != otherwise.W || name == nameof(layer.Stride), $"{name}W = {value.W}");
            }
        }
    }

    private IEnumerable<string> Composite(ExplanationSpec explanation) =>
    [
        .. explanation.Rules.Select(rule => $"[{Rule(rule)}]"),
        .. explanation.Procedure is { } procedure
            ? [$"[{procedure.Name}({string.Join(", ", procedure.Parameters.Select(parameter => Text(parameter.Value)))})]"]
            : Array.Empty<string>(),
        .. explanation.TimesInput ? ["[TimesInput]"] : Array.Empty<string>(),
        $"public readonly struct {CompositeName(explanation)} : IComposite;",
        "",
    ];

    private string CompositeName(ExplanationSpec explanation) => $"{Name}{explanation.Name}Rules";

    private static string Rule(RuleSpec rule)
    {
        RuleSpec plain = new(rule.Name, rule.Parameters);
        List<string> arguments = [.. rule.Parameters.Select(Text)];
        if (rule.On != plain.On)
        {
            arguments.Add($"On = {string.Join(" | ", rule.On.ToString().Split(", ").Select(kind => $"{nameof(LayerKinds)}.{kind}"))}");
        }

        arguments.AddRange(rule.First ? ["First = true"] : []);
        arguments.AddRange(rule.Layer is null ? [] : [$"Layer = \"{rule.Layer}\""]);
        arguments.AddRange(rule.Stabilizer == plain.Stabilizer ? [] : [$"Stabilizer = {Text(rule.Stabilizer)}"]);
        arguments.AddRange(rule.ZeroBias ? ["ZeroBias = true"] : []);
        return $"{rule.Name}({string.Join(", ", arguments)})";
    }

    private string Explain(ExplanationSpec explanation)
    {
        List<string> arguments = [$"Name = \"{explanation.Name}\""];
        arguments.AddRange(explanation.Preset is null && explanation.Seed != Seed.Logit ? [$"Seed = Seed.{explanation.Seed}"] : []);
        arguments.AddRange(explanation.Mask is null ? [] : [$"Mask = \"{explanation.Mask}\""]);
        arguments.AddRange(Bounds("Low", explanation.Lows));
        arguments.AddRange(Bounds("High", explanation.Highs));
        arguments.AddRange(explanation is { Preset: not null, Procedure: { } procedure }
            ? procedure.Parameters.Select(parameter => $"{parameter.Name} = {Text(parameter.Value)}")
            : []);
        return $"Explain<{explanation.Preset ?? CompositeName(explanation)}>({string.Join(", ", arguments)})";
    }

    private static IEnumerable<string> Bounds(string name, IReadOnlyList<double> bounds) => bounds.Count switch
    {
        0 => [],
        1 => [$"{name} = {Text(bounds[0])}"],
        _ => [$"{name}s = [{string.Join(", ", bounds.Select(Text))}]"],
    };

    private static string Text<T>(T value)
        where T : notnull => value is bool flag
            ? flag ? "true" : "false"
            : string.Format(CultureInfo.InvariantCulture, "{0}", value);
}
