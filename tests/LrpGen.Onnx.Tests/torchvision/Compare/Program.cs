using System.Diagnostics;
using System.Reflection;
using LrpGen;
using LrpGen.Onnx.Tests;

// usage: Compare MODEL.onnx WEIGHTS.safetensors: the imported class of this program against ONNX Runtime on one random input.
Type type = Assembly.GetExecutingAssembly().GetTypes().Single(type => typeof(INetwork).IsAssignableFrom(type));
INetwork network = (INetwork)type.GetMethod("Load", [typeof(string)])!.Invoke(null, [args[1]])!;

Random random = new(1);
float[] input = [.. Enumerable.Range(0, network.InputSize).Select(_ => (float)((2 * random.NextDouble()) - 1))];
float[] expected = Judge.Predict(File.ReadAllBytes(args[0]), input);
float[] output = new float[network.OutputSize];
network.Forward(input, output);
double largest = expected.Max(Math.Abs);
double error = expected.Zip(output, (x, y) => Math.Abs((double)x - y)).Max() / largest;

long start = Stopwatch.GetTimestamp();
network.Forward(input, output);
TimeSpan forward = Stopwatch.GetElapsedTime(start);
Console.WriteLine($"{type.Name}: max error / max |logit| {error:e1}, max |logit| {largest:g3}, forward {forward.TotalMilliseconds:f0} ms");
return error < 1e-4 ? 0 : 1;
