namespace LrpGen.Generator.Emission;

/// <summary>Writes what every member checks: the input before the call, and the results behind it.</summary>
internal sealed class CallChecks(CodeWriter writer, CallSizes sizes)
{
    public const string NotFinite =
        "/// <exception cref=\"global::System.NotFiniteNumberException\">A layer, which the message names, gives a NaN or an infinity.</exception>";

    public const string BadArgument =
        "/// <exception cref=\"global::System.ArgumentException\">A length, a value or the target is not as expected.</exception>";

    private const string Execution = "global::LrpGen.Execution";

    /// <summary>As many values as expected, all finite, and within the bounds of the explanation if it has any.</summary>
    /// <param name="explanation">Null for a prediction.</param>
    public void Input(Explanation? explanation)
    {
        writer.Line(sizes.CheckInput);
        if (explanation?.Bounds is { } bounds)
        {
            writer.Line($"{Execution}.Guard.Bounds(input, {List(bounds.Lows)}, {List(bounds.Highs)});");
        }
    }

    public void Outputs() => Results("The network", "output", $"Forward(input, new float[{sizes.Output}], layers)");

    /// <param name="again">The same call of the engine, which keeps <c>layers</c>.</param>
    public void Relevance(string again) => Results("The explanation", "relevance", again);

    /// <summary>
    /// Relevance that a procedure gives. Its passes keep no layers, but a prediction tells those that overflow at the input itself.
    /// </summary>
    public void RelevanceOfProcedure() => Relevance($"Forward(input, new float[{sizes.Output}], layers)");

    private void Results(string giver, string results, string again)
    {
        using (writer.Block($"if (!{Execution}.FiniteResults.Are({results}))"))
        {
            writer.Line($"{Execution}.TraceRecorder layers = new(Layouts);");
            writer.Line($"engine.{again};");
            writer.Line($"throw {Execution}.FiniteResults.NotFinite({Literal.String(giver)}, {results}, {sizes.NumbersOfInput}, layers);");
        }
    }

    private static string List(EquatableArray<double> values) => $"[{string.Join(", ", values.Select(Literal.Float))}]";
}
