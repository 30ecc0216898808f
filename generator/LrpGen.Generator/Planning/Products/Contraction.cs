namespace LrpGen.Generator.Planning;

/// <summary>The form of a product: what is summed over, and of what.</summary>
internal abstract record Contraction
{
    /// <summary>Multiply-adds of one product.</summary>
    public abstract long MultiplyAdds { get; }

    /// <summary>For people: <c>512 → 10</c>, <c>3×3, 32 → 64 channels, 14×14 → 14×14</c>.</summary>
    public abstract string Display { get; }

    /// <summary>In names of methods: <c>Of512To10</c>, <c>Of3x3From32To64</c>.</summary>
    public abstract string Name { get; }
}

/// <summary>z_j = Σ_i a_i w_ij.</summary>
internal sealed record Dense(int Inputs, int Outputs) : Contraction
{
    public override long MultiplyAdds => (long)Inputs * Outputs;

    public override string Display => FormattableString.Invariant($"{Inputs} → {Outputs}");

    public override string Name => FormattableString.Invariant($"{Inputs}To{Outputs}");
}

/// <summary>The same for every window of an image or a signal, or for every row of a matrix, whose windows have one tap.</summary>
/// <param name="Varies">Whether calls choose how many columns there are, of one row.</param>
internal sealed record Windowed(int Inputs, int Outputs, Axis Rows, Axis Columns, int Groups, bool Varies = false) : Contraction
{
    public override long MultiplyAdds => (long)Outputs * InputsPerGroup * Rows.Kernel * Columns.Kernel * Rows.Output * Columns.Output;

    public override string Display
    {
        get
        {
            string groups = Groups == 1 ? "" : $" in {Groups} groups";
            string sizes = $"{Rows.Input}×{Most}{Columns.Input} → {Rows.Output}×{Most}{Columns.Output}";
            return FormattableString.Invariant($"{Rows.Kernel}×{Columns.Kernel}, {Inputs} → {Outputs} channels{groups}, {sizes}");
        }
    }

    public override string Name => FormattableString.Invariant($"{Rows.Kernel}x{Columns.Kernel}From{Inputs}To{Outputs}");

    public int InputsPerGroup => Inputs / Groups;

    public int OutputsPerGroup => Outputs / Groups;

    /// <summary>Whether every channel has one kernel of its own.</summary>
    public bool IsDepthwise => Groups > 1 && Groups == Inputs && Groups == Outputs;

    /// <summary>
    /// The least pitches of its inputs and outputs, where that is more than whole vectors: a grouped one writes whole vectors from the first
    /// channel of each group, so the last group's vector may reach beyond the last channel.
    /// </summary>
    public (int Inputs, int Outputs) PitchesNeeded => Groups > 1 && !IsDepthwise ? (Reach(InputsPerGroup), Reach(OutputsPerGroup)) : default;

    /// <summary>A product of every row with one matrix.</summary>
    public static Windowed OfRows(int rows, int inputs, int outputs, bool varies = false) =>
        new(inputs, outputs, Axis.None, Axis.None with { Input = rows, Output = rows }, 1, varies);

    private string Most => Varies ? "≤ " : "";

    private int Reach(int perGroup) => Simd.RoundUp(((Groups - 1) * perGroup) + Simd.RoundUp(perGroup));
}
