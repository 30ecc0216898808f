namespace LrpGen.Generator.Planning;

/// <summary>Makes the tensors of one layer in one program: <c>a3</c>, and <c>a3_2</c> for a second of that symbol.</summary>
/// <param name="layer">Index of the layer; the input's is −1.</param>
/// <param name="used">Names given out so far in the program.</param>
internal sealed class TensorNames(int layer, ISet<string> used)
{
    public Tensor New(string symbol, Tensor extent)
    {
        string stem = symbol + (layer < 0 ? "In" : layer.ToString(System.Globalization.CultureInfo.InvariantCulture));
        string name = stem;
        for (int count = 2; !used.Add(name); count++)
        {
            name = $"{stem}_{count}";
        }

        return extent.Like(name, symbol);
    }
}
