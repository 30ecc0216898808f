using LrpGen.Tests.Engine;
using LrpGen.Tests.Weights;
using LrpGen.Tool;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LrpGen.Onnx.Tests;

/// <summary>The command line of <c>lrpgen</c>: what it prints, writes and exits with.</summary>
public sealed class ToolTests : IDisposable
{
    private const string Net = """
        using LrpGen;

        namespace Declared;

        [Network(3)] [Linear(2, Bias = false)] [Explain<EpsilonPlus>]
        public sealed partial class Net;

        """;

    private readonly string folder = Directory.CreateTempSubdirectory("lrpgen").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void ImportWritesClassAndWeights()
    {
        Result result = Run("import", Model("bottleneck"), "-o", folder, "--namespace", "Mine");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal($"{In("Bottleneck.cs")}, {In("bottleneck.safetensors")}\n", result.Output);
        Assert.Contains("namespace Mine;", File.ReadAllText(In("Bottleneck.cs")));
        Assert.True(File.Exists(In("bottleneck.safetensors")));
    }

    [Fact]
    public void AnExportedClassIsImportedAsItWas()
    {
        Assert.Equal(0, Run("import", Model("bottleneck"), "-o", folder).ExitCode);
        string source = File.ReadAllText(In("Bottleneck.cs"));
        Assert.Equal(0, Run("export", Compile(source), "--weights", In("bottleneck.safetensors"), "-o", In("bottleneck.onnx")).ExitCode);
        Assert.Equal(0, Run("import", In("bottleneck.onnx"), "-o", In("again")).ExitCode);
        Assert.Equal(source, File.ReadAllText(Path.Combine(In("again"), "Bottleneck.cs")));
    }

    [Fact]
    public void ImportReplacesAClassOnlyByForce()
    {
        File.WriteAllText(In("Bottleneck.cs"), "edited");
        AssertFails(1, $"{In("Bottleneck.cs")} is already there", "import", Model("bottleneck"), "-o", folder);
        Assert.Equal("edited", File.ReadAllText(In("Bottleneck.cs")));
        Assert.False(File.Exists(In("bottleneck.safetensors")));
        Assert.Equal(0, Run("import", Model("bottleneck"), "-o", folder, "--force").ExitCode);
        Assert.NotEqual("edited", File.ReadAllText(In("Bottleneck.cs")));
    }

    [Fact]
    public void ARefusedModelWritesNothing()
    {
        File.WriteAllBytes(In("refused.onnx"), OperatorTests.Refused);
        AssertFails(1, "node 'e' (Einsum): no layer computes this operator", "import", In("refused.onnx"), "-o", folder);
        Assert.Equal([In("refused.onnx")], Directory.GetFiles(folder));
    }

    [Fact]
    public void ThereIsNoClassWithoutWeights()
    {
        Directory.CreateDirectory(In("bottleneck.safetensors"));
        Assert.Equal(1, Run("import", Model("bottleneck"), "-o", folder).ExitCode);
        Assert.False(File.Exists(In("Bottleneck.cs")));
    }

    [Theory]
    [InlineData("Unrecognized", "describe", "App.dll", "--depth")]
    [InlineData("An argument is empty", "import", "")]
    [InlineData("Required argument missing", "import")]
    public void AWrongCommandLineExitsWithTwo(string message, params string[] arguments) => AssertFails(2, message, arguments);

    [Fact]
    public void WeightsThatDoNotFitAreListed()
    {
        string assembly = Compile(Net);
        TensorDictionary weights = new();
        weights.Add("0.weight", [2, 3], new float[6]);
        SafetensorsWriter.Write(weights, In("right.safetensors"));
        weights.Add("0.bias", [2], new float[2]);
        SafetensorsWriter.Write(weights, In("wrong.safetensors"));

        Assert.Equal(0, Run("weights", assembly, In("right.safetensors")).ExitCode);
        AssertFails(1, "  0.bias", "weights", assembly, In("wrong.safetensors"));
    }

    [Fact]
    public void WeightsThatAreDamagedDoNotFit()
    {
        TensorDictionary weights = new();
        weights.Add("0.weight", [2, 3], new float[] { 1, 2, 3, 4, 5, float.NaN });
        SafetensorsWriter.Write(weights, In("damaged.safetensors"));
        AssertFails(1, "its element 5 is NaN", "weights", Compile(Net), In("damaged.safetensors"));
    }

