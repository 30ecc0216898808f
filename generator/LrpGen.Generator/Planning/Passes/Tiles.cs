namespace LrpGen.Generator.Planning;

/// <summary>Computes 3×3 convolutions in Winograd's tiles where these pay, see <see cref="Tiling"/>.</summary>
internal static class Tiles
{
    public static Program Lay(Program program, NetworkFacts facts) => program.Each(block => Lay(block, facts, program.NamesOf(block.Layer)));

    private static Block Lay(Block block, NetworkFacts facts, TensorNames names)
    {
        List<Tensor> scratch = [];
        Step[] steps =
            [.. block.Steps.Select(step => step is Product { IsExact: false } product && facts.InTiles(product.Form) ? Tiled(product) : step)];

        // Tiles see to the edges themselves.
        HashSet<Tensor> read = [.. steps.SelectMany(step => step.Reads)];
        return block with { Steps = [.. steps.Where(step => step is not Pad pad || read.Contains(pad.To))] };

        Product Tiled(Product product)
        {
            Tensor from = block.Steps.OfType<Pad>().LastOrDefault(pad => pad.To == product.Tensor)?.Tensor ?? product.Tensor;
            Tiling tiling = Tiling.Of((Windowed)product.Form, product.Transposed);
            int tiles = Tiling.Positions * tiling.Capacity;
            return product with
            {
                Tensor = from,
                Right = new Stored(product.Weights with { Packing = product.Transposed ? Packing.TransposedWinograd : Packing.Winograd }),
                Scratch =
                [
                    Scratch("u", new Extent(tiles, tiling.Inputs, from.Pitch)),
                    Scratch("m", new Extent(tiles, tiling.Outputs, Simd.RoundUp(tiling.Outputs))),
                ],
            };
        }

        // Products follow each other, so that the memory of one serves the next.
        Tensor Scratch(string symbol, Extent extent)
        {
            Tensor? same = scratch.FirstOrDefault(tensor => tensor.Symbol == symbol && tensor.Length >= extent.Rows * extent.Pitch);
            if (same is null)
            {
                same = names.New(symbol, extent);
                scratch.Add(same);
            }

            return same;
        }
    }
}
