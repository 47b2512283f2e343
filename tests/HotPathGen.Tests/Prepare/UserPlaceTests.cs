using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Tests.Prepare;

[TestFixture]
public sealed class UserPlaceTests
{
    /// <summary>A call whose text is hidden, with the user's text in its argument, between two texts of the user.</summary>
    private const string Text = """
        class C { void M() {
        #line (3,5)-(3,9) "a.razor"
        Own();
        #line 90 "a.g.cs"
        #line hidden
        Between();
        Takes(
        #line (7,11)-(7,15) "a.razor"
        value
        #line default
        #line hidden
        );
        Last(() => Nothing());
        } }
        """;

    [TestCase("Own", 3, 5)]
    [TestCase("Between", 3, 10)]
    [TestCase("Takes", 7, 11)]
    [TestCase("Last", 7, 16)]
    public void Hidden_code_has_the_place_of_the_text_in_it_or_before_it(string name, int line, int column)
    {
        var call = Calls(Text).Single(call => call.Expression.ToString() == name);

        var place = UserPlace.Of(call);

        Assert.That((place.Path, place.StartLinePosition.Line + 1, place.StartLinePosition.Character + 1), Is.EqualTo(("a.razor", line, column)));
    }

    [Test]
    public void Hidden_code_among_the_lines_of_its_own_file_keeps_them()
    {
        const string Hidden = "class C { void M() {\nOwn();\n#line hidden\nBehind();\n} }";

        Assert.That(Calls(Hidden).Select(static call => UserPlace.Of(call).StartLinePosition.Line), Is.EqualTo([1, 3]));
    }

    [TestCase("Takes", false)]
    [TestCase("Last", true)]
    [TestCase("Own", false)]
    public void Only_code_without_a_line_of_the_user_is_nowhere(string name, bool isNowhere) =>
        Assert.That(UserPlace.IsNowhere(Calls(Text).Single(call => call.Expression.ToString() == name)), Is.EqualTo(isNowhere));

    private static IEnumerable<InvocationExpressionSyntax> Calls(string text) =>
        CSharpSyntaxTree.ParseText(text, path: "a.cs").GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>();
}
