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

        string increment = step == 1 ? $"{variable}++" : $"{variable} += {step}";
        using (writer.Block($"for (int {variable} = 0; {variable} < {Literal.Integer(count)}; {increment})"))
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

        using (writer.Scope())
        {
            string times = unit == 1 ? "" : $" * {unit}";
            string increment = step == 1 ? $"{variable}++" : $"{variable} += {step}";
            writer.Line($"(int first, int end) = part.Of({count / unit});");
            using (writer.Block($"for (int {variable} = first{times}; {variable} < end{times}; {increment})"))
            {
                body(Offset.Variable(variable));
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
