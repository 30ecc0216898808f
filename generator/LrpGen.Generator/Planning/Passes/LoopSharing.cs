namespace LrpGen.Generator.Planning;

/// <summary>Makes one loop of elementwise steps that follow each other in a block.</summary>
internal static class LoopSharing
{
    public static Program Share(Program program) => program.Each(block => block with { Steps = [.. Loops(block.Steps)] });

    private static IEnumerable<Step> Loops(IEnumerable<Step> steps)
    {
        List<Pointwise> loop = [];
        foreach (Step step in steps.Select(step => step is ForEachRow rows ? rows with { Body = [.. Loops(rows.Body)] } : step))
        {
            if (loop.Count > 0 && !(step is Pointwise next && SharesLoop(loop[0], next)))
            {
                yield return OneOf(loop);
                loop = [];
            }

            if (step is Pointwise pointwise)
            {
                loop.Add(pointwise);
            }
            else
            {
                yield return step;
            }
        }

        if (loop.Count > 0)
        {
            yield return OneOf(loop);
        }
    }

    private static Step OneOf(IReadOnlyList<Pointwise> loop) => loop.Count == 1 ? loop[0] : new Loop(loop);

    private static bool SharesLoop(Pointwise first, Pointwise next) =>
        first.IsOfTensorsOnly && next.IsOfTensorsOnly && first.To.Length == next.To.Length && first.To.Extent.Count == next.To.Extent.Count;
}
