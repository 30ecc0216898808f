using LrpGen.Execution;

namespace LrpGen;

/// <summary>A cosine with a vector, see <see cref="Objective.Cosine(ReadOnlyMemory{float})"/>.</summary>
public readonly struct CosineObjective : IObjective
{
    private readonly ReadOnlyMemory<float> vector;
    private readonly int? row;
    private readonly double length;

    internal CosineObjective(ReadOnlyMemory<float> vector, int? row)
    {
        Guard.Vector(vector.Span);
        this.vector = vector;
        this.row = row;
        foreach (float value in vector.Span)
        {
            length += value * (double)value;
        }

        length = Math.Sqrt(length);
    }

    /// <inheritdoc/>
    public float Value(Outputs outputs) => (float)new Product(this, outputs).Cosine;

    /// <inheritdoc/>
    public void Relevance(Outputs outputs)
    {
        Product product = new(this, outputs);
        for (int k = 0; k < vector.Length; k++)
        {
            outputs.Add(product.First + k, (float)(outputs[product.First + k] / product.Norm * (vector.Span[k] / length)));
        }
    }

    /// <inheritdoc/>
    public void Gradient(Outputs outputs)
    {
        Product product = new(this, outputs);
        for (int k = 0; k < vector.Length; k++)
        {
            double across = (vector.Span[k] / length) - (product.Cosine * (outputs[product.First + k] / product.Norm));
            outputs.Add(product.First + k, (float)(across / product.Norm));
        }
    }

    /// <summary>What is summed over the outputs y.</summary>
    private readonly struct Product
    {
        public Product(in CosineObjective objective, Outputs outputs)
        {
            ReadOnlySpan<float> vector = objective.vector.Span;
            int expected = objective.row is null ? outputs.Count : outputs.Columns;
            if (vector.Length != expected)
            {
                throw new ArgumentException($"Expected a vector of {expected} values, but {vector.Length} are given.", nameof(vector));
            }

            First = objective.row is int row ? outputs.IndexOf(row, 0) : 0;
            double squares = 0;
            double products = 0;
            for (int k = 0; k < vector.Length; k++)
            {
                double y = outputs[First + k];
                squares += y * y;
                products += y * vector[k];
            }

            if (squares == 0)
            {
                throw new ArgumentException("Expected outputs that have a cosine with a vector, but all of them are 0.", nameof(outputs));
            }

            Norm = Math.Sqrt(squares);
            Cosine = products / (Norm * objective.length);
        }

        /// <summary>Index of the first of the outputs.</summary>
        public int First { get; }

        /// <summary>‖y‖.</summary>
        public double Norm { get; }

        /// <summary>Σ y_k v_k / (‖y‖ ‖v‖).</summary>
        public double Cosine { get; }
    }
}
