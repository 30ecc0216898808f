namespace LrpGen.Generator.Emission;

/// <summary>Loops over literal bounds: written as loops, or unrolled.</summary>
internal sealed class Loops(CodeWriter writer, bool unroll)
{
    /// <summary>Runs the body for 0, step, … below the count; a single pass needs no loop.</summary>
    /// <param name="declares">Whether the body declares locals, so that passes without a loop need scopes.</param>
    public void For(string variable, int count, int step, bool declares, Action<Offset> body)
    {
        if (unroll || count <= step)
        {
            for (int value = 0; value < count; value += step)
            {
                using (declares ? writer.Scope() : null)
                {
                    body(value);
                }
            }

            return;
        }

        using (writer.Block($"for (int {variable} = 0; {variable} < {Literal.Integer(count)}; {Increment(variable, step)})"))
        {
            body(Offset.Variable(variable));
        }
    }

    public void For(string variable, int count, Action<Offset> body) => For(variable, count, 1, false, body);

    /// <summary>Runs the body for 0, step, … below the count, or for a thread's part of that.</summary>
    /// <param name="unit">What stays together; the count is a multiple.</param>
    public void Share(string variable, int count, int unit, int step, bool isShared, Action<Offset> body)
    {
        if (!isShared)
        {
            For(variable, count, step, false, body);
            return;
        }

        Divide(variable, Literal.Integer(count / unit), unit, step, body);
    }

    /// <summary>The same for a count that calls choose.</summary>
    public void Share(string variable, string count, int unit, int step, bool isShared, Action<Offset> body)
    {
        if (isShared)
        {
            Divide(variable, unit == 1 ? count : $"{count} / {unit}", unit, step, body);
            return;
        }

        using (writer.Block($"for (int {variable} = 0; {variable} < {count}; {Increment(variable, step)})"))
        {
            body(Offset.Variable(variable));
        }
    }

    private void Divide(string variable, string units, int unit, int step, Action<Offset> body)
    {
        using (writer.Scope())
        {
            string times = unit == 1 ? "" : $" * {unit}";
            writer.Line($"(int first, int end) = part.Of({units});");
            using (writer.Block($"for (int {variable} = first{times}; {variable} < end{times}; {Increment(variable, step)})"))
            {
                body(Offset.Variable(variable));
            }
        }
    }

    private static string Increment(string variable, int step) => step == 1 ? $"{variable}++" : $"{variable} += {step}";

    /// <summary>
    /// Runs the body, which declares locals, for chunks of a count that calls choose: of full size as long as they fit, then of halves and
    /// halves of these, one each, down to single ones.
    /// </summary>
    public void Chunks(string variable, string count, int size, Action<Offset, int> body)
    {
        writer.Line($"int {variable} = 0;");
        for (int chunk = size; chunk > 0; chunk /= 2)
        {
            bool mayRepeat = chunk == size || chunk == 1;
            string condition = chunk == 1 ? $"{variable} < {count}" : $"{variable} <= {count} - {chunk}";
            using (writer.Block($"{(mayRepeat ? "while" : "if")} ({condition})"))
            {
                body(Offset.Variable(variable), chunk);
                writer.Line($"{variable} += {chunk};");
            }
        }
    }

    /// <summary>Runs the body, which declares locals, for chunks of equal size, and for a smaller one at the end.</summary>
    public void Chunks(string variable, int count, int size, Action<Offset, int> body)
    {
        int full = count / size * size;
        For(variable, full, size, true, start => body(start, size));
        if (full < count)
        {
            using (writer.Scope())
            {
                body(full, count - full);
            }
        }
    }
}
