using System.Globalization;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Prepare;

/// <summary>
/// Moves the body of a member that cannot be a pair to a private pair beside it, which the member calls. The body stays at its place in the text: the
/// member ends before it, and the core of the pair begins there.
/// </summary>
internal static class ForwardingEdit
{
    /// <summary>Moves the body of a method, constructor, operator or finalizer, or of a property that has an expression for a body.</summary>
    /// <param name="declaration">The member.</param>
    /// <param name="key">Its key.</param>
    /// <param name="builder">The attribute that names the core's builder; empty for none.</param>
    /// <param name="constraints">The constraints of its type parameters where it inherits them; null where it states them.</param>
    /// <param name="edits">Receives the text.</param>
    public static void Apply(SyntaxNode declaration, string key, string builder, string? constraints, TextEdits edits)
    {
        var member = Member.Of(declaration, key, builder, constraints);
        int body = Shape.Body(declaration)!.SpanStart;
        if (declaration is BasePropertyDeclarationSyntax)
        {
            edits.Insert(body, $"{{ {member.Mark}get {member.Call}}} {member.Pair}{Markers.Column(declaration, body)}");
            return;
        }

        edits.Insert(declaration.GetFirstToken().SpanStart, member.Mark);
        BlankAsync(Shape.Modifiers(declaration), edits);
        edits.Insert(body, member.Call + member.Pair + Markers.Column(declaration, body));
    }

    /// <summary>
    /// Moves the bodies of accessors. If they are the last accessors of their property, the property ends before the first of these bodies. If
    /// another accessor follows, which stays as it is, the property begins behind the last of these bodies.
    /// </summary>
    /// <param name="accessors">Accessors of one property that stand side by side, with their keys.</param>
    /// <param name="edits">The edits of the file.</param>
    public static void Apply(IReadOnlyList<(AccessorDeclarationSyntax Accessor, string Key)> accessors, TextEdits edits)
    {
        var list = (AccessorListSyntax)accessors[0].Accessor.Parent!;
        Member[] members = [.. accessors.Select(accessor => Member.Of(accessor.Accessor, accessor.Key, builder: "", constraints: null))];
        string heads = string.Concat(accessors.Zip(members, (accessor, member) => $"{member.Mark}{HeadOf(accessor.Accessor)} {member.Call}"));
        bool areLast = accessors[^1].Accessor == list.Accessors[^1];
        for (int i = 0; i < accessors.Count; i++)
        {
            var accessor = accessors[i].Accessor;
            BlankTokens(accessor.GetFirstToken(), accessor.Keyword, edits);
            int end = accessor.Keyword.Span.End;
            edits.Insert(end, (areLast && i == 0 ? heads + "} " : "") + members[i].Pair + Markers.Column(accessor, end));
        }

        if (areLast)
        {
            edits.Blank(list.CloseBraceToken.Span);
            return;
        }

        var first = list.Parent!.GetFirstToken();
        edits.Insert(accessors[^1].Accessor.Span.End, " " + HeadText.OneLine(list.Parent, list.OpenBraceToken.Span.End) + " " + heads);
        BlankTokens(first, list.OpenBraceToken, edits);
    }

    private static string HeadOf(AccessorDeclarationSyntax accessor) => HeadText.OneLine(accessor, accessor.Keyword.Span.End);

    private static void BlankTokens(SyntaxToken first, SyntaxToken last, TextEdits edits)
    {
        for (var token = first; ; token = token.GetNextToken())
        {
            edits.Blank(token.Span);
            if (token == last)
            {
                return;
            }
        }
    }

    private static void BlankAsync(SyntaxTokenList modifiers, TextEdits edits)
    {
        foreach (var modifier in modifiers.Where(modifier => modifier.IsKind(SyntaxKind.AsyncKeyword)))
        {
            edits.Blank(modifier.Span);
        }
    }

