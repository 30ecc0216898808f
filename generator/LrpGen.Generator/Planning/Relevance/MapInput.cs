namespace LrpGen.Generator.Planning;

/// <summary>One of the inputs of a linear map.</summary>
/// <param name="Map">What the map does with it; equal for inputs with the same weights.</param>
/// <param name="Seen">As the map sees it.</param>
/// <param name="IsState">Whether it is the state of a recurrent layer, from −1 to 1, rather than what the layer reads.</param>
internal sealed record MapInput(LinearMap Map, Arrangement Seen, bool IsState = false);
