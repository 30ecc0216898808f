using System.CommandLine;
using LrpGen.Onnx;

namespace LrpGen.Tool;

/// <summary><c>lrpgen import model.onnx</c>.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        ImportOptions defaults = new();
        Argument<string> model = new("MODEL") { Description = "The ONNX file." };
        Option<string> output = new("--output", "-o") { Description = "Directory for both files.", HelpName = "DIR", DefaultValueFactory = _ => "." };
        Option<string> name = new("--namespace") { Description = "Namespace of the class.", DefaultValueFactory = _ => defaults.Namespace };
        Option<string?> type = new("--class") { Description = "Name of the class; by default made of the file's name." };
        Option<string?> explain = new("--explain")
        {
            Description = "Composites of the [Explain] attributes, with commas between; by default AttnLRP for transformers, CPLRP for recurrent "
                + "networks, else EpsilonPlusFlat.",
            HelpName = "COMPOSITE,...",
        };
        Option<int?> tokens = new("--tokens") { Description = "The most token ids that the class takes, if the file leaves it open.", HelpName = "COUNT" };
        Option<string?> result = new("--output-name") { Description = "The output that the class gives; by default the first.", HelpName = "NAME" };
        Option<bool> keepSoftmax = new("--keep-softmax")
        {
            Description = "Keep a softmax, sigmoid or the like at the end; the class gets no [Explain] then.",
        };
        Option<bool> force = new("--force") { Description = "Replace the class if its file is already there." };
        Command command = new("import", "Writes an ONNX model as an annotated C# class, and its weights beside it.")
        {
            model, output, name, type, tokens, result, explain, keepSoftmax, force,
        };
        command.SetAction(given =>
        {
            ImportedNetwork network = OnnxModel.Import(given.GetRequiredValue(model), new()
            {
                Namespace = given.GetRequiredValue(name),
                ClassName = given.GetValue(type),
                Tokens = given.GetValue(tokens),
                Output = given.GetValue(result),
                Explanations = given.GetValue(explain)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                KeepSoftmax = given.GetValue(keepSoftmax),
            });
            string directory = given.GetRequiredValue(output);
            string source = Path.Combine(directory, network.SourceFileName);
            if (File.Exists(source) && !given.GetValue(force))
            {
                throw new UserException($"{source} is already there; --force replaces it and its weights.");
            }

            network.Save(directory);
            foreach (string note in network.Notes)
            {
                Console.WriteLine($"note: {note}");
            }

            Console.WriteLine($"{source}, {Path.Combine(directory, network.WeightsFileName)}");
        });
        return command;
    }
}
