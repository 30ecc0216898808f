using System.CommandLine;
using LrpGen.Tool;

return CommandLine.Run(args, ImportCommand.Create(), ExportCommand.Create(), DescribeCommand.Create(), WeightsCommand.Create());
