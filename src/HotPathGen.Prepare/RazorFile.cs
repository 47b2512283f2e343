using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Prepare;

/// <summary>
/// The method that the Razor generator makes of the markup of a file. It is hidden from debuggers, except for the user's lines in it. Its name stands
/// in no file of the user, so that it is given the first line of that file.
/// </summary>
internal static class RazorFile
{
    /// <summary>The <c>.razor</c> or <c>.cshtml</c> file that a method renders; null for all other methods.</summary>
    public static string? RenderedBy(SyntaxNode declaration) =>
        declaration is MethodDeclarationSyntax { Identifier.ValueText: "BuildRenderTree" or "ExecuteAsync" } method
        && method.Modifiers.Any(SyntaxKind.OverrideKeyword)
        && UserPlace.IsHidden(method.Identifier)
        && ((CompilationUnitSyntax)method.SyntaxTree.GetRoot()).GetFirstDirective()
            is PragmaChecksumDirectiveTriviaSyntax { File.ValueText: var path }
        && Path.GetExtension(path) is ".razor" or ".cshtml"
            ? path
            : null;

    /// <summary>Gives the head of such a method its place. The body stays hidden.</summary>
    /// <param name="declaration">The method.</param>
    /// <param name="rendered">The file that it renders.</param>
    /// <param name="path">The file in which it stands.</param>
    /// <param name="edits">Gets the directives.</param>
    public static void Place(SyntaxNode declaration, string rendered, string path, TextEdits edits)
    {
        edits.Insert(declaration.GetFirstToken().SpanStart, $"\n#line (1,1)-(1,1) \"{rendered}\"\n");
        edits.Insert(Shape.Body(declaration)!.SpanStart, $"\n#line 1 \"{path}\"\n#line hidden\n");
    }
}
