using LrpGen.Generator.Model;

namespace LrpGen.Tests.Parsing;

public class TypeParserTests
{
    [Fact]
    public void Nested_class_knows_the_types_around_it() => Assert.Equal(
        new TypeName("Models", "Net", ["partial record struct Outer", "partial interface Inner"], "Models.Outer+Inner+Net", "Models.Outer+Inner+Net"),
        Parse("""
            namespace Models;
            partial record struct Outer { partial interface Inner { [Network(3)] [ReLU] internal partial class Net; } }
            """, "Models.Outer+Inner+Net"));

    /// <summary>@ is no part of a name, and not allowed in that of a generated file.</summary>
    [Fact]
    public void Keywords_are_escaped_in_code_but_not_in_names_of_files() => Assert.Equal(
        new TypeName("@event.Models", "@required", ["partial class @class"], "event.Models.class+required", "event.Models.class+required"),
        Parse(
            "namespace @event.Models; partial class @class { [Network(3)] [ReLU] public partial class @required; }",
            "event.Models.class+required"));

    [Theory]
    [InlineData("NET", "NET")]
    [InlineData("Net", "Net-2")]
    [InlineData("App.Net", "App.Net")]
    [InlineData("app.Net", "app-2.Net")]
    [InlineData("app.Other", "app-2.Other")]
    public void Names_that_differ_in_case_only_are_numbered(string type, string fileName) => Assert.Equal(
        fileName,
        Parse("""
            [Network(3)] [ReLU] partial class Net;
            [Network(3)] [ReLU] partial class NET;
            namespace App { [Network(3)] [ReLU] partial class Net; }
            namespace app { [Network(3)] [ReLU] partial class Net; [Network(3)] [ReLU] partial class Other; }
            """, type).FileName);

    private static TypeName Parse(string source, string metadataName) => Declaration.Parse(Declaration.Compile(source), metadataName).Type;
}
