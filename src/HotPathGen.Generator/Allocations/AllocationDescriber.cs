using System.Globalization;
using HotPathGen.Causes;
using HotPathGen.Generator.Library;
using HotPathGen.Generator.Sites;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Allocations;

/// <summary>Describes the allocations of one body without symbols.</summary>
internal sealed class AllocationDescriber(IMethodSymbol method, MethodAllocations methods, OffHeap offHeap)
{
    /// <param name="site">The kind of the allocation, its type and the called method.</param>
    /// <param name="operation">The operation that allocates. For a closure, the first function that captures; for a state machine, the body.</param>
    /// <param name="certainty">How sure it is that the operation allocates.</param>
    /// <param name="syntax">What the user sees as the expression; by default that of the operation.</param>
    /// <param name="place">
    /// The token that a snapshot gives as the site's place; by default the first one. For a closure, it is where the scope begins; for a state
    /// machine, where the body begins.
    /// </param>
    /// <param name="captures">The names of the variables that a closure holds.</param>
    public Allocation Of(
        Site site,
        IOperation operation,
        Certainty certainty,
        SyntaxNode? syntax = null,
        SyntaxToken? place = null,
        IReadOnlyList<string>? captures = null
    )
    {
        syntax ??= operation.Syntax;
        captures ??= [];
        string text = site.Kind switch
        {
            SiteKind.Closure => SiteText.OfClosure(captures),
            SiteKind.Enumerator when syntax is CommonForEachStatementSyntax loop => SiteText.OfLoop(loop),
            _ => SiteText.OneLine(SiteText.Shown(syntax).ToString()),
        };
        string subject = Subject(site, captures);
        return new(site.Kind, certainty, methods.Span(Reported(site.Kind, syntax)), Place(place ?? SiteText.Shown(syntax).GetFirstToken()))
        {
            Start = syntax.SpanStart,
            Text = text,
            Subject = subject,
            Link = $"{Words.Of(site.Kind)} {Thing(site, subject)} ({FileAndLine(syntax)})",
            Cause = CauseOf(site, text),
            Callee = site.Callee is { } callee ? methods.Id(MethodAllocations.Implementation(callee)) : null,
            CalleeId = site.Callee?.OriginalDefinition.GetDocumentationCommentId(),
            IsOfTypeParameter = site.Type is ITypeParameterSymbol,
            MadeTypeParameter = site
                is { Kind: SiteKind.Object, Type: ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method, Ordinal: var ordinal } }
                ? ordinal
                : null,
            IsReturned = OffHeap.IsReturned(operation),
            CanStayInCaller = offHeap.KeepsReturned(operation),
        };
    }

    /// <summary>The call of a method of which nothing is known.</summary>
    public UnknownCall Unknown(IMethodSymbol callee, IOperation call, ITypeSymbol? receiver) =>
        new(UnknownCallee.Of(callee, receiver), methods.Span(call.Syntax.GetLocation()), Place(SiteText.Shown(call.Syntax).GetFirstToken()), []);

    /// <summary>The place to report: the expression, or, for loops, functions and bodies, the part that names them.</summary>
    private static Location Reported(SiteKind kind, SyntaxNode syntax) =>
        syntax switch
        {
            CommonForEachStatementSyntax loop => loop.Expression.GetLocation(),
            LambdaExpressionSyntax lambda when kind == SiteKind.Closure => lambda.ArrowToken.GetLocation(),
            LocalFunctionStatementSyntax function => function.Identifier.GetLocation(),
            MethodDeclarationSyntax declared => declared.Identifier.GetLocation(),
            PropertyDeclarationSyntax property => property.Identifier.GetLocation(),
            AccessorDeclarationSyntax accessor => accessor.Keyword.GetLocation(),
            _ => syntax.GetLocation(),
        };

    private static SitePlace Place(SyntaxToken token)
    {
        var position = token.GetLocation().GetMappedLineSpan().StartLinePosition;
        return new(token.SpanStart, string.Format(CultureInfo.InvariantCulture, "{0}:{1}", position.Line + 1, position.Character + 1));
    }

    private static string FileAndLine(SyntaxNode syntax)
    {
        var place = syntax.GetFirstToken().GetLocation().GetMappedLineSpan();
        return string.Format(CultureInfo.InvariantCulture, "{0}:{1}", Path.GetFileName(place.Path), place.StartLinePosition.Line + 1);
    }

    private static string Subject(Site site, IReadOnlyList<string> captures) =>
        site switch
        {
            { Kind: SiteKind.With, Type: { } type } => $"A copy of '{DisplayNames.Of(type)}'",
            { Kind: SiteKind.AnonymousObject } => "An anonymous object",
            { Kind: SiteKind.Object or SiteKind.Array or SiteKind.CollectionExpression, Type: { } type } => $"A new '{DisplayNames.Of(type)}'",
            { Kind: SiteKind.Boxing, Type: { } type } => $"'{DisplayNames.Of(type)}'",
            { Kind: SiteKind.Closure } => string.Join(", ", captures.Select(static name => $"'{name}'")),
            { Kind: SiteKind.Concatenation or SiteKind.Interpolation, Kind: var kind } => Words.Of(kind),
            { Kind: SiteKind.Call or SiteKind.Growth or SiteKind.Linq or SiteKind.Reflection, Callee: { } callee } => $"'{DisplayNames.Of(callee)}'",
            { Kind: SiteKind.Call } => "A dynamic operation",
            { Type: { } type } => $"'{DisplayNames.Of(type)}'",
            _ => Words.Of(site.Kind),
        };

    private static string Thing(Site site, string subject) =>
        site switch
        {
            { Kind: SiteKind.Closure } => "of " + subject,
            { Callee: { } callee } => $"'{DisplayNames.Of(callee)}'",
            { Type: { } type } => $"'{DisplayNames.Of(type)}'",
            _ => "of something dynamic",
        };

    private Cause CauseOf(Site site, string text) =>
        site switch
        {
            {
                Kind: SiteKind.Call or SiteKind.Growth or SiteKind.Linq or SiteKind.Reflection,
                Callee: { MethodKind: not MethodKind.Constructor } callee
            } => Cause.Of(
                site.Kind,
                $"{callee.ContainingType.Name}.{(callee.AssociatedSymbol ?? callee).Name}",
                text,
                CalleeOrigin.Of(site, method.ContainingAssembly)
            ),
            { Type: { } type } => Cause.Of(site.Kind, DisplayNames.Of(type)),
            _ => Cause.Of(site.Kind),
        };
}
