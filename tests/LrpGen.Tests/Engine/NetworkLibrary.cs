using System.Collections.Concurrent;
using System.Reflection;

namespace LrpGen.Tests.Engine;

/// <summary>
/// Declared networks that are compiled together, once for each engine, because compiling takes long; what others have compiled is used again.
/// </summary>
internal sealed class NetworkLibrary(params IEnumerable<Declaration> declarations)
{
    private readonly Dictionary<string, Declaration> declarations = declarations.ToDictionary(declaration => declaration.Name);
    private readonly ConcurrentDictionary<EngineKind, Lazy<IReadOnlyDictionary<string, Assembly>>> assemblies = [];

    /// <summary>Whether the compiler analyses nulls and documentation, too.</summary>
    public bool IsStrict { get; init; }

    /// <summary>A network that the engine runs.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="name">Name of the declaration.</param>
    /// <param name="weights">Its weights.</param>
    public IEngineNetwork Load(EngineKind engine, string name, ITensorSource weights) => engine == EngineKind.Interpreter
        ? new InterpretedNetwork(declarations[name], weights.ReadWeights(declarations[name].Network))
        : new GeneratedNetwork(LoadAny(engine, name, weights), declarations[name]);

    /// <summary>A generated network.</summary>
    public INetwork LoadGenerated(EngineKind engine, string name, ITensorSource weights) => (INetwork)LoadAny(engine, name, weights);

    /// <summary>A generated network, of values or of tokens.</summary>
    public object LoadAny(EngineKind engine, string name, ITensorSource weights) =>
        LoadAny(assemblies.GetOrAdd(engine, engine => new(() => Compile(engine))).Value[name], name, weights);

    /// <summary>A network of compiled declarations.</summary>
    public static INetwork Load(Assembly assembly, string name, ITensorSource weights) => (INetwork)LoadAny(assembly, name, weights);

    /// <summary>What a compiled declaration says of itself.</summary>
    public static NetworkDescription DescriptionOf(Assembly assembly, string name) =>
        (NetworkDescription)assembly.GetType($"{Declaration.Namespace}.{name}", throwOnError: true)!.GetProperty("Description")!.GetValue(null)!;

    /// <summary>A network of numbers or of tokens.</summary>
    public static object LoadAny(Assembly assembly, string name, ITensorSource weights)
    {
        MethodInfo load = assembly.GetType($"{Declaration.Namespace}.{name}", throwOnError: true)!.GetMethod("Load", [typeof(ITensorSource)])
            ?? throw new ArgumentException($"Nothing was generated for {name}, for its declaration has errors.", nameof(name));
        return load.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [weights], null)!;
    }

    private IReadOnlyDictionary<string, Assembly> Compile(EngineKind engine)
    {
        string? budget = engine switch { EngineKind.Looped => "0", EngineKind.Unrolled => "unlimited", _ => null };
        IEnumerable<string> sources = declarations.Values.Select(declaration => declaration.Source);
        return Compiler.Load(Compiler.Generate(budget, IsStrict ? Compiler.Strict : Compiler.Plain, sources), [.. declarations.Values]);
    }
}
