using LrpGen.Tool;

return CommandLine.Run(args);
