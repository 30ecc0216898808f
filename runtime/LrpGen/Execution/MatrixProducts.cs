using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LrpGen.Execution;

/// <summary>Floats from a matrix to the next, from a row to the next, and from a column to the next.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct MatrixStrides(int Head, int Row, int Column);

/// <summary>Sizes of products of matrices, and where these lie.</summary>
/// <param name="Heads">Matrices of each factor.</param>
/// <param name="Rows">Of the left factor and the result.</param>
/// <param name="Inner">Columns of the left factor, rows of the right one.</param>
/// <param name="Columns">Of the right factor and the result, side by side.</param>
/// <param name="Left">Of the left factor.</param>
/// <param name="Right">Of the right factor, with columns side by side.</param>
/// <param name="To">Of the result, likewise.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct MatrixSizes(
    int Heads, int Rows, int Inner, int Columns, MatrixStrides Left, MatrixStrides Right, MatrixStrides To)
{
    /// <summary>Where a causal mask leaves nothing.</summary>
    public Triangle Triangle { get; init; }

    /// <summary>Keys that the first query sees before its own.</summary>
    public int Offset { get; init; }

    /// <summary>The sizes of some rows: columns up to the last vector with an element that is seen, of the sums what the left factor has.</summary>
    /// <param name="row">The first of them.</param>
    /// <param name="rows">How many.</param>
    /// <param name="vector">Floats of a vector.</param>
    /// <param name="firstInner">Where the sums begin.</param>
    internal MatrixSizes OfRows(int row, int rows, int vector, out int firstInner)
    {
        CausalMask mask = new(Offset);
        int last = row + rows - 1;
        int columns = Triangle == Triangle.Result ? (mask.KeysOf(last, Columns) + vector - 1) / vector * vector : Columns;
        int endOfInner = Triangle == Triangle.Left ? mask.KeysOf(last, Inner) : Inner;
        int inner = endOfInner - (Triangle == Triangle.LeftTransposed ? mask.FirstQueryOf(row, Inner) : 0);
        firstInner = inner == 0 ? 0 : endOfInner - inner;
        return this with { Rows = rows, Columns = Math.Min(columns, Columns), Inner = inner };
    }
}

