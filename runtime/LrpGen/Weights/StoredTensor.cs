namespace LrpGen;

/// <summary>Where and how a <see cref="TensorFile"/> holds a tensor.</summary>
/// <param name="Shape">In PyTorch's order.</param>
/// <param name="Count">Number of elements.</param>
/// <param name="Type">The elements.</param>
/// <param name="Offset">Byte of the first element, in the file or (<c>.npz</c>) in the archive's entry.</param>
/// <param name="IsColumnMajor">Whether the first index varies fastest.</param>
internal sealed record StoredTensor(IReadOnlyList<long> Shape, long Count, ElementType Type, long Offset, bool IsColumnMajor = false);
