using System.Reflection;
using System.Reflection.Emit;
using LrpGen.Tests.Engine;
using Microsoft.CodeAnalysis;

namespace LrpGen.Tests.Generation;

/// <summary>How large generated code becomes.</summary>
public sealed class LargeNetworkTests
{
    /// <summary>Of text, in characters: larger files slow every keystroke in an editor.</summary>
    private const int MaxTextLength = 1_500_000;

    private const string Vgg16 = """
        using LrpGen;

        [Network(3, 224, 224)]
        [Conv2d(64, 3, Padding = 1)] [ReLU] [Conv2d(64, 3, Padding = 1)] [ReLU] [MaxPool2d(2)]
        [Conv2d(128, 3, Padding = 1)] [ReLU] [Conv2d(128, 3, Padding = 1)] [ReLU] [MaxPool2d(2)]
        [Conv2d(256, 3, Padding = 1)] [ReLU] [Conv2d(256, 3, Padding = 1)] [ReLU] [Conv2d(256, 3, Padding = 1)] [ReLU] [MaxPool2d(2)]
        [Conv2d(512, 3, Padding = 1)] [ReLU] [Conv2d(512, 3, Padding = 1)] [ReLU] [Conv2d(512, 3, Padding = 1)] [ReLU] [MaxPool2d(2)]
        [Conv2d(512, 3, Padding = 1)] [ReLU] [Conv2d(512, 3, Padding = 1)] [ReLU] [Conv2d(512, 3, Padding = 1)] [ReLU] [MaxPool2d(2)]
        [Flatten]
        [Linear(4096)] [ReLU] [Dropout]
        [Linear(4096)] [ReLU] [Dropout]
        [Linear(1000)]
        [Explain<EpsilonPlusFlat>]
        [Explain<EpsilonGammaBox>(Low = -3, High = 3)]
        [Explain<EpsilonAlpha2Beta1>]
        public sealed partial class Vgg16;
        """;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    [Fact]
    public void TextOfVgg16IsOfModestSize()
    {
        IEnumerable<SyntaxTree> generated =
            Compiler.Generate(null, Vgg16).SyntaxTrees.Where(tree => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal));
        Assert.InRange(generated.Sum(tree => tree.Length), 1, MaxTextLength);
    }

    [Fact]
    public void JitOptimisesVgg16() => AssertJitOptimises(Compiler.Load(null, Vgg16));

    /// <summary>The largest layers that are unrolled, of the shapes that take most instructions.</summary>
    [Theory]
    [InlineData("[Network(800)] [Linear(8)]")]
    [InlineData("[Network(12)] [Linear(500)]")]
    [InlineData("[Network(5, 44, 1)] [Conv2d(8, 1)]")]
    [InlineData("[Network(8, 44, 1)] [Conv2d(8, 1)]")]
    [InlineData("[Network(1, 200, 1)] [Conv2d(1, 1)]")]
    [InlineData("[Network(8, 10, 20)] [Conv2d(8, 1, Groups = 8)]")]
    [InlineData("[Network(5, 360)] [Conv1d(1, 1, Stride = 10)]")]
    public void JitOptimisesUnrolledLayers(string network)
    {
        string source = $"using LrpGen; {network} [Explain<ExcitationBackprop>] public sealed partial class Net;";
        Assert.DoesNotContain(
            Compiler.Generate("unlimited", source).SyntaxTrees, tree => tree.ToString().Contains("looped:", StringComparison.Ordinal));
        AssertJitOptimises(Compiler.Load("unlimited", source));
    }

    /// <summary>The limits beyond which the JIT leaves a method as it is: DEFAULT_MIN_OPTS_* in its sources.</summary>
    private static void AssertJitOptimises(Assembly assembly)
    {
        const BindingFlags Own =
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        List<byte[]> bodies =
        [
            .. assembly.GetTypes()
                .SelectMany(type => type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)))
                .Select(method => method.GetMethodBody()?.GetILAsByteArray())
                .OfType<byte[]>(),
        ];
        Assert.NotEmpty(bodies);
        Assert.All(bodies, body =>
        {
            List<OpCode> instructions = [.. Instructions(body)];
            Assert.InRange(body.Length, 0, 60_000);
            Assert.InRange(instructions.Count, 0, 20_000);
            Assert.InRange(
                instructions.Count(code =>
                    code.Name!.Contains("loc", StringComparison.Ordinal) || code.Name.Contains("arg", StringComparison.Ordinal)),
                0,
                8_000);
        });
    }

    private static IEnumerable<OpCode> Instructions(byte[] body)
    {
        for (int at = 0; at < body.Length;)
        {
            OpCode code = OpCodesByValue[body[at] == 0xFE ? (short)(0xFE00 | body[at + 1]) : body[at]];
            yield return code;
            at += code.Size;
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(body, at)),
                _ => 4,
            };
        }
    }
}
