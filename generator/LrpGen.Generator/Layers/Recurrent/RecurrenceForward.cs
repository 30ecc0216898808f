using LrpGen.Generator.Planning;

namespace LrpGen.Generator.Layers;

/// <summary>The forward pass of a recurrence while it is planned.</summary>
/// <param name="z">Sums of what the layer reads, for all gates.</param>
/// <param name="state">The state before, as rows.</param>
internal sealed class RecurrenceForward(Recurrence operation, LayerForward plan, RowLoop loop, Tensor z, Tensor state)
{
    public RowLoop Loop => loop;

    /// <summary>The row's state before.</summary>
    public Tensor State => loop.Of(state);

    /// <summary>The row of a gate.</summary>
    public Tensor Gate(string symbol, int index) => loop.Of(z, symbol, index * operation.Pitch, operation.Hidden);

    /// <summary>The row of a tensor that is kept for the way back.</summary>
    public Tensor Keep(string symbol) => loop.Of(plan.Keep(symbol, plan.Context.Output));

    /// <summary>A tensor of all gates that is kept for the way back.</summary>
    public Tensor KeepGates(string symbol) => plan.Keep(symbol, operation.OfGates);

    /// <summary>Adds the product of the state to the sums of what the layer reads.</summary>
    public void AddProductOfState() => ProductOfState(BiasPart.None, accumulate: true, z);

    /// <summary>Adds the product of the state, with a bias if it has one, as a tensor of all gates.</summary>
    public void ProductOfState(Tensor to) => ProductOfState(operation.HasBiases ? BiasPart.B : BiasPart.None, accumulate: false, to);

    private void ProductOfState(BiasPart bias, bool accumulate, Tensor to)
    {
        List<Step> product = [];
        operation.StateMap(plan.Context, plan.Names, null).Product(product, state, WeightPart.W, bias, 0, accumulate, to);
        loop.Add(loop.InRow(product.Single()));
    }
}
