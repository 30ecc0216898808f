using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes the description of the network, and how its layers' outputs lie in memory.</summary>
internal sealed class DescriptionEmitter(CodeWriter writer, Plan plan)
{
    private readonly ILookup<string, string> aliases = plan.Network.Aliases;

    public void Emit()
    {
        writer.Line();
        writer.Summary("The layers, and what was planned for them; prints as a table.");
        writer.Line("public static global::LrpGen.NetworkDescription Description { get; } = new(");
        using (writer.Indent())
        {
            writer.Line($"Name: {Literal.String(plan.Network.Type.Name)},");
            writer.Line($"InputShape: [{string.Join(", ", plan.Network.Input.Sizes)}],");
            using (writer.List("Layers:", "],"))
            {
                foreach (Layer layer in plan.Network.Layers.Where(layer => layer.PartOf is null))
                {
                    Emit(layer, [.. plan.Network.Layers.Where(part => part.PartOf == layer.Name), layer]);
                }
            }

            using (writer.List("Explanations:", "],"))
            {
                foreach (Program program in plan.Explanations)
                {
                    Emit(program);
                }
            }

            writer.Line($"WorkspaceBytes: {Bytes(plan.Forward)},");
            string[] further =
            [
                .. plan.Network.Input.Variable is null ? [] : new[] { "IsVariable = true" },
                .. plan.Network.Ignored.Count == 0 ? [] : new[] { $"Ignored = [{string.Join(", ", plan.Network.Ignored.Select(Literal.String))}]" },
            ];
            string properties = further.Length == 0 ? "" : $" {{ {string.Join(", ", further)} }}";
            writer.Line($"WeightBytes: {plan.WeightLength * sizeof(float)}){properties};");
        }

        writer.Line();
        using (writer.List("private static readonly global::LrpGen.Execution.LayerLayout[] Layouts =", "];"))
        {
            foreach (Layer layer in plan.Network.Layers)
            {
                string varies = layer.Output.Variable is null ? "" : ", Varies: true";
                string isPart = layer.PartOf is null ? "" : ", IsPart: true";
                writer.Line($"new({Literal.String(layer.Name)}, {EngineNames.New(plan.Facts.Arrangements[layer.Index])}{varies}{isPart}),");
            }
        }
    }

    /// <param name="parts">The layers that it is made of; itself, if it is declared as it is.</param>
    private void Emit(Layer layer, IReadOnlyList<Layer> parts)
    {
        IEnumerable<string> arguments = (layer.Compound?.Arguments ?? layer.Operation.Arguments)
            .Select(argument => $"new({Literal.String(argument.Name)}, {string.Join(", ", argument.Values.Select(Numbers.Display))})");
        IEnumerable<string> tensors = TensorsOf(parts).Select(source =>
            $"new({Literal.String(source.Name)}, {string.Join(", ", source.Shape)}){Literal.Options(source, aliases)}");
        string[] lists = [.. List("Arguments", arguments), .. List("Tensors", tensors)];
        writer.Line($"new({string.Join(", ", Cells(layer, parts))}){(lists.Length == 0 ? "," : "")}");
        if (lists.Length > 0)
        {
            writer.Line($"    {{ {string.Join(", ", lists)} }},");
        }
    }

    private static IEnumerable<string> List(string name, IEnumerable<string> items) =>
        items.Any() ? [$"{name} = [{string.Join(", ", items)}]"] : [];

    private void Emit(Program program)
    {
        Explanation explanation = program.Explanation!;
        using (writer.List($"new({Literal.String(explanation.Name)}, {Literal.String(explanation.Composite)},", $"], {Memory(program)}),"))
        {
            foreach (IGrouping<string, Assignment> assignments in explanation.Assignments.GroupBy(assignment => DeclaredBy(assignment.Layer)))
            {
                string rules = string.Join(", ", assignments.Select(assignment => assignment.Rule.Display).Distinct());
                writer.Line($"new({Literal.String(assignments.Key)}, {Literal.String(rules)}),");
            }
        }
    }

    /// <summary>The bytes that an explanation works in; under a procedure also what that is.</summary>
    private string Memory(Program program)
    {
        if (program.Explanation!.Procedure is not { } procedure)
        {
            return $"{Bytes(program)}";
        }

        long pass = Bytes(procedure.OnlyPredicts ? plan.Forward : program);
        string scratch = $"global::LrpGen.Execution.ScratchPool.Bytes(new{ProcedureEmitter.ShapeOf(plan.Network, procedure)})";
        return $"{pass} + {scratch}, {Literal.String(procedure.Display)}";
    }

    private IEnumerable<string> Cells(Layer layer, IReadOnlyList<Layer> parts) =>
    [
        Literal.String(layer.Name),
        Literal.String(layer.Compound?.Kind ?? layer.Kind),
        Literal.String(Describe.Declared(layer)),
        $"[{string.Join(", ", (layer.Compound?.Inputs ?? layer.Inputs).Select(NameOf))}]",
        $"[{string.Join(", ", layer.Output.Sizes)}]",
        Literal.Integer(OwnTensors(parts)
            .Where(source => source.Tensor.IsTrained)
            .Sum(source => source.Shape.Aggregate(1L, (size, axis) => size * axis))),
        Literal.Integer(parts.Sum(part => part.Operation.MultiplyAdds)),
        Literal.String(PlanOf(layer)),
    ];

    private string NameOf(int layer) => Literal.String(layer < 0 ? Network.InputName : plan.Network.Layers[layer].Name);

    /// <summary>The tensors of the file that layers read, each once.</summary>
    private static IEnumerable<TensorSource> TensorsOf(IEnumerable<Layer> layers) =>
        layers.SelectMany(layer => layer.Parameter?.Tensors ?? []).GroupBy(source => source.Name).Select(sources => sources.First());

    // Those that an earlier layer has, too, count there.
    private IEnumerable<TensorSource> OwnTensors(IReadOnlyList<Layer> parts)
    {
        HashSet<string> earlier = [.. TensorsOf(plan.Network.Layers.Take(parts[0].Index)).Select(source => source.Name)];
        return TensorsOf(parts).Where(source => !earlier.Contains(source.Name));
    }

    /// <summary>Name of the declared layer that a layer is, or is a part of.</summary>
    private string DeclaredBy(int layer) => plan.Network.Layers[layer].PartOf ?? plan.Network.Layers[layer].Name;

    private string PlanOf(Layer layer)
    {
        PlanContext context = new(plan.Facts, layer);
        return context.Operation.Form is { } form ? plan.Reason(form) : context.Operation.Remark(context) ?? "";
    }

    private static long Bytes(Program program) => program.Placement.Length * (long)sizeof(float);
}
