using System.ComponentModel;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>How a tensor is cut into regions with statistics of their own: some rows, one after another, times some lanes, side by side.</summary>
/// <param name="Rows">Rows of the tensor.</param>
/// <param name="Lanes">Lanes of a row.</param>
/// <param name="Pitch">Floats from a row to the next, a multiple of 8.</param>
/// <param name="RegionRows">Rows of a region; they divide <paramref name="Rows"/>.</param>
/// <param name="RegionLanes">Lanes of a region; they divide <paramref name="Lanes"/>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct Regions(int Rows, int Lanes, int Pitch, int RegionRows, int RegionLanes)
{
    /// <summary>The longest <see cref="Period"/>: the least that 7 and the width of a vector divide.</summary>
    internal const int LongestPeriod = 56;

    internal static int Width => Vector512<double>.Count;

    /// <summary>Values of a region.</summary>
    internal long Size => (long)RegionRows * RegionLanes;

    /// <summary>Tiles: regions, or as many that lie side by side as fill whole vectors.</summary>
    internal int Tiles => Rows / RegionRows * TilesInRow;

    /// <summary>
    /// Sums of a tile are kept apart for so many lanes: lane l is added to sum l modulo the period, and sums of a region lie side by side.
    /// </summary>
    internal int Period => AreNarrow ? TileLanes : Width;

    /// <summary>How many sums of a period are of one region.</summary>
    internal int SumsOfRegion => AreNarrow ? RegionLanes : Width;

    private bool AreNarrow => RegionLanes < Width && RegionLanes < Lanes;

    private int TileLanes => AreNarrow ? RegionLanes * Width >> BitOperations.TrailingZeroCount(RegionLanes) : RegionLanes;

    private int TilesInRow => (Lanes + TileLanes - 1) / TileLanes;

    /// <summary>A tile: its first row, its first lane, and its lanes.</summary>
    internal (int Row, int Lane, int Lanes) Tile(int index)
    {
        (int row, int tile) = Math.DivRem(index, TilesInRow);
        return (row * RegionRows, tile * TileLanes, Math.Min(TileLanes, Lanes - tile * TileLanes));
    }

    /// <summary>Weights of some lanes of a row: of the only row of weights, or of the one at its place in the region; empty for none.</summary>
    internal ReadOnlySpan<float> WeightsOf(int row, ReadOnlySpan<float> weights, int firstLane, int lanes) =>
        weights.IsEmpty ? weights : weights.Slice((weights.Length == Pitch ? 0 : row % RegionRows * Pitch) + firstLane, lanes);
}