    /// <summary>The texts that take the place of a member's body.</summary>
    /// <param name="Mark">The attribute of the member.</param>
    /// <param name="Call">The body that calls the pair.</param>
    /// <param name="Pair">The declaration of the pair and the head of its core.</param>
    private readonly record struct Member(string Mark, string Call, string Pair)
    {
        public static Member Of(SyntaxNode declaration, string key, string builder, string? constraints)
        {
            // Members of one name may stand in several files of one type: overloads, and implementations of several interfaces.
            string number = ulong.Parse(key, NumberStyles.HexNumber, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
            string name = NameOf(declaration);
            string core = name + Marks.Core + number;
            string declared = name + Marks.Forwarded + number;

            string type = InPlaceEdit.ReturnType(declaration);
            var property = declaration.FirstAncestorOrSelf<BasePropertyDeclarationSyntax>();
            SyntaxTokenList[] modifiers = [Shape.Modifiers(declaration), property?.Modifiers ?? default];
            var method = declaration as MethodDeclarationSyntax;
            string typeParameters = method?.TypeParameterList is { } list ? HeadText.OneLine(list) : "";
            string arguments = method?.TypeParameterList is { Parameters: var generic }
                ? $"<{string.Join(", ", generic.Select(parameter => parameter.Identifier.Text))}>"
                : "";
            constraints ??= string.Concat(method?.ConstraintClauses.Select(clause => " " + HeadText.OneLine(clause)) ?? []);
            ParameterSyntax[] parameters = [.. Parameters(declaration)];
            string head = $"({string.Join(", ", parameters.Select(Declare).Concat(Value(declaration, property)))}){constraints}";
            string values = string.Join(
                ", ",
                parameters.Select(Argument).Concat(Value(declaration, property).Select(_ => Cast(property!.Type) + "value"))
            );
            string reference = type.StartsWith("ref ", StringComparison.Ordinal) ? "ref " : "";
            string result = type.Length == 0 ? "void" : type;

            return new(
                Markers.Attribute(key, core, declaration, builder),
                $"=> {reference}{declared}{arguments}({values}); ",
                $"{Attributes(forCore: false)}private {Has(SyntaxKind.StaticKeyword)}{Has(SyntaxKind.ReadOnlyKeyword)}{Has(SyntaxKind.UnsafeKeyword)}"
                    + $"partial {result} {declared}{typeParameters}{head}; "
                    + $"{Attributes(forCore: true)}private {Has(SyntaxKind.StaticKeyword)}{Has(SyntaxKind.ReadOnlyKeyword)}"
                    + $"{Has(SyntaxKind.UnsafeKeyword)}{Has(SyntaxKind.AsyncKeyword)}{AsyncBuilders.Returns(result, builder)} {core}{typeParameters}{head} "
            );

            string Has(SyntaxKind modifier) => modifiers.Any(list => list.Any(modifier)) ? SyntaxFacts.GetText(modifier) + " " : "";

            string Attributes(bool forCore) =>
                string.Concat(
                    AttributeLists(declaration, property)
                        .Select(lists =>
                            forCore
                                ? AsyncBuilders.WithBody(lists, builder)
                                : BodyAttributes.Of(lists, HeadText.OneLine, without: BodyAttributes.Implementation)
                        )
                        .Distinct()
                );
        }

        /// <summary>The attributes of a member and, for an accessor, of its property.</summary>
        private static IEnumerable<SyntaxList<AttributeListSyntax>> AttributeLists(SyntaxNode declaration, BasePropertyDeclarationSyntax? property) =>
            declaration switch
            {
                AccessorDeclarationSyntax accessor => [property!.AttributeLists, accessor.AttributeLists],
                MemberDeclarationSyntax member => [member.AttributeLists],
                _ => [],
            };

        /// <summary>The first part of the names of the pair. The name in front of a stack trace's line says what it is.</summary>
        private static string NameOf(SyntaxNode declaration) =>
            declaration switch
            {
                MethodDeclarationSyntax method => method.Identifier.ValueText,
                ConstructorDeclarationSyntax constructor => constructor.Modifiers.Any(SyntaxKind.StaticKeyword) ? "static" : "new",
                DestructorDeclarationSyntax => "Finalize",
                ConversionOperatorDeclarationSyntax or OperatorDeclarationSyntax => "op",
                AccessorDeclarationSyntax { Keyword.ValueText: var keyword, Parent.Parent: var holder } =>
                    $"{(keyword == "init" ? "set" : keyword)}_{NameOfProperty(holder)}",
                _ => "get_" + NameOfProperty(declaration),
            };

        private static string NameOfProperty(SyntaxNode? declaration) =>
            declaration switch
            {
                PropertyDeclarationSyntax property => property.Identifier.ValueText,
                EventDeclarationSyntax declared => declared.Identifier.ValueText,
                _ => "Item",
            };

        private static SeparatedSyntaxList<ParameterSyntax> Parameters(SyntaxNode declaration) =>
            declaration switch
            {
                BaseMethodDeclarationSyntax method => method.ParameterList.Parameters,
                IndexerDeclarationSyntax indexer => indexer.ParameterList.Parameters,
                AccessorDeclarationSyntax { Parent.Parent: IndexerDeclarationSyntax indexer } => indexer.ParameterList.Parameters,
                _ => [],
            };

        /// <summary>The parameter that an accessor has without writing it.</summary>
        private static IEnumerable<string> Value(SyntaxNode declaration, BasePropertyDeclarationSyntax? property) =>
            declaration is AccessorDeclarationSyntax { Keyword.RawKind: not (int)SyntaxKind.GetKeyword }
                ? [$"{HeadText.OneLine(property!.Type)} value"]
                : [];

        /// <summary>A dynamic argument is cast, because it would bind the call at run time.</summary>
        private static string Cast(TypeSyntax? type) =>
            type is NullableTypeSyntax nullable ? Cast(nullable.ElementType)
            : type is IdentifierNameSyntax { Identifier.ValueText: "dynamic" } ? "(object)"
            : "";

        private static string Argument(ParameterSyntax parameter)
        {
            string name = parameter.Identifier.Text;
            return parameter.Modifiers.Any(SyntaxKind.OutKeyword) ? "out " + name
                : parameter.Modifiers.Any(SyntaxKind.InKeyword) || parameter.Modifiers.Any(SyntaxKind.ReadOnlyKeyword) ? "in " + name
                : parameter.Modifiers.Any(SyntaxKind.RefKeyword) ? "ref " + name
                : Cast(parameter.Type) + name;
        }

        /// <summary>The parameter without what is for callers: attributes, the default value, and the receiver's modifier.</summary>
        private static string Declare(ParameterSyntax parameter) =>
            BodyAttributes.Of(parameter)
            + HeadText.OneLine(
                parameter
                    .WithDefault(null)
                    .WithAttributeLists([])
                    .WithModifiers([.. parameter.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.ThisKeyword))])
            );
    }
}
