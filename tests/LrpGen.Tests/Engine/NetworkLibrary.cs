using System.Collections.Concurrent;
using System.Reflection;
using LrpGen.Tests.Reference;

namespace LrpGen.Tests.Engine;

/// <summary>Declared networks that are compiled together, once for each engine, because compiling takes long.</summary>
internal sealed class NetworkLibrary(params IEnumerable<Declaration> declarations)
{
    private readonly Dictionary<string, Declaration> declarations = declarations.ToDictionary(declaration => declaration.Name);
    private readonly ConcurrentDictionary<EngineKind, Lazy<Assembly>> assemblies = [];

    /// <summary>A network that the engine runs.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="name">Name of the declaration.</param>
    /// <param name="weights">Its weights by name, in PyTorch's order.</param>
    public IEngineNetwork Load(EngineKind engine, string name, IReadOnlyDictionary<string, float[]> weights) => engine == EngineKind.Interpreter
        ? new InterpretedNetwork(declarations[name], weights.ToDictionary(weight => weight.Key, weight => weight.Value.ToDoubles()))
        : new GeneratedNetwork(LoadGenerated(engine, name, weights));

    /// <summary>A generated network.</summary>
    public INetwork LoadGenerated(EngineKind engine, string name, IReadOnlyDictionary<string, float[]> weights)
    {
        Assembly assembly = assemblies.GetOrAdd(engine, engine => new(() => Compile(engine))).Value;
        Type type = assembly.GetType($"{Declaration.Namespace}.{name}", throwOnError: true)!;
        MethodInfo load = type.GetMethod("Load", [typeof(ITensorSource)])!;
        return (INetwork)load.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [new MemoryTensors(declarations[name].Network, weights)], null)!;
    }

    private Assembly Compile(EngineKind engine)
    {
        string? budget = engine switch { EngineKind.Looped => "0", EngineKind.Unrolled => "unlimited", _ => null };
        return Compiler.Load(budget, declarations.Values.Select(declaration => declaration.Source));
    }

    /// <summary>Weights of a network from memory.</summary>
    private sealed class MemoryTensors(NetworkSpec network, IReadOnlyDictionary<string, float[]> weights) : ITensorSource
    {
        private readonly Dictionary<string, long[]> shapes =
            Shapes.OfWeights(network).ToDictionary(tensor => tensor.Name, tensor => Array.ConvertAll(tensor.Shape, size => (long)size));

        public string Description => "memory";

        public IReadOnlyCollection<string> Names => shapes.Keys;

        public bool TryGetShape(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IReadOnlyList<long>? shape)
        {
            shape = shapes.GetValueOrDefault(name);
            return shape is not null;
        }

        public void Read(string name, Span<float> destination) => weights[name].CopyTo(destination);
    }
}
