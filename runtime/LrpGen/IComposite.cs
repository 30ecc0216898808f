namespace LrpGen;

/// <summary>
/// A composite assigns a rule to every layer: a struct that implements this interface and bears rule attributes
/// (namespace <c>LrpGen.Rules</c>). The first attribute that matches a layer wins. Beside its rules it may have a procedure.
/// </summary>
public interface IComposite;
