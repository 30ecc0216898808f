using System.ComponentModel;

namespace LrpGen.Execution;

/// <summary>The memory in which the calls of one procedure run.</summary>
/// <param name="shape">Of the network.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ScratchPool(NetworkShape shape)
{
    /// <summary>Vectors like the input: as many as path integrals need, which need most.</summary>
    private const int Vectors = 4;

    private readonly TeamPool teams = new(Length(shape));

    /// <summary>Memory that a call takes, in bytes.</summary>
    /// <param name="shape">Of the network.</param>
    public static long Bytes(NetworkShape shape) => Length(shape) * (long)sizeof(float);

    /// <summary>Memory that nobody else uses, until it is disposed of.</summary>
    /// <param name="input">The input of the call.</param>
    internal Scratch Rent(ReadOnlySpan<float> input) => new(teams, input.Length, shape.Outputs);

    private static int Length(NetworkShape shape) => (Vectors * shape.Inputs) + shape.Outputs;
}

/// <summary>The memory of one call of a procedure, with whatever its last user left in it.</summary>
internal readonly ref struct Scratch(TeamPool teams, int inputs, int outputs)
{
    private readonly Team rented = teams.Rent();

    /// <summary>Memory for the outputs.</summary>
    public Span<float> Output => rented.Workspace[^outputs..];

    /// <summary>A vector like the input, by its number.</summary>
    public Span<float> Vector(int number) => rented.Workspace.Slice(number * inputs, inputs);

    public void Dispose() => teams.Return(rented);
}
