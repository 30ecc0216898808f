using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>Keeps what a procedure finds out besides the relevance. It keeps no layers and no ledger, for layers run at many points.</summary>
/// <param name="explanation">Name of the explanation.</param>
/// <param name="target">The explained output.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ProcedureRecorder(string explanation, int target)
{
    internal Completeness? Completeness { get; set; }

    /// <summary>The explanation.</summary>
    /// <param name="output">The network's outputs at the input.</param>
    /// <param name="relevance">Relevance of the input.</param>
    public Explanation Finish(float[] output, float[] relevance) =>
        new(explanation, target, [], output, relevance, ledger: null) { Completeness = Completeness };

    internal void Complete(double value, double referenceValue, ReadOnlySpan<float> relevance)
    {
        double sum = 0;
        foreach (float r in relevance)
        {
            sum += r;
        }

        Completeness = new Completeness(value, referenceValue, sum);
    }
}
