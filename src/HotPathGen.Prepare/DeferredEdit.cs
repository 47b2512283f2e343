using System.Globalization;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Prepare;

/// <summary>
/// Measures an async or iterator method that cannot be a pair. Its body becomes a local function of the same method, which keeps the caller's
/// member name, type parameters and constraints. The method opens a frame around the call of this function. Parameters are passed and not
/// captured: a captured one would cost an object that production does not allocate. In a struct the body becomes a private method beside the
/// original one, because a local function cannot reach the struct.
/// </summary>
internal static class DeferredEdit
{
    /// <param name="declaration">The method, accessor or local function.</param>
    /// <param name="key">Its key.</param>
    /// <param name="builder">The attribute that names the core's builder; empty for none.</param>
    /// <param name="edits">Receives the text.</param>
    public static void Apply(SyntaxNode declaration, string key, string builder, TextEdits edits)
    {
        string marker = Markers.Attribute(key, "", declaration, builder);
        string type = InPlaceEdit.ReturnType(declaration);
        ParameterSyntax[] parameters = [.. Parameters(declaration)];
        bool beside = Shape.HasPrivateCore(declaration);
        string core = beside ? CoreName((MethodDeclarationSyntax)declaration, key) : Marks.LocalCore;
        string call = $"{core}({string.Join(", ", parameters.Select(parameter => beside ? Argument(parameter) : parameter.Identifier.Text))})";
        string result =
            type.Length == 0
                ? $"{call}; {Markers.Completed}"
                : $"var __hotpath_result = {call}; {Markers.Completed}return "
                    + $"{(Shape.IsIterator(declaration) ? "__hotpath_frame.Observe(__hotpath_result)" : "__hotpath_result")}; ";
        string attributes = AsyncBuilders.WithBody(Attributes(declaration), builder);
        string modifiers =
            (beside ? "private " : "")
            + string.Concat(
                Shape
                    .Modifiers(declaration)
                    .Where(modifier =>
                        modifier.Kind() is SyntaxKind.AsyncKeyword or SyntaxKind.UnsafeKeyword
                        || (beside && modifier.IsKind(SyntaxKind.ReadOnlyKeyword))
                    )
                    .Select(modifier => modifier.Text + " ")
            );
        string head =
            $"{attributes}{modifiers}{AsyncBuilders.Returns(type.Length == 0 ? "void" : type, builder)} {core}({string.Join(", ", parameters.Select(Declare))}) ";

        edits.Insert(declaration.GetFirstToken().SpanStart, marker);
        foreach (var modifier in Shape.Modifiers(declaration).Where(modifier => modifier.IsKind(SyntaxKind.AsyncKeyword)))
        {
            edits.Blank(modifier.Span);
        }

        var body = Shape.Body(declaration)!;
        edits.Insert(body.SpanStart, "{ " + Markers.OpenFrame(key) + Markers.Starts + result + Markers.CloseStarted + (beside ? "} " : "") + head);
        if (!beside)
        {
            edits.Insert(body is ArrowExpressionClauseSyntax ? declaration.GetLastToken().Span.End : body.Span.End, " }");
        }
    }

    public static SyntaxList<AttributeListSyntax> Attributes(SyntaxNode declaration) =>
        declaration switch
        {
            MethodDeclarationSyntax method => method.AttributeLists,
            LocalFunctionStatementSyntax local => local.AttributeLists,
            _ => default,
        };

    /// <summary>
    /// The name of the core. Two interfaces may have methods with the same head, in parts of one type in different files. The key tells them apart.
    /// </summary>
    private static string CoreName(MethodDeclarationSyntax method, string key) =>
        method.Identifier.ValueText
        + Marks.Core
        + ulong.Parse(key, NumberStyles.HexNumber, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The argument for a parameter. A dynamic argument is cast, because it would bind the call at run time, and the compiler must bind the call of a
    /// local function.
    /// </summary>
    private static string Argument(ParameterSyntax parameter) =>
        (parameter.Type is IdentifierNameSyntax { Identifier.ValueText: "dynamic" } ? "(object)" : "") + parameter.Identifier.Text;

    /// <summary>The parameters of the declaration, after the receiver of its extension block where it has one.</summary>
    private static IEnumerable<ParameterSyntax> Parameters(SyntaxNode declaration)
    {
        IEnumerable<ParameterSyntax> own = declaration switch
        {
            BaseMethodDeclarationSyntax method => method.ParameterList.Parameters,
            LocalFunctionStatementSyntax local => local.ParameterList.Parameters,
            AccessorDeclarationSyntax { Parent.Parent: IndexerDeclarationSyntax indexer } => indexer.ParameterList.Parameters,
            _ => [],
        };
        return
            declaration
                .Ancestors()
                .OfType<MemberDeclarationSyntax>()
                .Prepend(declaration)
                .Select(node => node.Parent)
                .FirstOrDefault(node => node is TypeDeclarationSyntax)
                is ExtensionBlockDeclarationSyntax { ParameterList.Parameters: [{ Identifier.ValueText.Length: > 0 } receiver] }
            && !Shape.Modifiers(declaration).Any(SyntaxKind.StaticKeyword)
            ? own.Prepend(receiver)
            : own;
    }

    /// <summary>
    /// The parameter without what only a method's parameter may have. Only one of its attributes changes the body. The others are for callers, and
    /// some of them do not compile where there is no default value.
    /// </summary>
    private static string Declare(ParameterSyntax parameter) =>
        BodyAttributes.Of(parameter)
        + HeadText.OneLine(
            parameter
                .WithDefault(null)
                .WithAttributeLists([])
                .WithModifiers([
                    .. parameter.Modifiers.Where(modifier => modifier.Kind() is not (SyntaxKind.ThisKeyword or SyntaxKind.ParamsKeyword)),
                ])
        );
}
