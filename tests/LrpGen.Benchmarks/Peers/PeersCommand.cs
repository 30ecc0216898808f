using System.CommandLine;
using System.Numerics.Tensors;
using LrpGen.Benchmarks.Networks;
using Spectre.Console;

namespace LrpGen.Benchmarks.Peers;

/// <summary>Measures networks beside ONNX Runtime.</summary>
internal static class PeersCommand
{
    /// <summary>Of the largest output. Both compute in float32, and one of them may transform its convolutions.</summary>
    private const float Tolerance = 1e-3f;

    /// <summary>For the samples of a call.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);

    private static readonly Option<IReadOnlyList<int>> Threads = ListOption.Counts("--threads", "Threads of a call.", 1);

    private static readonly Option<IReadOnlyList<int>> Batches = ListOption.Counts("--batch", "Inputs of a call.", 1);

    private static readonly Option<FileInfo?> Json = new("--json") { Description = "A file for the figures, as lines of JSON.", HelpName = "FILE" };

    public static Command Create()
    {
        Command command = new("peers", "Times and memory of networks beside ONNX Runtime's forward pass.")
        {
            ListOption.Contenders, ListOption.Items, Threads, Batches, Json,
        };
        command.SetAction(static result =>
        {
            using TextWriter json = result.GetValue(Json) is FileInfo file ? file.CreateText() : TextWriter.Null;
            foreach (IContender contender in result.GetRequiredValue(ListOption.Contenders))
            {
                using TemporaryPath model = new();
                contender.WriteModel(model.Path);
                Item[] items = [.. result.GetRequiredValue(ListOption.Items).Where(contender.Items.Contains)];
                foreach (int threads in result.GetRequiredValue(Threads))
                {
                    foreach (int batch in result.GetRequiredValue(Batches).Where(batch => batch == 1 || contender.TakesBatches))
                    {
                        Print(Measure(contender, items, model.Path, threads, batch), json);
                    }
                }
            }
        });
        return command;
    }

    private static List<Measurement> Measure(IContender contender, IReadOnlyList<Item> items, string model, int threads, int batch)
    {
        using Contest contest = contender.Open(model, threads, batch);
        contest.Peer.Run();
        Compare(contender, contest.Ours, contest.Theirs);

        Action[] calls = [.. items.Select(contest.CallOf)];
        IReadOnlyList<Samples> samples = Sampler.Measure([.. calls, contest.Peer.Run], Budget);
        Samples peers = samples[^1];
        return [.. items.Select((item, index) => new Measurement(
            contender.Name,
            item.ToString(),
            threads,
            batch,
            samples[index].Median / batch,
            peers.Median / batch,
            samples[index].Median / peers.Median,
            samples[index].Minimum / batch,
            Allocations.Of(calls[index]),
            PeakMemoryCommand.Measure(contender, item)))];
    }

    private static void Compare(IContender contender, float[] ours, float[] theirs)
    {
        float error = TensorPrimitives.Distance<float>(ours, theirs) / TensorPrimitives.Norm<float>(theirs);
        AnsiConsole.WriteLine($"{contender.Name}: outputs differ from ONNX Runtime's by {error:E1} of their norm");
        if (!(error <= Tolerance))
        {
            throw new InvalidDataException($"The outputs of {contender.Name} are not those of ONNX Runtime.");
        }
    }

    private static void Print(List<Measurement> measurements, TextWriter json)
    {
        Report.Print(
            measurements,
            [
                new("net", row => row.Net),
                new("item", row => row.Item),
                new("threads", row => $"{row.Threads}"),
                new("batch", row => $"{row.Batch}"),
                new("ours ms", row => $"{row.OursMs:G4}"),
                new("ORT ms", row => $"{row.OrtMs:G4}"),
                new("ratio", row => $"{row.Ratio:F3}"),
                new("ours min ms", row => $"{row.OursMinMs:G4}"),
                new("bytes/call", row => $"{row.AllocatedBytes}"),
                new("peak MB", row => $"{row.PeakRssMb:F0}"),
            ]);
        foreach (Measurement measurement in measurements)
        {
            json.WriteLine(measurement.ToJson());
        }

        json.Flush();
    }
}
