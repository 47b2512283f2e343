using HotPathGen.Syntax;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Prepare;

/// <summary>
/// Opens a frame in a lambda or anonymous method with braces, where no pair contains it. Syntax does not tell what type it returns, so returns cannot
/// be marked. An exception filter says instead that an exception leaves the lambda. It runs only if there is one.
/// </summary>
internal static class LambdaEdit
{
    public static void Apply(BlockSyntax body, string key, TextEdits edits)
    {
        edits.Insert(body.OpenBraceToken.Span.End, " " + Markers.OpenLambda(key));
        edits.Insert(body.CloseBraceToken.SpanStart, Markers.CloseLambda);
    }
}
