namespace LrpGen.Generator.Planning;

/// <summary>Where the tensors of a program lie in its workspace: two that live at the same time never overlap.</summary>
internal sealed class Placement
{
    /// <summary>Offsets are multiples of 16 floats, so that no vector straddles a cache line.</summary>
    private const int Alignment = 16;

    private readonly Dictionary<Tensor, int> offsets = [];

    private Placement()
    {
    }

    /// <summary>Floats that the program needs.</summary>
    public int Length { get; private set; }

    public int this[Tensor tensor] => offsets[tensor];

    /// <summary>Places the largest tensors first, each at the lowest offset that is free while it lives.</summary>
    public static Placement Of(IEnumerable<Block> blocks)
    {
        Dictionary<Tensor, (int First, int Last)> lives = [];
        int time = 0;
        foreach (Block block in blocks)
        {
            foreach (Tensor tensor in block.Tensors.Where(tensor => !tensor.Stored))
            {
                lives[tensor] = (lives.TryGetValue(tensor, out (int First, int Last) life) ? life.First : time, time);
            }

            time++;
        }

        Placement placement = new();
        foreach (Tensor tensor in lives.Keys.OrderByDescending(tensor => tensor.Length).ThenBy(tensor => lives[tensor].First).ToList())
        {
            (int first, int last) = lives[tensor];
            placement.Place(tensor, placement.offsets.Keys.Where(other => lives[other].First <= last && first <= lives[other].Last));
        }

        return placement;
    }

    private void Place(Tensor tensor, IEnumerable<Tensor> neighbours)
    {
        int offset = 0;
        foreach (Tensor neighbour in neighbours.OrderBy(neighbour => offsets[neighbour]))
        {
            if (offset + tensor.Length <= offsets[neighbour])
            {
                break;
            }

            offset = Math.Max(offset, Align(offsets[neighbour] + neighbour.Length));
        }

        offsets[tensor] = offset;
        Length = Math.Max(Length, Align(offset + tensor.Length));
    }

    private static int Align(int offset) => (offset + Alignment - 1) / Alignment * Alignment;
}
