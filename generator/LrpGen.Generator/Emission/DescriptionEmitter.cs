using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes the description of the network, and how its layers' outputs lie in memory.</summary>
internal sealed class DescriptionEmitter(CodeWriter writer, Plan plan)
{
    public void Emit()
    {
        writer.Line();
        writer.Summary("The layers, and what was planned for them.");
        using (writer.List("public static NetworkDescription Description { get; } = new(", ");"))
        {
        }

        writer.Line();
        using (writer.List("private static readonly LayerLayout[] Layouts =", "];"))
        {
            foreach (Layer layer in plan.Network.Layers)
            {
                writer.Line($"new({Literal.String(layer.Name)}, {layer.Output.Channels}, {layer.Output.Pixels}, {plan.Facts.Pitches[layer.Index]}),");
            }
        }
    }
}
