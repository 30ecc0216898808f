using LrpGen.Onnx.Export;
using LrpGen.Onnx.Import;
using static LrpGen.Onnx.Export.GraphBuilder;

namespace LrpGen.Onnx.Layers;

/// <summary>Learned rows: those of tokens, and those that are added or put in front.</summary>
internal static class Embeddings
{
    public static Family Family { get; } = new(
        new()
        {
            ["Embedding"] = layer => layer.Result("Gather", [layer.Tensors[0].Name, layer.Input], Attribute("axis", 0)),
            ["PositionEmbedding"] = Positions,
            ["TokenTypeEmbedding"] = layer => layer.Result("Add", layer.Input, Rows(layer, 0, layer.Constant("end", [1]))),
            ["ClassToken"] = ClassToken,
        },
        []);

    /// <summary>A sum with rows of a table, or with a parameter, of which there are as many as the input has.</summary>
    private static string Positions(ExportedLayer layer)
    {
        int first = layer.Has("offset") ? layer.Integer("offset") : 0;
        string end = !layer.IsVariable ? layer.Constant("end", [first + layer.InputShape[0]])
            : first == 0 ? layer.SizeOf(1)
            : layer.Part("Add", layer.SizeOf(1), layer.Constant("first", [first]));
        return layer.Result("Add", layer.Input, layer.IsVariable || layer.Has("num_embeddings") ? Rows(layer, first, end) : layer.Tensors[0].Name);
    }

    private static string Rows(ExportedLayer layer, int first, string end) =>
        layer.Part("Slice", layer.Tensors[0].Name, layer.Constant("first", [first]), end, layer.Constant("axis", [0]));

    /// <summary>A row for every sample of a batch, and the others behind it.</summary>
    private static string ClassToken(ExportedLayer layer)
    {
        string sizes = layer.Part("Concat", [layer.SizeOf(0), layer.Constant("row", [1, layer.InputShape[1]])], Attribute("axis", 0));
        return layer.Result("Concat", [layer.Part("Expand", layer.Tensors[0].Name, sizes), layer.Input], Attribute("axis", 1));
    }

    /// <summary>The rows of token ids.</summary>
    public static Value OfTokens(Call call, TokenIds ids)
    {
        if (call.Input(0) is not Constant { Floats: { } rows, Shape: [int count, int features] } table || call.Node.Integer("axis", 0) != 0)
        {
            throw call.Node.Unsupported("it looks token ids up in what is no table of rows");
        }

        ImportedLayer layer = new(call.Node, "Embedding", [-1], [$"{count}", $"{features}"]) { TensorName = table.Name };
        layer.Add("weight", [count, features], rows);
        return call.Layers.Add(layer, new LayerOutput(-1, ids.Count, features), [ids.Count, features]);
    }

    /// <summary>Rows of a table that does not depend on the input, which knows of it so that the layer can have all.</summary>
    public static Constant OfRows(Constant rows, Constant table, int[] indices) =>
        new(rows.Name, rows.Shape, rows.Floats, null) { LookedUp = (table, indices) };

    /// <summary>A layer that adds a number to every element: the first row of a table to all, rows of one, or a parameter. Else null.</summary>
    public static LayerOutput? Positions(Call call, LayerOutput source, Constant numbers)
    {
        int[] graph = [.. source.GraphShape.Skip(1)];
        int[] given = [.. numbers.Shape.SkipWhile(size => size == 1)];
        bool isOfRows = graph is [_, int features] && given.Length > 0 && given[^1] == features;
        if (source.Order is not null || source.Batch != 0 || numbers.Shape.Count > source.Rank)
        {
            return null;
        }

        bool isOfType = isOfRows && numbers.LookedUp is var (_, type) && type.All(row => row == 0)
            && (type.Length == 1 || type.Length == graph[0]);
        if (!isOfType && (given.Length < 2 || !given.SequenceEqual(graph.SkipWhile(size => size == 1))))
        {
            return isOfRows && given.Length == 2 && call.HasTokens
                ? throw call.Node.Unsupported($"it adds {given[0]} rows to {graph[0]} tokens")
                : null;
        }

        LayerOutput natural = call.Natural(source);
        ImportedLayer layer = isOfType ? Table("TokenTypeEmbedding", numbers.LookedUp!.Value.Table, [])
            : numbers.LookedUp is var (table, rows) && rows.Zip(rows.Skip(1)).All(pair => pair.Second == pair.First + 1)
                ? Table("PositionEmbedding", table, rows[0] == 0 ? [] : [$"Offset = {rows[0]}"])
            : new(call.Node, "PositionEmbedding", [natural.Layer], []) { TensorName = numbers.Name };
        if (layer.Tensors.Count == 0)
        {
            layer.Add("", natural.Shape, numbers.Floats!);
        }

        return call.Layers.Add(layer, natural, natural.Shape);

        ImportedLayer Table(string kind, Constant whole, string[] arguments)
        {
            ImportedLayer ofTable = new(call.Node, kind, [natural.Layer], [$"{whole.Shape[0]}", .. arguments]) { TensorName = whole.Name };
            ofTable.Add("weight", whole.Shape, whole.Floats!);
            return ofTable;
        }
    }

    /// <summary>A learned row in front of others.</summary>
    public static Value ClassToken(Call call, Constant row)
    {
        LayerOutput source = call.Natural(1);
        if (source.Shape is not [int rows, int features] || !row.Shape.SequenceEqual([1, 1, features]) || row.Floats is null
            || call.OwnAxes(source, [(int)Math.Clamp(call.Node.Integer("axis", 1), int.MinValue, int.MaxValue)])[0] != 0)
        {
            throw call.Node.Unsupported("it puts a tensor that is no row of features beside a layer");
        }

        ImportedLayer layer = new(call.Node, "ClassToken", [source.Layer], []) { TensorName = row.Name };
        layer.Add("", row.Shape, row.Floats);
        return call.Layers.Add(layer, source, [rows + 1, features]);
    }
}
