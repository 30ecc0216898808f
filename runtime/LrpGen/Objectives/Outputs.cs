using System.ComponentModel;
using LrpGen.Execution;

namespace LrpGen;

/// <summary>The outputs of a call in PyTorch's order, and what an explanation starts with at each of them.</summary>
public readonly ref struct Outputs
{
    private readonly ReadOnlySpan<float> values;
    private readonly Span<float> start;
    private readonly Arrangement arrangement;
    private readonly float weight;

    /// <summary>For generated code.</summary>
    /// <param name="values">The outputs.</param>
    /// <param name="arrangement">Of <paramref name="values"/> and <paramref name="start"/>.</param>
    /// <param name="columns">See <see cref="Columns"/>.</param>
    /// <param name="start">What an explanation starts with; empty where only the outputs are read.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Outputs(ReadOnlySpan<float> values, scoped in Arrangement arrangement, int columns, Span<float> start)
        : this(values, arrangement, columns, start, 1)
    {
    }

    private Outputs(ReadOnlySpan<float> values, scoped in Arrangement arrangement, int columns, Span<float> start, float weight)
    {
        this.values = values;
        this.start = start;
        this.arrangement = arrangement;
        this.weight = weight;
        Columns = columns;
    }

    /// <summary>Number of outputs of this call.</summary>
    public int Count => arrangement.Size;

    /// <summary>Size of the last axis: V of outputs (T, V).</summary>
    public int Columns { get; }

    /// <summary>Number of rows, 1 where the outputs are a vector.</summary>
    public int Rows => Count / Columns;

    /// <summary>The output at an index in PyTorch's order.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public float this[int index] => values[PlaceOf(index)];

    /// <summary>The index of an output in a row.</summary>
    /// <param name="row">0 is the first, −1 the last, −2 the one before it.</param>
    /// <param name="column">0 to <see cref="Columns"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    public int IndexOf(int row, int column)
    {
        int fromStart = row < 0 ? row + Rows : row;
        if ((uint)fromStart >= (uint)Rows)
        {
            throw new ArgumentOutOfRangeException(nameof(row), row, $"Expected a row of outputs, 0 to {Rows - 1}, or -{Rows} to -1 from the end.");
        }

        if ((uint)column >= (uint)Columns)
        {
            throw new ArgumentOutOfRangeException(nameof(column), column, $"Expected a column of outputs, 0 to {Columns - 1}.");
        }

        return (fromStart * Columns) + column;
    }

    /// <summary>Adds to what the explanation starts with at an output.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    /// <param name="value">Its relevance or its derivative.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public void Add(int index, float value) => start[PlaceOf(index)] += weight * value;

    /// <summary>The same outputs, to which a multiple is added of what is added here.</summary>
    internal Outputs Times(float factor) => new(values, arrangement, Columns, start, weight * factor);

    /// <summary>Sets what the explanation starts with at every output.</summary>
    internal void Load(ReadOnlySpan<float> relevance) => Layout.Load(relevance, arrangement, start);

    /// <summary>Σ v_k y_k.</summary>
    internal float Dot(ReadOnlySpan<float> vector)
    {
        double sum = 0;
        for (int k = 0; k < vector.Length; k++)
        {
            sum += vector[k] * (double)this[k];
        }

        return (float)sum;
    }

    private int PlaceOf(int index) => (uint)index < (uint)Count
        ? arrangement.IndexOf(index)
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"Expected the index of an output, 0 to {Count - 1}.");
}
