using LrpGen.Generator.Emission;

namespace LrpGen.Tests.Emission;

public class CodeWriterTests
{
    private readonly CodeWriter writer = new();

    [Fact]
    public void BlocksIndentAndAreSetApart()
    {
        using (writer.Block("if (a)"))
        {
            writer.Line("b();");
        }

        using (writer.Block("else"))
        {
            writer.Line("c();");
        }

        writer.Line("d();");
        AssertText("""
            if (a)
            {
                b();
            }
            else
            {
                c();
            }

            d();
            """);
    }

    [Fact]
    public void ScopeAloneInItsBlockIsLeftOut()
    {
        using (writer.Block("for (;;)"))
        {
            writer.Line("a();");
            using (writer.Scope())
            {
                writer.Line("b();");
            }
        }

        AssertText("""
            for (;;)
            {
                a();
                b();
            }
            """);
    }

    [Fact]
    public void ScopeInAScopeIsLeftOutToo()
    {
        using (writer.Block("for (;;)"))
        {
            using (writer.Scope())
            {
                using (writer.Scope())
                {
                    writer.Line("a();");
                }
            }
        }

        AssertText("""
            for (;;)
            {
                a();
            }
            """);
    }

    [Fact]
    public void ScopesSideBySideStay()
    {
        using (writer.Block("for (;;)"))
        {
            for (int i = 0; i < 2; i++)
            {
                using (writer.Scope())
                {
                    writer.Line("int a;");
                }
            }
        }

        AssertText("""
            for (;;)
            {
                {
                    int a;
                }

                {
                    int a;
                }
            }
            """);
    }

    /// <summary>What comes after it may declare the same names.</summary>
    [Fact]
    public void ScopeThatEndsBeforeItsBlockStays()
    {
        using (writer.Block("void M()"))
        {
            using (writer.Scope())
            {
                writer.Line("a();");
            }

            writer.Line("b();");
        }

        AssertText("""
            void M()
            {
                {
                    a();
                }

                b();
            }
            """);
    }

    [Fact]
    public void ListEndsAsToldAndKeepsItsPlace()
    {
        using (writer.List("int[] sizes =", "];"))
        {
            writer.Line("1,");
        }

        AssertText("""
            int[] sizes =
            [
                1,
            ];
            """);
    }

    [Fact]
    public void OtherWriterIsIndentedAsAWhole()
    {
        CodeWriter method = new();
        using (method.Block("void M()"))
        {
            method.Line();
        }

        using (writer.Block("class C"))
        {
            writer.Lines(method);
        }

        AssertText("""
            class C
            {
                void M()
                {

                }
            }
            """);
    }

    [Fact]
    public void SummaryIsXml()
    {
        writer.Summary("z < 0 & a > 0.");
        AssertText("/// <summary>z &lt; 0 &amp; a &gt; 0.</summary>");
    }

    /// <summary>Lines end with \n on every machine.</summary>
    private void AssertText(string expected) => Assert.Equal(expected + "\n", writer.ToString());
}
