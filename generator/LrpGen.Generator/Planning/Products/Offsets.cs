namespace LrpGen.Generator.Planning;

/// <summary>A bias, or a part of one.</summary>
internal abstract record Offsets
{
    /// <summary>Null for no bias.</summary>
    public static Offsets? Of(BiasSet? set) => set is null ? null : new StoredOffsets(set);
}

/// <summary>One that no call changes.</summary>
internal sealed record StoredOffsets(BiasSet Set) : Offsets;

/// <summary>A tensor of the call.</summary>
internal sealed record LiveOffsets(Tensor Tensor) : Offsets;
