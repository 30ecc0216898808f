global using LrpGen.Generator.Basics;
global using LrpGen.Generator.Model;
global using LrpGen.Generator.Rules;
