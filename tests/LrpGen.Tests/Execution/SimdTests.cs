using LrpGen.Execution;

namespace LrpGen.Tests.Execution;

public class SimdTests
{
    /// <summary>Otherwise continuous integration would test the same vectors again and again.</summary>
    [Fact]
    public void VectorsAreNoWiderThanTheSwitchesOfTheRuntimeAllow()
    {
        int widest = IsOff("EnableHWIntrinsic") || IsOff("EnableAVX2") ? Simd128.Count : IsOff("EnableAVX512") ? Simd256.Count : Simd512.Count;
        Assert.InRange(Simd.Width, Simd128.Count, widest);

        static bool IsOff(string name) => Environment.GetEnvironmentVariable($"DOTNET_{name}") == "0";
    }
}
