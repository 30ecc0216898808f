using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>
/// The account of one layer, from what its rule has computed. No sum is taken as the rest of others, so that they add up only if
/// the layer has shared its relevance as its rule says.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LedgerEntry
{
    private readonly LayerLayout layout;
    private float[] relevance;
    private readonly int firstLane;
    private readonly double output;
    private double input;
    private double absorbedByBias;
    private double absorbedByStabilizer;
    private double dropped;
    private double stopped;
    private double lostInSoftmax;
    private double absorbedByPositions;
    private double absorbedByClassToken;

    /// <summary>A layer that hands on all its relevance.</summary>
    /// <param name="layout">How tensors of the extent of its output lie in memory.</param>
    /// <param name="relevance">R_j in PyTorch's order.</param>
    /// <param name="firstLane">Lane of the bias where they begin.</param>
    internal LedgerEntry(LayerLayout layout, float[] relevance, int firstLane)
    {
        this.layout = layout;
        this.relevance = relevance;
        this.firstLane = firstLane;
        output = input = relevance.Sum(value => (double)value);
    }

    /// <summary>A share with the denominator d: s_j = scale · R_j / s_ε(d_j), or 0 where it has no part.</summary>
    /// <param name="s">s_j, arranged as the layer's output.</param>
    /// <param name="scale">The share's factor.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="b">The part of the bias in the denominator: a row for all rows, rows that repeat, or one number; empty for none.</param>
    public LedgerEntry Share(ReadOnlySpan<float> s, float scale, float epsilon, ReadOnlySpan<float> b = default)
    {
        double taken = 0;
        for (int k = 0; k < relevance.Length; k++)
        {
            double quotient = s[At(k)];
            if (quotient != 0)
            {
                double part = (double)scale * relevance[k];
                taken += part;
                absorbedByBias += Bias(b, k) * quotient;

                // ε sign(d_j) s_j, for sign(d_j) is that of part / s_j.
                absorbedByStabilizer += Math.CopySign(epsilon * quotient, part);
            }
        }

        dropped -= taken;
        return this;
    }

    /// <summary>A share with a denominator and no terms, because they are known to be 0: bias and stabiliser take all of it.</summary>
    /// <inheritdoc cref="Share"/>
    public LedgerEntry ShareWithoutTerms(float scale, float epsilon, ReadOnlySpan<float> b = default)
    {
        for (int k = 0; k < relevance.Length; k++)
        {
            double part = (double)scale * relevance[k];
            double d = Bias(b, k);
            double stabilized = d + (d < 0 ? -epsilon : epsilon);
            if (stabilized != 0)
            {
                dropped -= part;
                absorbedByBias += d / stabilized * part;
                absorbedByStabilizer += (stabilized - d) / stabilized * part;
            }
        }

        return this;
    }

    /// <summary>A share without a denominator: it hands on Σ_j s_j Σ_i terms_ij.</summary>
    /// <param name="s">s_j, arranged as the layer's output.</param>
    /// <param name="u">Σ_i terms_ij + b_j, likewise.</param>
    /// <param name="b">b_j, a row for all rows or rows that repeat; empty for none.</param>
    public LedgerEntry Product(ReadOnlySpan<float> s, ReadOnlySpan<float> u, ReadOnlySpan<float> b = default)
    {
        for (int k = 0; k < relevance.Length; k++)
        {
            dropped -= s[At(k)] * ((double)u[At(k)] - Bias(b, k));
        }

        return this;
    }

    /// <summary>Every input gets all relevance.</summary>
    /// <param name="inputs">Number of inputs.</param>
    public LedgerEntry Copies(int inputs)
    {
        dropped -= inputs * output;
        input += inputs * output;
        return this;
    }

    /// <summary>An activation hands on R_i in place of R_j.</summary>
    /// <param name="result">R_i, arranged as the layer's output.</param>
    public LedgerEntry Gate(ReadOnlySpan<float> result)
    {
        for (int k = 0; k < relevance.Length; k++)
        {
            dropped -= result[At(k)];
            input += result[At(k)];
        }

        return this;
    }

    /// <summary>A softmax y of a is expanded, R_i = a_i (R_i − y_i Σ_k R_k): what of R_i that is not is lost with the constant term.</summary>
    /// <param name="a">What the softmax is of, arranged as the layer's output.</param>
    /// <param name="y">The softmax, likewise.</param>
    public LedgerEntry Softmax(ReadOnlySpan<float> a, ReadOnlySpan<float> y)
    {
        double[] sums = new double[layout.Arrangement.Rows];
        for (int k = 0; k < relevance.Length; k++)
        {
            sums[At(k) / layout.Arrangement.Pitch] += relevance[k];
        }

        for (int k = 0; k < relevance.Length; k++)
        {
            int at = At(k);
            lostInSoftmax += relevance[k] - (a[at] * (relevance[k] - (y[at] * sums[at / layout.Arrangement.Pitch])));
        }

        return Pass();
    }

    /// <summary>The softmax of attention is expanded: what the weights' half has of relevance, Σ s ⊙ z, is lost but for Σ A ⊙ G.</summary>
    /// <param name="s">s_j, arranged as the layer's output.</param>
    /// <param name="z">The output, likewise.</param>
    /// <param name="g">G, what queries and keys share by; whatever was there where nobody asks for A.</param>
    /// <param name="a">A, the scores before they are scaled; 0 where nobody asks for them.</param>
    public LedgerEntry Weights(ReadOnlySpan<float> s, ReadOnlySpan<float> z, ReadOnlySpan<float> g, ReadOnlySpan<float> a)
    {
        for (int k = 0; k < relevance.Length; k++)
        {
            lostInSoftmax += (double)s[At(k)] * z[At(k)];
        }

        for (int k = 0; k < g.Length; k++)
        {
            lostInSoftmax -= a[k] == 0 ? 0 : (double)a[k] * g[k];
        }

        return this;
    }

    /// <summary>All relevance is handed on.</summary>
    public LedgerEntry Pass()
    {
        dropped -= relevance.Sum(value => (double)value);
        return this;
    }

    /// <summary>What comes before is done: what comes next shares the relevance of a sum within the layer.</summary>
    /// <param name="inner">Its relevance, arranged as the layer's output.</param>
    public LedgerEntry Within(ReadOnlySpan<float> inner)
    {
        float[] next = new float[relevance.Length];
        for (int k = 0; k < next.Length; k++)
        {
            next[k] = inner[At(k)];
            dropped += next[k];
        }

        relevance = next;
        return this;
    }

    /// <summary>Relevance of what no input is, such as the state before the first row.</summary>
    /// <param name="row">The relevance.</param>
    /// <param name="lanes">How many numbers of it there are.</param>
    public LedgerEntry Lost(ReadOnlySpan<float> row, int lanes)
    {
        foreach (float value in row[..lanes])
        {
            dropped += value;
        }

        return this;
    }

    /// <summary>The biases of the layer are positions.</summary>
    public LedgerEntry Positions()
    {
        (absorbedByPositions, absorbedByBias) = (absorbedByPositions + absorbedByBias, 0);
        return this;
    }

    /// <summary>What no input gets is a learned row's.</summary>
    public LedgerEntry ClassToken()
    {
        (absorbedByClassToken, dropped) = (absorbedByClassToken + dropped, 0);
        return this;
    }

    /// <summary>R_i of one of the layer's inputs.</summary>
    /// <param name="result">R_i.</param>
    /// <param name="arrangement">Of R_i.</param>
    public LedgerEntry Input(ReadOnlySpan<float> result, in Arrangement arrangement)
    {
        for (int row = 0; row < arrangement.Rows; row++)
        {
            foreach (float value in result.Slice(row * arrangement.Pitch, arrangement.Lanes))
            {
                input += value;
            }
        }

        return this;
    }

    /// <summary>R_i of one of the layer's inputs, whatever comes to its output.</summary>
    /// <inheritdoc cref="Input"/>
    public LedgerEntry Gives(ReadOnlySpan<float> result, in Arrangement arrangement)
    {
        double before = input;
        Input(result, arrangement);
        dropped -= input - before;
        return this;
    }

    /// <summary>Begins the account of a layer that may keep relevance: what nothing below takes is dropped, and no input has any yet.</summary>
    internal LedgerEntry Open()
    {
        dropped = output;
        input = 0;
        return this;
    }

    /// <summary>The account of what a mask leaves of the relevance. What it stops is dropped.</summary>
    /// <param name="left">R_j in PyTorch's order.</param>
    internal LedgerEntry Masked(float[] left)
    {
        LedgerEntry entry = new(layout, left, firstLane);
        entry.stopped = output - entry.output;
        return entry;
    }

    internal LedgerRow ToRow(string rule) =>
        new(layout.Name, rule, output + stopped, input, absorbedByBias, absorbedByStabilizer, dropped + stopped)
        {
            Softmax = lostInSoftmax,
            Positions = absorbedByPositions,
            ClassToken = absorbedByClassToken,
        };

    /// <summary>Where the element k lies in a tensor.</summary>
    private int At(int k) => layout.Arrangement.IndexOf(k);

    /// <summary>The bias of the element k, of a row for all rows, of rows that repeat, or of one number.</summary>
    private float Bias(ReadOnlySpan<float> b, int k) => b.IsEmpty ? 0 : b[firstLane + At(k) % b.Length];
}
