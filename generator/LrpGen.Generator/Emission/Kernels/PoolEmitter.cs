using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes loops over the windows of a pool, a vector of channels at a time.</summary>
/// <param name="isShared">Whether threads share the channels.</param>
internal sealed class PoolEmitter(CodeWriter writer, PoolWindows pool, bool isShared)
{
    private readonly Loops loops = new(writer, unroll: false);

    /// <summary>The largest of each window.</summary>
    public void EmitMaximum(string a, string z, Tensor input, Tensor output) => Windows(input, a, output, z, (window, at) =>
    {
        writer.Line("Vector256<float> largest = Vector256.Create(float.NegativeInfinity);");
        Positions(window, input, at => writer.Line($"largest = Vector256.Max(largest, Lanes.Load({a}, {at}));"));
        writer.Line($"Lanes.Store(largest, {z}, {at});");
    });

    /// <summary>The relevance of each window to its first largest element; where that is NaN, to the first, so that NaN does not get lost.</summary>
    public void EmitToWinner(string a, string z, string relevance, string result, Tensor input, Tensor output)
    {
        bool coversOnce = CoversOnce(pool.Rows, input, output) && CoversOnce(pool.Columns, input, output);
        if (!coversOnce)
        {
            Clear(result);
        }

        Windows(input, a, output, z, (window, at) =>
        {
            writer.Line($"Vector256<float> largest = Lanes.Load({z}, {at});");
            writer.Line($"Vector256<float> toGive = Lanes.Load({relevance}, {at});");
            Positions(window, input, at =>
            {
                writer.Line($"int at = {at};");
                const string won = "Vector256.AndNot(toGive, loses)";
                writer.Line($"Vector256<float> loses = Vector256.LessThan(Lanes.Load({a}, at), largest);");
                writer.Line($"Lanes.Store({(coversOnce ? won : $"Lanes.Load({result}, at) + {won}")}, {result}, at);");
                writer.Line("toGive &= loses;");
            });
        });
    }

    /// <summary>The sum of each window times a weight, or its transposed.</summary>
    /// <param name="step">Its weight is Scale · n^−Power.</param>
    public void EmitAverage(Average step, string from, string to, Tensor input, Tensor output)
    {
        if (step.Transposed && !step.Accumulate)
        {
            Clear(to);
        }

        (string read, string written) = step.Transposed ? (to, from) : (from, to);
        Windows(input, read, output, written, (window, at) =>
        {
            string weight = Weight(step, window);
            if (step.Transposed)
            {
                writer.Line($"Vector256<float> share = Lanes.Load({from}, {at}) * {weight};");
                Positions(window, input, at =>
                {
                    writer.Line($"int at = {at};");
                    writer.Line($"Lanes.Store(Lanes.Load({to}, at) + share, {to}, at);");
                });
            }
            else
            {
                writer.Line("Vector256<float> sum = Vector256<float>.Zero;");
                Positions(window, input, at => writer.Line($"sum += Lanes.Load({from}, {at});"));
                string mean = $"sum * {weight}";
                writer.Line($"Lanes.Store({(step.Accumulate ? $"Lanes.Load({to}, {at}) + ({mean})" : mean)}, {to}, {at});");
            }
        });
    }

    /// <summary>Whether every position is in one window, however many there are.</summary>
    private bool CoversOnce(Axis axis, Tensor input, Tensor output) => pool.Adaptive
        ? axis.Input % axis.Output == 0 && (axis.Output == 1 || input.Varies == output.Varies)
        : !input.Varies && axis is { Padding: 0, Dilation: 1 } && axis.Stride == axis.Kernel && axis.Output * axis.Stride == axis.Input;

    private void Clear(string tensor)
    {
        writer.Line(isShared ? $"part.Of({tensor}).Clear();" : $"{tensor}.Clear();");
        if (isShared)
        {
            writer.Line("part.Wait();");
        }
    }

    private void Windows(Tensor input, string a, Tensor output, string z, Action<Window, Offset> body)
    {
        // The axis that varies is the outermost of the rows; along the others all counts are literals.
        bool rowsVary = input.Varies && pool.Rows.Input > 1;
        Lengths rows = Lengths.Of(rowsVary, input, a, output, z, pool.Columns);
        Lengths columns = Lengths.Of(input.Varies && !rowsVary, input, a, output, z, pool.Rows);
        // Another sum may follow, and locals of the two would meet where no loop is around them.
        using (writer.Scope())
        {
            if (isShared)
            {
                writer.Line($"(int first, int end) = part.Of({output.Pitch / Simd.Alignment});");
            }

            For("y", pool.Rows, rows, y =>
            {
                Bounds vertical = Bounds.Of(pool, pool.Rows, rows, y, "top", "bottom");
                vertical.Declare(writer);
                For("x", pool.Columns, columns, x =>
                {
                    Bounds horizontal = Bounds.Of(pool, pool.Columns, columns, x, "left", "right");
                    horizontal.Declare(writer);
                    Offset pixel = ((y * pool.Columns.Output) + x) * output.Pitch;
                    void AtChannel(Offset channel) => body(new Window(vertical, horizontal, channel), pixel + channel);
                    if (isShared)
                    {
                        (string from, string to) = ($"first * {Simd.Alignment}", $"end * {Simd.Alignment}");
                        using (writer.Block($"for (int channel = {from}; channel < {to}; channel += {Simd.Lanes})"))
                        {
                            AtChannel(Offset.Variable("channel"));
                        }
                    }
                    else
                    {
                        loops.For("channel", output.Pitch, Simd.Lanes, false, AtChannel);
                    }
                });
            });
        }
    }

