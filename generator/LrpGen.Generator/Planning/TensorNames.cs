using System.Globalization;

namespace LrpGen.Generator.Planning;

/// <summary>Makes the tensors of one layer in one program: <c>a3</c>, and <c>a3_2</c> for a second of that symbol.</summary>
/// <param name="layer">Index of the layer; the input's is −1.</param>
/// <param name="names">Names of the program's tensors.</param>
internal sealed class TensorNames(int layer, UniqueNames names)
{
    public Tensor New(string symbol, Extent extent) =>
        new(names.Next(symbol + (layer < 0 ? "In" : layer.ToString(CultureInfo.InvariantCulture))), symbol, extent);
}
