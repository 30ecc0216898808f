using LrpGen.Execution;
using LrpGen.Generator.Emission;
using LrpGen.Tests.Engine;
using LrpGen.Tests.Execution;
using Count = System.Action<int[], LrpGen.Execution.Part>;

namespace LrpGen.Tests.Emission;

/// <summary>Loops as they run: each adds 1 to the elements where its body comes.</summary>
public sealed class LoopsTests
{
    private static readonly (int Count, int Unit, int Step)[] Sizes = [(1, 1, 1), (7, 1, 1), (16, 16, 8), (48, 16, 8), (160, 16, 4), (6, 2, 2)];

    private static readonly Lazy<Type> Methods = new(() => Compiler.Load(null, [Source()]).GetType("Methods")!);

    public static TheoryData<int, int, int> Cases()
    {
        TheoryData<int, int, int> cases = [];
        foreach ((int count, int unit, int step) in Sizes)
        {
            cases.Add(count, unit, step);
        }

        return cases;
    }

    /// <summary>What stays together is in one part, and every pass in exactly one, however many share them.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void PartsOfALoopAreTheWhole(int count, int unit, int step)
    {
        int[] expected = [.. Enumerable.Range(0, count).Select(k => k % step == 0 ? 1 : 0)];
        foreach (string kind in new[] { "Alone", "Unrolled" })
        {
            Assert.Equal(expected, Passes($"{kind}_{count}_{step}", count, Part.Whole));
        }

        foreach (int members in new[] { 1, 2, 3, 5 })
        {
            int[] sum = new int[count];
            foreach (Part part in PartTests.Parts(members))
            {
                int[] own = Passes($"Shared_{count}_{step}", count, part);
                Assert.All(own.Chunk(unit), chunk => Assert.True(chunk.Sum() == 0 || chunk.Sum() == unit / step));
                sum = [.. sum.Zip(own, (total, passes) => total + passes)];
            }

            Assert.Equal(expected, sum);
        }
    }

    private static int[] Passes(string method, int count, Part part)
    {
        int[] passes = new int[count];
        Methods.Value.GetMethod(method)!.CreateDelegate<Count>()(passes, part);
        return passes;
    }

    private static string Source()
    {
        (string, bool, bool)[] kinds = [("Alone", false, false), ("Unrolled", true, false), ("Shared", false, true)];
        CodeWriter writer = new();
        writer.Line("using LrpGen.Execution;");
        using (writer.Block("public static class Methods"))
        {
            foreach ((int count, int unit, int step) in Sizes)
            {
                foreach ((string kind, bool unroll, bool isShared) in kinds)
                {
                    using (writer.Block($"public static void {kind}_{count}_{step}(int[] passes, Part part)"))
                    {
                        new Loops(writer, unroll).Share("k", count, unit, step, isShared, k => writer.Line($"passes[{k}]++;"));
                    }
                }
            }
        }

        return writer.ToString();
    }
}
