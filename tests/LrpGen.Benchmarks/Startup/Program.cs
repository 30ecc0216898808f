using System.Diagnostics;
using LrpGen.Benchmarks.Networks;

// Loads the weights whose path is given, explains an image, and prints when it began and when it had done so. The clock is the machine's.
long begun = Stopwatch.GetTimestamp();
float[] image = new float[FashionNet.InputSize];
Array.Fill(image, 1);
float[] relevance = FashionNet.Load(args[0]).ExplainEpsilonPlusFlat(image, target: 0);
long explained = Stopwatch.GetTimestamp();
Console.WriteLine($"{begun} {explained}");
return relevance.AsSpan().ContainsAnyExcept(0) ? 0 : 1;
