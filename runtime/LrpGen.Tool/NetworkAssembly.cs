using System.Reflection;
using System.Runtime.Loader;

namespace LrpGen.Tool;

/// <summary>The networks of a compiled assembly. What it depends on is found beside it; LrpGen itself is the tool's.</summary>
internal sealed class NetworkAssembly : IDisposable
{
    private readonly AssemblyLoadContext context;
    private readonly Type[] types;
    private readonly string path;

    /// <summary>A sentence if the assembly was compiled with another LrpGen than the tool's, else empty.</summary>
    private readonly string otherVersion;

    /// <exception cref="UserException">The file is no assembly, or has no network.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public NetworkAssembly(string path)
    {
        this.path = path;
        string full = Path.GetFullPath(path);
        context = new AssemblyLoadContext(full, isCollectible: true);
        Exception? unloaded = null;
        try
        {
            using MemoryStream image = new(File.ReadAllBytes(full));
            AssemblyDependencyResolver dependencies = new(full);
            context.Resolving += (context, name) => dependencies.ResolveAssemblyToPath(name) is { } file ? context.LoadFromAssemblyPath(file) : null;
            Assembly assembly = context.LoadFromStream(image);
            otherVersion = OtherVersion(assembly);
            types = [.. Types(assembly, out unloaded).Where(IsNetwork).OrderBy(type => type.FullName, StringComparer.Ordinal)];
        }
        catch (BadImageFormatException)
        {
            throw new UserException($"{path} is no .NET assembly.");
        }

        if (types.Length == 0)
        {
            string reason = unloaded is null ? "" : $" Not all of its types can be loaded: {unloaded.Message}";
            throw new UserException($"{path} has no network: no class that the generator has written members of.{reason}{otherVersion}");
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

    /// <summary>The types that can be loaded. Others need not concern us: a base class of theirs may be of a package that is not there.</summary>
    private static IEnumerable<Type> Types(Assembly assembly, out Exception? unloaded)
    {
        try
        {
            unloaded = null;
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            unloaded = exception.LoaderExceptions.FirstOrDefault();
            return exception.Types.OfType<Type>();
        }
    }

    private static bool IsNetwork(Type type) =>
        type is { IsAbstract: false, IsInterface: false }
        && (type.IsAssignableTo(typeof(INetwork)) || type.IsAssignableTo(typeof(ITokenNetwork)))
        && DescriptionOf(type) is not null;

    private static PropertyInfo? DescriptionOf(Type type) => type.GetProperty(
        nameof(INetwork.Description), BindingFlags.Public | BindingFlags.Static, null, typeof(NetworkDescription), Type.EmptyTypes, null);

    private static string OtherVersion(Assembly assembly)
    {
        AssemblyName own = typeof(INetwork).Assembly.GetName();
        AssemblyName? referenced = assembly.GetReferencedAssemblies().FirstOrDefault(name => name.Name == own.Name);
        return referenced is null || referenced.Version == own.Version
            ? ""
            : $" It was compiled with LrpGen {referenced.Version}, and this tool has {own.Version}.";
    }

    private NetworkDescription Description(Type type)
    {
        try
        {
            return (NetworkDescription)DescriptionOf(type)!.GetValue(null)!;
        }
        catch (TargetInvocationException exception)
        {
            throw new UserException($"{type.FullName} cannot be described: {exception.GetBaseException().Message}{otherVersion}");
        }
    }
}
