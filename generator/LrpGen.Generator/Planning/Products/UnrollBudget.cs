using System.Globalization;

namespace LrpGen.Generator.Planning;

/// <summary>How many multiply-adds a layer may have to be unrolled fully: the MSBuild property <c>LrpGenUnrollBudget</c>.</summary>
internal static class UnrollBudget
{
    /// <summary>The property's key among the analyzer options.</summary>
    public const string Option = "build_property.LrpGenUnrollBudget";

    /// <summary>Well below the size of a method at which the JIT gives up optimising (about 20,000 IL instructions).</summary>
    public const int Default = 512;

    /// <summary>What <c>unlimited</c> stands for.</summary>
    public const int Unlimited = int.MaxValue;

    /// <summary>Reads a number that is at least 0, <c>unlimited</c>, or nothing for the default.</summary>
    /// <param name="text">The property's value.</param>
    /// <param name="budget">What it means; the default if it is malformed.</param>
    /// <returns>Whether it is well formed.</returns>
    public static bool TryParse(string? text, out int budget)
    {
        budget = Default;
        string value = text?.Trim() ?? "";
        if (value == "unlimited")
        {
            budget = Unlimited;
            return true;
        }

        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return value == "";
        }

        budget = number;
        return true;
    }
}
