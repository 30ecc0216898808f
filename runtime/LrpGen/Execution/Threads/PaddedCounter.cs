using System.Runtime.InteropServices;

namespace LrpGen.Execution;

/// <summary>A number that many threads change, with no other data in its cache line, nor in the one that is fetched along with it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PaddedCounter
{
    /// <summary>The number.</summary>
    [FieldOffset(128)]
    public int Value;
}
