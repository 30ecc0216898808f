using System.Reflection;
using System.Runtime.Loader;

namespace LrpGen.Tool;

/// <summary>The networks of a compiled assembly. What it depends on is found beside it; LrpGen itself is the tool's.</summary>
internal sealed class NetworkAssembly : IDisposable
{
    private readonly AssemblyLoadContext context;
    private readonly Type[] types;
    private readonly string path;

    /// <exception cref="UserException">The file is no assembly, or has no network.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public NetworkAssembly(string path)
    {
        this.path = path;
        string full = Path.GetFullPath(path);
        context = new AssemblyLoadContext(full, isCollectible: true);
        context.Resolving += (context, name) => Resolve(context, name, Path.GetDirectoryName(full)!);
        try
        {
            using MemoryStream image = new(File.ReadAllBytes(full));
            types = [.. context.LoadFromStream(image).GetTypes().Where(IsNetwork).OrderBy(type => type.FullName, StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is BadImageFormatException or ReflectionTypeLoadException or TypeLoadException)
        {
            throw new UserException($"{path} is no .NET assembly whose types can be loaded.");
        }

        if (types.Length == 0)
        {
            throw new UserException($"{path} has no network: no class that the generator has written members of.");
        }
    }

    public IEnumerable<NetworkDescription> Descriptions => types.Select(Description);

    /// <summary>The description of one network.</summary>
    /// <param name="name">Name of its class; null if there is only one.</param>
    /// <exception cref="UserException">There is none of that name, or several.</exception>
    public NetworkDescription Find(string? name)
    {
        Type[] found = [.. types.Where(type => name is null || type.Name == name || type.FullName == name)];
        return found is [Type type]
            ? Description(type)
            : throw new UserException($"{path}: give --network with one of {string.Join(", ", types.Select(type => type.FullName))}.");
    }

    public void Dispose() => context.Unload();

    private static bool IsNetwork(Type type) => type is { IsAbstract: false, IsInterface: false } && typeof(INetwork).IsAssignableFrom(type);

    private static NetworkDescription Description(Type type) =>
        type.GetProperty(nameof(INetwork.Description), BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as NetworkDescription
        ?? throw new UserException($"{type.FullName} has no static {nameof(INetwork.Description)}, as generated networks have.");

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name, string directory)
    {
        string file = Path.Combine(directory, $"{name.Name}.dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }
}
