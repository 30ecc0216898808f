using System.ComponentModel;
using System.Numerics.Tensors;

namespace LrpGen.Execution;

/// <summary>Moves tensors from an <see cref="Arrangement"/> to another, or within one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Layout
{
    /// <summary>From PyTorch's order.</summary>
    /// <param name="source">As many values as the arrangement has elements.</param>
    /// <param name="arrangement">Of <paramref name="destination"/>.</param>
    /// <param name="destination">All rows, whose padding becomes 0.</param>
    public static void Load(ReadOnlySpan<float> source, in Arrangement arrangement, Span<float> destination) =>
        Rearrange(source, Arrangement.Dense(arrangement.Size), destination, arrangement);

    /// <summary>To PyTorch's order.</summary>
    /// <param name="source">All rows.</param>
    /// <param name="arrangement">Of <paramref name="source"/>.</param>
    /// <param name="destination">As many values as the arrangement has elements.</param>
    public static void Store(ReadOnlySpan<float> source, in Arrangement arrangement, Span<float> destination) =>
        Rearrange(source, arrangement, destination, Arrangement.Dense(arrangement.Size));

    /// <summary>The same elements in another arrangement.</summary>
    /// <param name="source">All rows of it.</param>
    /// <param name="present">Of <paramref name="source"/>.</param>
    /// <param name="destination">All rows of it, whose padding becomes 0.</param>
    /// <param name="wanted">Of <paramref name="destination"/>, with as many elements.</param>
    public static void Rearrange(ReadOnlySpan<float> source, in Arrangement present, Span<float> destination, in Arrangement wanted)
    {
        if (wanted.Pitch > wanted.Lanes)
        {
            ClearLanes(Part.Whole, destination, wanted.Rows, wanted.Pitch, wanted.Lanes);
        }

        for (int element = 0; element < wanted.Size;)
        {
            int run = Math.Min(present.RunFrom(element), wanted.RunFrom(element));
            int from = present.IndexOf(element);
            int to = wanted.IndexOf(element);
            if (present.Step == 1 && wanted.Step == 1)
            {
                source.Slice(from, run).CopyTo(destination[to..]);
            }
            else
            {
                for (int k = 0; k < run; k++)
                {
                    destination[to + k * wanted.Step] = source[from + k * present.Step];
                }
            }

            element += run;
        }
    }

    /// <summary>Elements of a tensor become elements of another, in nested loops.</summary>
    /// <param name="part">What is shared out of the outermost loop.</param>
    /// <param name="source">What is read.</param>
    /// <param name="from">Its first element.</param>
    /// <param name="destination">What is written.</param>
    /// <param name="to">Its first element.</param>
    /// <param name="counts">How often each loop runs, outermost first.</param>
    /// <param name="fromSteps">The step of each loop in <paramref name="source"/>.</param>
    /// <param name="toSteps">The step of each loop in <paramref name="destination"/>.</param>
    public static void Move(
        Part part,
        ReadOnlySpan<float> source,
        int from,
        Span<float> destination,
        int to,
        ReadOnlySpan<int> counts,
        ReadOnlySpan<int> fromSteps,
        ReadOnlySpan<int> toSteps) => Nested<Copy>(part, source, from, destination, to, counts, fromSteps, toSteps);

    /// <summary>Elements of a tensor are added to elements of another, in nested loops.</summary>
    /// <inheritdoc cref="Move"/>
    public static void Add(
        ReadOnlySpan<float> source,
        int from,
        Span<float> destination,
        int to,
        ReadOnlySpan<int> counts,
        ReadOnlySpan<int> fromSteps,
        ReadOnlySpan<int> toSteps) => Nested<Sum>(Part.Whole, source, from, destination, to, counts, fromSteps, toSteps);

    private static void Nested<TMove>(
        Part part,
        ReadOnlySpan<float> source,
        int from,
        Span<float> destination,
        int to,
        ReadOnlySpan<int> counts,
        ReadOnlySpan<int> fromSteps,
        ReadOnlySpan<int> toSteps)
        where TMove : struct, IMove
    {
        if (counts.IsEmpty)
        {
            if (part.IsFirst)
            {
                TMove.Run(source, from, 1, destination, to, 1, 1);
            }

            return;
        }

        (int first, int end) = part.Of(counts[0]);
        if (counts.Length == 1)
        {
            TMove.Run(source, from + first * fromSteps[0], fromSteps[0], destination, to + first * toSteps[0], toSteps[0], end - first);
            return;
        }

        for (int k = first; k < end; k++)
        {
            Nested<TMove>(
                Part.Whole, source, from + k * fromSteps[0], destination, to + k * toSteps[0], counts[1..], fromSteps[1..], toSteps[1..]);
        }
    }

    private interface IMove
    {
        static abstract void Run(ReadOnlySpan<float> source, int from, int fromStep, Span<float> destination, int to, int toStep, int count);
    }

    private readonly struct Copy : IMove
    {
        public static void Run(ReadOnlySpan<float> source, int from, int fromStep, Span<float> destination, int to, int toStep, int count)
        {
            if (fromStep == 1 && toStep == 1)
            {
                source.Slice(from, count).CopyTo(destination[to..]);
                return;
            }

            for (int k = 0; k < count; k++)
            {
                destination[to + k * toStep] = source[from + k * fromStep];
            }
        }
    }

    private readonly struct Sum : IMove
    {
        public static void Run(ReadOnlySpan<float> source, int from, int fromStep, Span<float> destination, int to, int toStep, int count)
        {
            if (fromStep == 1 && toStep == 1)
            {
                Span<float> sums = destination.Slice(to, count);
                TensorPrimitives.Add(sums, source.Slice(from, count), sums);
                return;
            }

            for (int k = 0; k < count; k++)
            {
                destination[to + k * toStep] += source[from + k * fromStep];
            }
        }
    }

    /// <summary>Surrounds an image with zeros, or crops it where a margin is negative.</summary>
    /// <param name="part">The rows of <paramref name="destination"/> to write.</param>
    /// <param name="source">height · width · pitch values, channels last.</param>
    /// <param name="height">Rows of <paramref name="source"/>.</param>
    /// <param name="width">Columns of <paramref name="source"/>.</param>
    /// <param name="pitch">Lanes of a pixel.</param>
    /// <param name="top">Rows to add above.</param>
    /// <param name="left">Columns to add on the left.</param>
    /// <param name="bottom">Rows to add below.</param>
    /// <param name="right">Columns to add on the right.</param>
    /// <param name="destination">(top + height + bottom) · (left + width + right) · pitch values, all of which are written.</param>
    public static void Pad(
        Part part, ReadOnlySpan<float> source, int height, int width, int pitch, int top, int left, int bottom, int right, Span<float> destination)
    {
        int rowLength = (left + width + right) * pitch;
        int firstColumn = Math.Max(-left, 0);
        int columns = Math.Min(width, width + right) - firstColumn;

        (int firstRow, int end) = part.Of(top + height + bottom);
        for (int y = firstRow - top; y < end - top; y++)
        {
            Span<float> row = destination.Slice((y + top) * rowLength, rowLength);
            row.Clear();
            if (y >= 0 && y < height && columns > 0)
            {
                source.Slice((y * width + firstColumn) * pitch, columns * pitch).CopyTo(row[((firstColumn + left) * pitch)..]);
            }
        }
    }

    /// <summary>For every token its row of a table.</summary>
    /// <param name="tokens">Numbers of rows.</param>
    /// <param name="table">All rows.</param>
    /// <param name="pitch">Floats of a row of it.</param>
    /// <param name="destination">A row for each token.</param>
    /// <param name="lanes">Floats of a row of that, at most as many.</param>
    public static void Gather(ReadOnlySpan<int> tokens, ReadOnlySpan<float> table, int pitch, Span<float> destination, int lanes)
    {
        for (int row = 0; row < tokens.Length; row++)
        {
            table.Slice(tokens[row] * pitch, lanes).CopyTo(destination[(row * lanes)..]);
        }
    }

    /// <summary>The sum of every row, in the first lane of a row; 0 in the others.</summary>
    /// <param name="part">The rows.</param>
    /// <param name="source">All rows.</param>
    /// <param name="lanes">How many of a row are summed.</param>
    /// <param name="pitch">Floats of a row.</param>
    /// <param name="destination">As many rows.</param>
    /// <param name="pitchOfSums">Floats of a row of sums.</param>
    public static void SumLanes(Part part, ReadOnlySpan<float> source, int lanes, int pitch, Span<float> destination, int pitchOfSums)
    {
        (int first, int end) = part.Of(source.Length / pitch);
        for (int row = first; row < end; row++)
        {
            Span<float> sums = destination.Slice(row * pitchOfSums, pitchOfSums);
            sums.Clear();
            sums[0] = TensorPrimitives.Sum(source.Slice(row * pitch, lanes));
        }
    }

    /// <summary>A value for every element, and 0 in the padding.</summary>
    /// <param name="values">One for all, or one for each of as many runs of elements, as those of channels are.</param>
    /// <param name="arrangement">Of <paramref name="destination"/>.</param>
    /// <param name="destination">All rows.</param>
    public static void Fill(ReadOnlySpan<float> values, in Arrangement arrangement, Span<float> destination)
    {
        destination.Clear();
        for (int element = 0; element < arrangement.Size; element++)
        {
            destination[arrangement.IndexOf(element)] = values[(int)((long)element * values.Length / arrangement.Size)];
        }
    }

    /// <summary>Sets the last lanes of every row to 0.</summary>
    /// <param name="part">The rows.</param>
    /// <param name="tensor">All rows.</param>
    /// <param name="rows">How many they are.</param>
    /// <param name="pitch">Floats from a row to the next.</param>
    /// <param name="first">The first of the lanes.</param>
    public static void ClearLanes(Part part, Span<float> tensor, int rows, int pitch, int first)
    {
        (int firstRow, int end) = part.Of(rows);
        if (first == 0)
        {
            tensor[(firstRow * pitch)..(end * pitch)].Clear();
            return;
        }

        for (int row = firstRow; row < end; row++)
        {
            tensor.Slice(row * pitch + first, pitch - first).Clear();
        }
    }
}
