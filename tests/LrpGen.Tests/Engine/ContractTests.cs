using System.Reflection;

namespace LrpGen.Tests.Engine;

/// <summary>The members that users call, as they call them.</summary>
public sealed class ContractTests
{
    private const string Network = """
        using LrpGen;

        namespace Models;

        [Network(1, 4, 4)]
        [Conv2d(2, 3, Padding = 1)] [ReLU] [MaxPool2d(2)]
        [Flatten]
        [Linear(3, Name = "head")]
        [Explain<EpsilonPlusFlat>]
        [Explain<EpsilonGammaBox>(Low = -1, High = 1)]
        [Explain<Gradient>(Name = "Saliency")]
        [Explain<EpsilonPlus>(Name = "Concept", Mask = "head")]
        [Explain<IntegratedGradients>(Steps = 8)]
        [Explain<SmoothGrad>(Samples = 2, Noise = 0.2, RandomSeed = 1)]
        [Explain<Occlusion>(Window = 2, Stride = 1)]
        [Explain<TaylorDecomposition>(Low = 0, High = 1)]
        public sealed partial class Net;
        """;

    private const string Use = """
        using System;
        using System.IO;
        using LrpGen;
        using Models;

        public static class Use
        {
            public static float[] Run(ITensorSource source, float[] image)
            {
                Net net = Load<Net>(source);
                Func<string, Net> fromPath = Net.Load;
                Func<Stream, Net> fromStream = Net.Load;

                float[] logits = new float[Net.OutputSize];
                float[] relevance = new float[Net.InputSize];
                net.Forward(image, logits);
                net.Explain(image, target: 1, relevance);
                net.ForwardBatch(image, logits);
                net.ExplainBatch(image, new[] { 1 }, relevance, maxDegreeOfParallelism: 2);
                net.ExplainEpsilonGammaBoxBatch(image.AsMemory(), new int[1], relevance);
                net.ExplainEpsilonPlusFlat(image, 1, relevance);
                net.ExplainEpsilonGammaBox(image, logits, relevance);
                net.ExplainSaliency(image, 1, relevance);
                net.ExplainConcept(image, 1, [0, 2], relevance);
                float[] concept = net.ExplainConcept(image, 1, [2]);
                Explanation conceptTrace = net.TraceConcept(image, 1, channels: [2]);
                Explanation trace = net.TraceEpsilonPlusFlat(image, 1);
                ReadOnlyMemory<float> hidden = trace["head"].Relevance;
                NetworkDescription description = Net.Description;
                net.ExplainSmoothGrad(image, 1, relevance);
                net.ExplainOcclusion(image, logits, relevance);
                net.ExplainIntegratedGradients(image, 1, baseline: image, relevance);
                double error = net.TraceIntegratedGradients(image, 1).Completeness!.Error;
                double root = net.TraceTaylorDecomposition(image, 1, root: image).Completeness!.ReferenceValue;
                _ = (fromPath, fromStream, hidden, concept, conceptTrace, error, root, description.ToString());
                return net.Explain(image, 1);
            }

            private static T Load<T>(ITensorSource source)
                where T : INetwork<T> => T.Load(source);
        }
        """;

    [Fact]
    public void MembersAreThoseOfTheContract()
    {
        TensorDictionary weights = new();
        weights.Add("0.weight", [2, 1, 3, 3], new float[18]);
        weights.Add("0.bias", [2], new float[2]);
        weights.Add("head.weight", [3, 8], new float[24]);
        weights.Add("head.bias", [3], new float[3]);
        Assembly assembly = Compiler.Load(null, Network, Use);
        MethodInfo run = assembly.GetType("Use", throwOnError: true)!.GetMethod("Run")!;
        float[] relevance = (float[])run.Invoke(null, [weights, new float[16]])!;
        Assert.Equal(16, relevance.Length);
    }
}
