using System.CommandLine;
using LrpGen.Benchmarks.Peers;
using Samples;

return ConsoleProgram.Run(new RootCommand("Measures LrpGen.") { PeersCommand.Create(), PeakMemoryCommand.Create() }, args);