/// <summary>Products of matrices that are computed in the same call, as of attention.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MatrixProducts
{
    /// <summary>Rows that are computed together: with two vectors of columns, eight sums hide the latency of an addition.</summary>
    internal const int Tile = 4;

    /// <summary>to_rc = Σ_i left_ri right_ic for each head; members of a team divide the rows of all heads.</summary>
    /// <param name="part">The member's part.</param>
    /// <param name="sizes">Sizes and strides.</param>
    /// <param name="left">The left factors.</param>
    /// <param name="right">The right factors.</param>
    /// <param name="accumulate">Whether sums start from what <paramref name="to"/> holds.</param>
    /// <param name="to">The results; other elements stay as they are.</param>
    public static void Product(
        Part part, in MatrixSizes sizes, ReadOnlySpan<float> left, ReadOnlySpan<float> right, bool accumulate, Span<float> to)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Product<Simd512, Vector512<float>>(part, in sizes, left, right, accumulate, to);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Product<Simd256, Vector256<float>>(part, in sizes, left, right, accumulate, to);
        }
        else
        {
            Product<Simd128, Vector128<float>>(part, in sizes, left, right, accumulate, to);
        }
    }

    private static void Product<TSimd, TVector>(
        Part part, in MatrixSizes sizes, ReadOnlySpan<float> left, ReadOnlySpan<float> right, bool accumulate, Span<float> to)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        int tiles = (sizes.Rows + Tile - 1) / Tile;
        (int first, int end) = part.Of(sizes.Heads * tiles);
        for (int unit = first; unit < end; unit++)
        {
            (int head, int tile) = (unit / tiles, unit % tiles);
            int row = Tile * (sizes.Triangle == Triangle.None ? tile : CausalMask.Alternating(tile, tiles));
            MatrixSizes here = sizes.OfRows(row, Math.Min(Tile, sizes.Rows - row), TSimd.Count, out int firstInner);
            ReadOnlySpan<float> rightHere = right[((head * sizes.Right.Head) + (firstInner * sizes.Right.Row))..];
            int leftHere = (head * sizes.Left.Head) + (row * sizes.Left.Row) + (firstInner * sizes.Left.Column);
            int toHere = (head * sizes.To.Head) + (row * sizes.To.Row);
            if (here.Rows == Tile)
            {
                FourRows<TSimd, TVector>(in here, left[leftHere..], rightHere, accumulate, to[toHere..]);
                continue;
            }

            for (int i = 0; i < here.Rows; i++, leftHere += sizes.Left.Row, toHere += sizes.To.Row)
            {
                Row<TSimd, TVector>(in here, 0, left[leftHere..], rightHere, accumulate, to[toHere..]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRows<TSimd, TVector>(
        in MatrixSizes sizes, ReadOnlySpan<float> left, ReadOnlySpan<float> right, bool accumulate, Span<float> to)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        int width = TSimd.Count;
        (nint leftRow, nint leftColumn, nint rightRow, nint toRow) = (sizes.Left.Row, sizes.Left.Column, sizes.Right.Row, sizes.To.Row);
        int column = 0;
        for (; column + (2 * width) <= sizes.Columns; column += 2 * width)
        {
            ref float c = ref Unsafe.Add(ref MemoryMarshal.GetReference(to), column);
            TVector c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
            if (accumulate)
            {
                c00 = TSimd.Load(ref c);
                c01 = TSimd.Load(ref Unsafe.Add(ref c, width));
                c10 = TSimd.Load(ref Unsafe.Add(ref c, toRow));
                c11 = TSimd.Load(ref Unsafe.Add(ref c, toRow + width));
                c20 = TSimd.Load(ref Unsafe.Add(ref c, 2 * toRow));
                c21 = TSimd.Load(ref Unsafe.Add(ref c, (2 * toRow) + width));
                c30 = TSimd.Load(ref Unsafe.Add(ref c, 3 * toRow));
                c31 = TSimd.Load(ref Unsafe.Add(ref c, (3 * toRow) + width));
            }

            ref float a0 = ref MemoryMarshal.GetReference(left);
            ref float a1 = ref Unsafe.Add(ref a0, leftRow);
            ref float a2 = ref Unsafe.Add(ref a1, leftRow);
            ref float a3 = ref Unsafe.Add(ref a2, leftRow);
            ref float b = ref Unsafe.Add(ref MemoryMarshal.GetReference(right), column);
            nint atLeft = 0;
            nint atRight = 0;
            for (int i = sizes.Inner; i > 0; i--)
            {
                TVector b0 = TSimd.Load(ref Unsafe.Add(ref b, atRight));
                TVector b1 = TSimd.Load(ref Unsafe.Add(ref b, atRight + width));
                TVector a = TSimd.Broadcast(ref Unsafe.Add(ref a0, atLeft));
                c00 = TSimd.MultiplyAdd(a, b0, c00);
                c01 = TSimd.MultiplyAdd(a, b1, c01);
                a = TSimd.Broadcast(ref Unsafe.Add(ref a1, atLeft));
                c10 = TSimd.MultiplyAdd(a, b0, c10);
                c11 = TSimd.MultiplyAdd(a, b1, c11);
                a = TSimd.Broadcast(ref Unsafe.Add(ref a2, atLeft));
                c20 = TSimd.MultiplyAdd(a, b0, c20);
                c21 = TSimd.MultiplyAdd(a, b1, c21);
                a = TSimd.Broadcast(ref Unsafe.Add(ref a3, atLeft));
                c30 = TSimd.MultiplyAdd(a, b0, c30);
                c31 = TSimd.MultiplyAdd(a, b1, c31);
                atLeft += leftColumn;
                atRight += rightRow;
            }

            TSimd.Store(c00, ref c);
            TSimd.Store(c01, ref Unsafe.Add(ref c, width));
            TSimd.Store(c10, ref Unsafe.Add(ref c, toRow));
            TSimd.Store(c11, ref Unsafe.Add(ref c, toRow + width));
            TSimd.Store(c20, ref Unsafe.Add(ref c, 2 * toRow));
            TSimd.Store(c21, ref Unsafe.Add(ref c, (2 * toRow) + width));
            TSimd.Store(c30, ref Unsafe.Add(ref c, 3 * toRow));
            TSimd.Store(c31, ref Unsafe.Add(ref c, (3 * toRow) + width));
        }

        for (; column < sizes.Columns && IsThere<TSimd, TVector>(in sizes, column, right); column += width)
        {
            TVector c0 = default, c1 = default, c2 = default, c3 = default;
            ref float a0 = ref MemoryMarshal.GetReference(left);
            ref float b = ref Unsafe.Add(ref MemoryMarshal.GetReference(right), column);
            nint atLeft = 0;
            nint atRight = 0;
            for (int i = sizes.Inner; i > 0; i--)
            {
                TVector b0 = TSimd.Load(ref Unsafe.Add(ref b, atRight));
                c0 = TSimd.MultiplyAdd(TSimd.Broadcast(ref Unsafe.Add(ref a0, atLeft)), b0, c0);
                c1 = TSimd.MultiplyAdd(TSimd.Broadcast(ref Unsafe.Add(ref a0, atLeft + leftRow)), b0, c1);
                c2 = TSimd.MultiplyAdd(TSimd.Broadcast(ref Unsafe.Add(ref a0, atLeft + (2 * leftRow))), b0, c2);
                c3 = TSimd.MultiplyAdd(TSimd.Broadcast(ref Unsafe.Add(ref a0, atLeft + (3 * leftRow))), b0, c3);
                atLeft += leftColumn;
                atRight += rightRow;
            }

            int end = Math.Min(column + width, sizes.Columns);
            Store<TSimd, TVector>(c0, accumulate, to[column..end]);
            Store<TSimd, TVector>(c1, accumulate, to[(column + sizes.To.Row)..(end + sizes.To.Row)]);
            Store<TSimd, TVector>(c2, accumulate, to[(column + (2 * sizes.To.Row))..(end + (2 * sizes.To.Row))]);
            Store<TSimd, TVector>(c3, accumulate, to[(column + (3 * sizes.To.Row))..(end + (3 * sizes.To.Row))]);
        }

        for (int row = 0; column < sizes.Columns && row < Tile; row++)
        {
            Row<TSimd, TVector>(in sizes, column, left[(row * sizes.Left.Row)..], right, accumulate, to[(row * sizes.To.Row)..]);
        }
    }

    /// <summary>Whether a vector from a column on is there in every row of the right factor, though it may reach beyond the last column.</summary>
    private static bool IsThere<TSimd, TVector>(in MatrixSizes sizes, int column, ReadOnlySpan<float> right)
        where TSimd : ISimd<TVector>
        where TVector : struct =>
        ((long)(sizes.Inner - 1) * sizes.Right.Row) + column + TSimd.Count <= right.Length;

    /// <summary>Writes or adds as many sums as there are columns: behind them may be another head.</summary>
    private static void Store<TSimd, TVector>(TVector sums, bool accumulate, Span<float> to)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        ref float first = ref MemoryMarshal.GetReference(to);
        if (to.Length == TSimd.Count)
        {
            TSimd.Store(accumulate ? TSimd.Add(TSimd.Load(ref first), sums) : sums, ref first);
            return;
        }

        Span<float> values = stackalloc float[Simd.Alignment];
        TSimd.Store(sums, ref MemoryMarshal.GetReference(values));
        for (int column = 0; column < to.Length; column++)
        {
            to[column] = accumulate ? to[column] + values[column] : values[column];
        }
    }

    /// <summary>One row, from a column on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<TSimd, TVector>(
        in MatrixSizes sizes, int column, ReadOnlySpan<float> left, ReadOnlySpan<float> right, bool accumulate, Span<float> to)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        (nint leftColumn, nint rightRow) = (sizes.Left.Column, sizes.Right.Row);
        ref float toOrigin = ref MemoryMarshal.GetReference(to);
        for (; column + TSimd.Count <= sizes.Columns; column += TSimd.Count)
        {
            ref float c = ref Unsafe.Add(ref toOrigin, column);
            TVector sum = accumulate ? TSimd.Load(ref c) : default;
            ref float a = ref MemoryMarshal.GetReference(left);
            ref float b = ref Unsafe.Add(ref MemoryMarshal.GetReference(right), column);
            nint atLeft = 0;
            nint atRight = 0;
            for (int i = sizes.Inner; i > 0; i--)
            {
                sum = TSimd.MultiplyAdd(TSimd.Broadcast(ref Unsafe.Add(ref a, atLeft)), TSimd.Load(ref Unsafe.Add(ref b, atRight)), sum);
                atLeft += leftColumn;
                atRight += rightRow;
            }

            TSimd.Store(sum, ref c);
        }

        // The rest one by one: behind it may be another head.
        for (; column < sizes.Columns; column++)
        {
            float sum = accumulate ? to[column] : 0;
            ref float a = ref MemoryMarshal.GetReference(left);
            ref float b = ref Unsafe.Add(ref MemoryMarshal.GetReference(right), column);
            nint atLeft = 0;
            nint atRight = 0;
            for (int i = sizes.Inner; i > 0; i--)
            {
                sum = float.MultiplyAddEstimate(Unsafe.Add(ref a, atLeft), Unsafe.Add(ref b, atRight), sum);
                atLeft += leftColumn;
                atRight += rightRow;
            }

            to[column] = sum;
        }
    }
}
