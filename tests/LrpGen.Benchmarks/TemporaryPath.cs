namespace LrpGen.Benchmarks;

/// <summary>A file or folder that is deleted in the end.</summary>
internal sealed class TemporaryPath : IDisposable
{
    /// <summary>Where it is, once something is written there.</summary>
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
        else
        {
            File.Delete(Path);
        }
    }
}
