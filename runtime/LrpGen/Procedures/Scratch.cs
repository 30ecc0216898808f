using System.ComponentModel;
using System.Runtime.InteropServices;

namespace LrpGen.Execution;

/// <summary>The memory in which the calls of one procedure run.</summary>
/// <param name="shape">Of the network.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ScratchPool(NetworkShape shape)
{
    /// <summary>Vectors like a point: as many as path integrals need, which need most.</summary>
    private const int Vectors = 5;

    private readonly TeamPool teams = new(Length(shape));

    /// <summary>Memory that a call takes, in bytes.</summary>
    /// <param name="shape">Of the network.</param>
    public static long Bytes(NetworkShape shape) => Length(shape) * (long)sizeof(float);

    /// <summary>Memory that nobody else uses, until it is disposed of.</summary>
    /// <param name="inputs">Values of the call's input.</param>
    internal Scratch Rent(int inputs) => new(teams, inputs, inputs * shape.Features, shape.Outputs);

    private static int Length(NetworkShape shape) => checked((((Vectors * shape.Features) + 1) * shape.Inputs) + shape.Outputs);
}

/// <summary>The memory of one call of a procedure, with whatever its last user left in it.</summary>
internal readonly ref struct Scratch(TeamPool teams, int inputs, int values, int outputs)
{
    private readonly Team rented = teams.Rent();

    /// <summary>Memory for the outputs.</summary>
    public Span<float> Output => rented.Workspace[^outputs..];

    /// <summary>Memory for an input: of numbers or token ids, which take as much.</summary>
    public Span<TInput> Input<TInput>()
        where TInput : unmanaged => MemoryMarshal.Cast<float, TInput>(rented.Workspace[..inputs]);

    /// <summary>A vector like a point, by its number.</summary>
    public Span<float> Vector(int number) => rented.Workspace.Slice(inputs + (number * values), values);

    public void Dispose() => teams.Return(rented);
}
