using System.ComponentModel;
using System.Numerics.Tensors;

namespace LrpGen.Execution;

/// <summary>The mean of f(x) − f(x without a window) over the windows that cover a pixel, for all its channels. Zeiler and Fergus 2014.</summary>
/// <remarks>Of an input whose rows calls choose, a window covers whole rows: all features of some positions. Of tokens it covers some of them.</remarks>
/// <param name="shape">Of the network.</param>
/// <param name="window">Height and width of a window.</param>
/// <param name="stride">From one window to the next.</param>
/// <param name="baseline">What stands in a window; of tokens the id of one.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Occlude<TInput>(NetworkShape shape, int window, int stride, TInput baseline)
    where TInput : unmanaged
{
    private readonly ScratchPool pool = new(shape);
    private readonly WindowAxis columns = shape.Varies ? new(shape.Width, shape.Width, shape.Width) : new(shape.Width, window, stride);

    /// <param name="passes">The network.</param>
    /// <param name="input">x.</param>
    /// <param name="target">Index of the explained output; negative to explain the objective.</param>
    /// <param name="objective">What is explained, where there is no target.</param>
    /// <param name="relevance">Receives the means.</param>
    public void Explain<TPasses, TObjective>(
        TPasses passes, ReadOnlySpan<TInput> input, int target, TObjective objective, Span<float> relevance)
        where TPasses : struct, IForwardPass<TInput>
        where TObjective : IObjective, allows ref struct
    {
        using Scratch scratch = pool.Rent(input.Length);
        Explained<TInput, TPasses, TObjective> f = new(passes, target, objective, scratch.Output);
        int pixels = input.Length / shape.Channels;
        WindowAxis rows = new(pixels / shape.Width, window, stride);
        Span<TInput> point = scratch.Input<TInput>();
        Span<float> sum = scratch.Vector(0)[..pixels];
        Span<float> covered = scratch.Vector(1)[..pixels];
        sum.Clear();
        covered.Clear();
        float value = f.At(input);
        for (int row = 0; row < rows.Windows; row++)
        {
            for (int column = 0; column < columns.Windows; column++)
            {
                int corner = (rows.Start(row) * shape.Width) + columns.Start(column);
                input.CopyTo(point);
                for (int channel = 0; channel < shape.Channels; channel++)
                {
                    Fill(point.Slice(channel * pixels, pixels)[corner..], rows.Size);
                }

                Add(sum[corner..], rows.Size, value - f.At(point));
                Add(covered[corner..], rows.Size, 1);
            }
        }

        for (int i = 0; i < relevance.Length; i++)
        {
            relevance[i] = sum[i % pixels] / covered[i % pixels];
        }
    }

    /// <summary>Puts the baseline in the window at the start of a plane.</summary>
    private void Fill(Span<TInput> plane, int rows)
    {
        for (int y = 0; y < rows; y++)
        {
            plane.Slice(y * shape.Width, columns.Size).Fill(baseline);
        }
    }

    /// <summary>Adds a number to the window at the start of a plane.</summary>
    private void Add(Span<float> plane, int rows, float number)
    {
        for (int y = 0; y < rows; y++)
        {
            Span<float> line = plane.Slice(y * shape.Width, columns.Size);
            TensorPrimitives.Add(line, number, line);
        }
    }
}
