namespace LrpGen.Execution;
/// <summary>stub</summary>
public readonly struct Part
{
    /// <summary>x</summary>
    public static Part Whole => default;
    /// <summary>x</summary>
    public bool IsFirst => true;
    /// <summary>x</summary>
    public void Wait() { }
    /// <summary>x</summary>
    public (int First, int End) Of(int units) => (0, units);
}
