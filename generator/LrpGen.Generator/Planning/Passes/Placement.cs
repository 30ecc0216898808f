namespace LrpGen.Generator.Planning;

/// <summary>Where the tensors of a program lie in its workspace: two that live at the same time never overlap.</summary>
internal sealed class Placement
{
    /// <summary>Comparisons of tensors to spend on better placements: some tens of milliseconds. More gain next to nothing.</summary>
    private const long Effort = 2_000_000;

    private readonly Dictionary<Tensor, int> offsets = [];

    /// <summary>The placement of no tensor.</summary>
    public static readonly Placement Nothing = new([], 0);

    private Placement(IEnumerable<Life> order, int peak)
    {
        Peak = peak;
        List<(int Offset, Life Life)> placed = [];
        foreach (Life life in order)
        {
            int offset = FreeOffset(placed, life);
            int behind = placed.FindIndex(other => other.Offset > offset);
            placed.Insert(behind < 0 ? placed.Count : behind, (offset, life));
            offsets.Add(life.Tensor, offset);
            Length = Math.Max(Length, offset + life.Size);
            FirstBeyondPeak ??= Length > peak ? life : null;
        }
    }

    /// <summary>Floats that the program needs.</summary>
    public int Length { get; }

    /// <summary>The most floats that live at one time: no placement needs fewer.</summary>
    public int Peak { get; }

    public int this[Tensor tensor] => offsets[tensor];

    private Life? FirstBeyondPeak { get; }

    /// <summary>
    /// Places first what takes most floats for most steps, each tensor at the lowest offset that is free while it lives. As long as one
    /// reaches beyond the peak, all are placed anew, that one first.
    /// </summary>
    /// <param name="sharedMemory">Whether a tensor may lie where another one lay before.</param>
    public static Placement Of(IEnumerable<Block> blocks, bool sharedMemory = true)
    {
        List<Life> order = [.. Lives(blocks, sharedMemory).OrderByDescending(life => (long)life.Size * (life.Last - life.First + 1))];
        int peak = PeakOf(order);
        Placement best = new(order, peak);
        Placement latest = best;
        long comparisons = (long)order.Count * order.Count;
        for (long spent = comparisons; spent < Effort && latest.FirstBeyondPeak is { } life; spent += comparisons)
        {
            order.Remove(life);
            order.Insert(0, life);
            latest = new Placement(order, peak);
            best = latest.Length < best.Length ? latest : best;
        }

        return best;
    }

    private static int PeakOf(IReadOnlyCollection<Life> lives)
    {
        int[] change = new int[lives.Select(life => life.Last + 2).DefaultIfEmpty().Max()];
        foreach (Life life in lives)
        {
            change[life.First] += life.Size;
            change[life.Last + 1] -= life.Size;
        }

        int alive = 0;
        return change.Select(size => alive += size).DefaultIfEmpty().Max();
    }

    /// <summary>Every tensor from the first step that names it to the last.</summary>
    private static IEnumerable<Life> Lives(IEnumerable<Block> blocks, bool sharedMemory)
    {
        Dictionary<Tensor, Life> lives = [];
        foreach ((Step step, int time) in blocks.SelectMany(block => block.Steps).Select((step, time) => (step, time)))
        {
            foreach (Tensor tensor in step.Reads.Concat(step.Writes).Where(tensor => !tensor.Stored))
            {
                lives[tensor] = lives.TryGetValue(tensor, out Life? life) ? life with { Last = time } : new Life(tensor, time, time);
            }
        }

        return sharedMemory ? lives.Values : lives.Values.Select(life => life with { First = 0, Last = 0 });
    }

    private static int FreeOffset(List<(int Offset, Life Life)> placed, Life life)
    {
        int offset = 0;
        foreach ((int start, Life other) in placed)
        {
            if (other.Meets(life))
            {
                if (offset + life.Size <= start)
                {
                    break;
                }

                offset = Math.Max(offset, start + other.Size);
            }
        }

        return offset;
    }

    /// <summary>A tensor with the first and the last step that names it.</summary>
    private sealed record Life(Tensor Tensor, int First, int Last)
    {
        /// <summary>Its floats, whole cache lines, so that no vector straddles one.</summary>
        public int Size => Tensor.Length;

        public bool Meets(Life other) => First <= other.Last && other.First <= Last;
    }
}
