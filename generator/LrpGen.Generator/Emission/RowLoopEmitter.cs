using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Emission;

/// <summary>Writes a loop over rows, whose turns come one after another, for one thread: waiting for others takes longer than a row.</summary>
/// <param name="name">Names of tensors.</param>
/// <param name="inner">Makes the emitter of the steps of a row, from names of tensors.</param>
internal sealed class RowLoopEmitter(CodeWriter writer, Func<Tensor, string> name, Func<Func<Tensor, string>, StepEmitter> inner)
{
    private const string Row = "t";

    public void Emit(ForEachRow loop)
    {
        UniqueNames unique = new("", [Row, .. loop.Reads.Concat(loop.Writes).Select(name)]);
        Dictionary<Tensor, string> locals = loop.Rows.ToDictionary(of => of.Row, of => unique.Next(of.Row.Symbol));
        HashSet<Tensor> written = [.. loop.Writes];
        Tensor? whole = loop.Rows.FirstOrDefault()?.Whole;
        bool isOne = whole is null or { Rows: 1, Varies: false };
        using (isOne ? writer.Scope() : writer.Block(Header(loop, whole!)))
        {
            foreach (RowOf of in loop.Rows)
            {
                string type = written.Contains(of.Whole) ? "Span" : "ReadOnlySpan";
                Offset start = isOne ? of.Lane : (Offset.Variable(Row) * of.Whole.Pitch) + of.Lane;
                writer.Line($"{type}<float> {locals[of.Row]} = {name(of.Whole)}.Slice({start}, {of.Row.Length});");
            }

            StepEmitter emitter = inner(tensor => locals.TryGetValue(tensor, out string? local) ? local : name(tensor));
            foreach (Step step in loop.Body)
            {
                emitter.Emit(step);
            }
        }
    }

    private string Header(ForEachRow loop, Tensor whole)
    {
        string rows = whole.Varies ? $"{name(whole)}.Length / {whole.Pitch}" : Literal.Integer(whole.Rows);
        return loop.FromEnd ? $"for (int {Row} = {rows} - 1; {Row} >= 0; {Row}--)" : $"for (int {Row} = 0; {Row} < {rows}; {Row}++)";
    }
}
