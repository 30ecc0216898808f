using LrpGen.Onnx.Import;

namespace LrpGen.Onnx.Layers;

/// <summary>What changes nothing in a prediction.</summary>
internal static class Identities
{
    public static Family Family { get; } = new(
        new()
        {
            ["Dropout"] = layer => layer.Whole("Dropout"),
            ["Identity"] = layer => layer.Whole("Identity"),
        },
        new()
        {
            ["Dropout"] = Identity,
            ["Identity"] = Identity,
            ["Cast"] = Cast,
        });

    private static Value Identity(Call call) => call.Node.Operator == "Dropout" && call.Optional(2) is { } training
        && training is not Constant { Count: 1, Integers: [0] }
        ? throw call.Node.Unsupported("it is in training mode; export the model in evaluation mode")
        : call.Input(0) is Constant { Name.Length: > 0 } constant && LayerNames.IsPath(call.Node.Outputs[0])
            ? constant.Named(call.Node.Outputs[0])
            : call.Input(0);

    /// <summary>Other floating-point types are computed as float32 anyway; constants keep whether they are integers.</summary>
    private static Value Cast(Call call) => (call.Input(0), (Format.ElementType)call.Node.Integer("to", 0)) switch
    {
        (Constant { Floats: { } floats } constant, Format.ElementType.Int64 or Format.ElementType.Int32) =>
            new Constant("", constant.Shape, null, Array.ConvertAll(floats, value => (long)value)),
        (Constant constant, Format.ElementType.Bool) => Broadcasting.Apply(call, [constant], x => x[0] != 0 ? 1 : 0, isInteger: true),
        (Constant { Integers: { } integers } constant, Format.ElementType.Float or Format.ElementType.Double or Format.ElementType.Float16) =>
            new Constant("", constant.Shape, Array.ConvertAll(integers, value => (float)value), null),
        (Constant { Integers: not null } or TokenIds, Format.ElementType.Int64 or Format.ElementType.Int32) => call.Input(0),
        (TokenIds, var type) => throw call.Node.Unsupported($"it casts token ids to {type}, which only an embedding reads"),
        (var value, Format.ElementType.Float or Format.ElementType.Double or Format.ElementType.Float16) => value,
        (_, var type) => throw call.Node.Unsupported($"a cast to {type}"),
    };
}
