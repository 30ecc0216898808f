namespace LrpGen.Generator.Model;

/// <summary>How the tensors of a layer become the weights that its products read.</summary>
internal abstract record WeightForm;

/// <summary>A kernel for every pair of an output and an input of its group; a linear layer's has one tap.</summary>
/// <param name="Outputs">Of the kernels; for a transposed convolution they are its inputs.</param>
/// <param name="IsTransposed">Whether the layer is the transposed of the one with these kernels.</param>
/// <param name="Biases">One for each output of the layer.</param>
internal sealed record Kernels(int Outputs, int InputsPerGroup, int Height, int Width, bool IsTransposed, int Biases) : WeightForm;

/// <summary>Matrices of a recurrent layer for what it reads and for its state, with a block of outputs for every gate.</summary>
/// <param name="Separate">The gate whose two biases do not meet in one sum; null if those of all gates do.</param>
internal sealed record GateKernels(int Gates, int Hidden, int Inputs, int? Separate) : WeightForm;

/// <summary>A weight for every lane, or for every row of it; a single one is for all.</summary>
internal sealed record LaneWeights(int Lanes) : WeightForm;

/// <summary>A bias for every lane of every row, as a file has them: row by row.</summary>
internal sealed record RowBiases(int Lanes) : WeightForm;

/// <summary>A scale and a shift for every channel, from the statistics of a batch norm.</summary>
internal sealed record BatchStatistics(int Channels, double Eps) : WeightForm;
