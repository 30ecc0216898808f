using LrpGen;

TensorDictionary weights = new();
weights.Add("0.weight", [3, 3], Enumerable.Repeat(2f, 9).ToArray());
weights.Add("2.weight", [1, 3], Enumerable.Repeat(3f, 3).ToArray());
Net net = Net.Load(weights);

// 108 = 3 · 3 · 2 · (1 + 2 + 3), of which each input has its share.
float[] relevance = net.Explain([1, 2, 3], target: 0);
Console.WriteLine(Net.Description);
Console.WriteLine(string.Join(", ", relevance.Select(r => r.ToString("F3"))));
bool isRight = relevance.Zip([18f, 36f, 54f]).All(pair => Math.Abs(pair.First - pair.Second) < 1e-3f);
bool hasBudget = Net.Description.Layers[0].Plan == "looped: 9 multiply-adds exceed 8";
Console.WriteLine($"relevance {(isRight ? "right" : "wrong")}, unroll budget {(hasBudget ? "read" : "not read")}");
return isRight && hasBudget ? 0 : 1;

[Network(3)]
[Linear(3, Bias = false)]
[ReLU]
[Linear(1, Bias = false)]
[Explain<EpsilonPlus>]
internal sealed partial class Net;