    private void For(string variable, Axis axis, Lengths lengths, Action<Offset> body)
    {
        if (lengths.Output is { } count)
        {
            loops.Share(variable, count, 1, 1, isShared: false, body);
        }
        else
        {
            loops.For(variable, axis.Output, body);
        }
    }

    /// <summary>Loops over the positions of a window; the body gets the element there.</summary>
    private void Positions(Window window, Tensor input, Action<Offset> body)
    {
        Along(window.Rows, "row", row =>
            Along(window.Columns, "column", column => body((((row * pool.Columns.Input) + column) * input.Pitch) + window.Channel)));
    }

    private void Along(Bounds bounds, string variable, Action<Offset> body)
    {
        if (bounds.Only is { } position)
        {
            body(position);
            return;
        }

        using (writer.Block($"for (int {variable} = {bounds.First}; {variable} < {bounds.End}; {variable}++)"))
        {
            body(Offset.Variable(variable));
        }
    }

    private static string Weight(Average step, Window window)
    {
        if (window.Rows.Count is int rows && window.Columns.Count is int columns)
        {
            double count = Math.Pow((long)rows * columns, step.Power);
            return step.Scale == 1 && count is > 1 and < 1 << 24 ? $"(1f / {Literal.Float(count)})" : Literal.Float(step.Scale / count);
        }

        string n = $"(({window.Rows.Divisor}) * ({window.Columns.Divisor}))";
        string scale = Literal.Float(step.Scale);
        return step.Power switch
        {
            0 => scale,
            1 => $"({scale} / {n})",
            _ => $"({scale} / {n} / {n})",
        };
    }

    private sealed record Window(Bounds Rows, Bounds Columns, Offset Channel);

    /// <summary>How long an axis is, where calls choose that; null where it is a literal.</summary>
    private readonly record struct Lengths(string? Input, string? Output)
    {
        public static Lengths Of(bool varies, Tensor input, string a, Tensor output, string z, Axis other) => varies
            ? new(
                $"{a}.Length / {Literal.Integer(input.Pitch * (long)other.Input)}",
                output.Varies ? $"{z}.Length / {Literal.Integer(output.Pitch * (long)other.Output)}" : null)
            : default;
    }

    /// <summary>Where a window begins and ends along an axis.</summary>
    /// <param name="Declarations">Of first and end, where they are more than an offset.</param>
    /// <param name="Count">Positions that a mean divides by, if the same for all windows.</param>
    /// <param name="Divisor">The same as an expression.</param>
    /// <param name="Only">The only position of a window of one.</param>
    private sealed record Bounds(string First, string End, IReadOnlyList<string> Declarations, int? Count, string Divisor, Offset? Only = null)
    {
        public static Bounds Of(PoolWindows pool, Axis axis, Lengths lengths, Offset index, string first, string end)
        {
            if (lengths is { Input: { } whole, Output: null })
            {
                return axis.Output == 1
                    ? new Bounds("0", whole, [], null, whole)
                    : new Bounds(
                        first,
                        end,
                        [
                            $"int {first} = {index} * ({whole}) / {axis.Output};",
                            $"int {end} = (({index} + 1) * ({whole}) + {axis.Output - 1}) / {axis.Output};",
                        ],
                        null,
                        $"{end} - {first}");
            }

            if (pool.Adaptive)
            {
                if (axis.Input % axis.Output == 0)
                {
                    return Whole(index * (axis.Input / axis.Output), axis.Input / axis.Output);
                }

                string wide = (long)axis.Input * (axis.Output + 1) > int.MaxValue ? "(long)" : "";
                return new Bounds(
                    first,
                    end,
                    [
                        $"int {first} = (int)({wide}{index} * {axis.Input} / {axis.Output});",
                        $"int {end} = (int)((({wide}{index} + 1) * {axis.Input} + {axis.Output - 1}) / {axis.Output});",
                    ],
                    null,
                    $"{end} - {first}");
            }

            Offset start = (index * axis.Stride) + -axis.Padding;
            if (axis.Padding == 0 && ((axis.Output - 1) * axis.Stride) + axis.Kernel <= axis.Input)
            {
                return Whole(start, axis.Kernel);
            }

            string input = lengths.Input ?? Literal.Integer(axis.Input);
            bool countsPadding = pool.Divisor == Planning.Divisor.PaddedInput;
            string padded = lengths.Input is null ? Literal.Integer(axis.Input + axis.Padding) : $"{input} + {axis.Padding}";
            bool reachesOver = ((axis.Output - 1) * axis.Stride) + axis.Kernel > axis.Input + (2 * axis.Padding);
            return new Bounds(
                first,
                end,
                [$"int {first} = Math.Max({start}, 0);", $"int {end} = Math.Min({start + axis.Kernel}, {input});"],
                countsPadding && !reachesOver ? axis.Kernel : null,
                countsPadding ? $"Math.Min({start + axis.Kernel}, {padded}) - ({start})" : $"{end} - {first}");
        }

        public void Declare(CodeWriter writer)
        {
            foreach (string declaration in Declarations)
            {
                writer.Line(declaration);
            }
        }

        private static Bounds Whole(Offset start, int count) =>
            new(start.ToString(), (start + count).ToString(), [], count, Literal.Integer(count), count == 1 ? start : null);
    }
}
