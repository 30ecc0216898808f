using System.CommandLine;
using BenchmarkDotNet.Running;
using LrpGen.Benchmarks;
using LrpGen.Benchmarks.Accuracy;
using LrpGen.Benchmarks.Kernels;
using LrpGen.Benchmarks.Peers;
using Samples;

Command micro = new("micro", "The small networks beside ONNX Runtime, by BenchmarkDotNet.");
micro.SetAction(static _ => BenchmarkRunner.Run<MicroBenchmarks>());

RootCommand root = new("Measures what LrpGen generates.")
{
    PeersCommand.Create(), PeakMemoryCommand.Create(), KernelsCommand.Create(), StartupCommand.Create(), AccuracyCommand.Create(), micro,
};
return ConsoleProgram.Run(root, args);