    /// <summary>The directory of an archive lists another CRC-32 than a tensor has, 16 bytes behind the mark of its entry.</summary>
    [Fact]
    public void WeightsOfAnotherChecksumDoNotFit()
    {
        byte[] array = WeightFiles.Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", dataBytes: 24);
        byte[] file = WeightFiles.Npz(("0.weight.npy", array));
        File.WriteAllBytes(In("right.npz"), file);
        file[file.AsSpan().IndexOf("PK\u0001\u0002"u8) + 16] ^= 1;
        File.WriteAllBytes(In("damaged.npz"), file);

        string assembly = Compile(Net);
        Assert.Equal(0, Run("weights", assembly, In("right.npz")).ExitCode);
        AssertFails(1, "but the archive lists", "weights", assembly, In("damaged.npz"));
    }

    [Fact]
    public void OneOfSeveralNetworksIsNamed()
    {
        string assembly = Compile(Net, Net.Replace("class Net", "class Second", StringComparison.Ordinal));
        AssertFails(1, "give --network with one of Declared.Net, Declared.Second", "export", assembly, "--weights", "a", "-o", "b");
        Result all = Run("describe", assembly);
        Assert.Equal(0, all.ExitCode);
        Assert.Contains("Linear  (2) ", all.Output);
        Assert.Contains("Second", all.Output);
        Assert.DoesNotContain("Second", Run("describe", assembly, "--network", "Net").Output);
    }

    [Fact]
    public void AFileThatIsNoAssemblyIsRefused()
    {
        File.WriteAllText(In("App.dll"), "text");
        AssertFails(1, "is no .NET assembly", "describe", In("App.dll"));
        AssertFails(1, "nowhere.dll", "describe", In("nowhere.dll"));
    }

    [Fact]
    public void AnAssemblyWithoutNetworksIsRefused() => AssertFails(1, "has no network", "describe", Compile("public sealed class Nothing;"));

    /// <summary>As the controllers of a service are of ASP.NET, which the tool does not have.</summary>
    [Fact]
    public void TypesOfAMissingPackageDoNotMatter()
    {
        MetadataReference package = Compiler.Compilation("public class Missing;").WithAssemblyName("Package").ToMetadataReference();
        SyntaxTree service = CSharpSyntaxTree.ParseText("public sealed class Service : Missing;", new(LanguageVersion.CSharp14));
        string assembly = Write(Compiler.Generate(null, Net).AddReferences(package).AddSyntaxTrees(service));
        Assert.Equal(0, Run("describe", assembly).ExitCode);

        string alone = Write(Compiler.Compilation().AddReferences(package).AddSyntaxTrees(service));
        AssertFails(1, "'Package", "describe", alone);
    }

    [Fact]
    public void AnInitialiserThatFailsIsAMessage()
    {
        string assembly = Compile(Net, """
            namespace Declared;

            public sealed partial class Net
            {
                private static readonly int Length = int.Parse("seven");
            }
            """);
        AssertFails(1, "Declared.Net cannot be described: The input string 'seven'", "describe", assembly);
    }

    private static string Model(string name) => Path.Combine(AppContext.BaseDirectory, "Data", $"{name}.onnx");

    private static void AssertFails(int exitCode, string message, params string[] arguments)
    {
        Result result = Run(arguments);
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("error: ", result.Error);
        Assert.Contains(message, result.Error);
    }

    private static Result Run(params string[] arguments)
    {
        (TextWriter output, TextWriter error) = (Console.Out, Console.Error);
        using StringWriter newOutput = new() { NewLine = "\n" };
        using StringWriter newError = new() { NewLine = "\n" };
        try
        {
            Console.SetOut(newOutput);
            Console.SetError(newError);
            return new(CommandLine.Run(arguments), newOutput.ToString(), newError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }

    private string In(string file) => Path.Combine(folder, file);

    private string Compile(params string[] sources) => Write(Compiler.Generate(null, sources));

    private string Write(Compilation compilation)
    {
        string path = In("App.dll");
        using FileStream stream = File.Create(path);
        Assert.Empty(compilation.Emit(stream).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return path;
    }

    private sealed record Result(int ExitCode, string Output, string Error);
}
