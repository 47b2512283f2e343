using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Prepare;

/// <summary>
/// Measures the initializers of fields and properties. They run before a constructor's body, where no frame can be opened, so each expression that
/// may allocate is handed to a probe. The type of the field is the probe's type argument, so the expression converts as before. The first of them
/// in each part of a type carries the mark by which the generator finds the row. An expression with lambdas becomes the core of a pair, so that the
/// generator can open their frames.
/// </summary>
internal sealed class InitializerEdit(SourceFile file, HotCode code, Func<SyntaxNode, bool> passesName, Func<string> newKey, TextEdits edits)
{
    private readonly HashSet<SyntaxNode> _owners = [];
    private readonly HashSet<SyntaxNode> _pairs = [];
    private readonly List<SyntaxNode> _functions = [];
    private readonly List<(SyntaxNode Code, string Reason)> _plain = [];

    /// <summary>The constructors whose rows the initializers have, although their bodies only move values.</summary>
    public IReadOnlySet<SyntaxNode> Owners => _owners;

    /// <summary>The initializers that became pairs.</summary>
    public IReadOnlySet<SyntaxNode> Pairs => _pairs;

    /// <summary>The lambdas in the initializers that did not.</summary>
    public IReadOnlyList<SyntaxNode> Functions => _functions;

    /// <summary>The initializers that are not measured, and the types whose marked primary constructors are not.</summary>
    public IReadOnlyList<(SyntaxNode Code, string Reason)> Plain => _plain;

    public void Apply()
    {
        _plain.AddRange(
            from type in file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>()
            where type.ParameterList is not null && Initializers.VerdictOfPrimary(type) is true
            let reason = Initializers.ReasonOfPrimary(type)
            where reason is not null
            select ((SyntaxNode)type, reason)
        );
        var parts =
            from type in file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>()
            from one in Initializers.In(type)
            group one by (Type: type, IsStatic: one.Member.Modifiers.Any(SyntaxKind.StaticKeyword));
        foreach (var part in parts)
        {
            var (type, isStatic) = part.Key;
            bool? verdict = Initializers.Verdict(type, isStatic);
            var hot = part.Where(one => Hotness.OwnVerdict(one.Member) ?? verdict ?? code.IsHot(one.Member)).ToList();
            _plain.AddRange(hot.Where(one => Reason(one.Member) is not null).Select(one => ((SyntaxNode)one.Value, Reason(one.Member)!)));
            hot.RemoveAll(one => Reason(one.Member) is not null);
            if (hot.Count > 0)
            {
                Measure(hot, newKey(), isStatic ? Marks.StaticInitializers : Marks.Initializers);
                if (Initializers.Constructors(type, isStatic).ToArray() is [var owner])
                {
                    _owners.Add(owner);
                }
            }

            foreach (
                var (member, value) in part.Except(hot)
                    .Where(one => Hotness.FunctionsIn(one.Value.Parent!).Any(IsMarked) && CanBePair(one.Value, one.Member))
            )
            {
                Split(member, value, "", "");
            }
        }
    }

    private static bool IsMarked(SyntaxNode function) => Hotness.OwnVerdict(function) is true;

    private string? Reason(MemberDeclarationSyntax member) => Directives.CanName(file.Path) ? Initializers.Reason(member) : Directives.CannotName;

    private bool CanBePair(ExpressionSyntax value, MemberDeclarationSyntax member) =>
        Directives.CanName(file.Path) && Initializers.CanBePair((EqualsValueClauseSyntax)value.Parent!, member) && !passesName(value);

    private void Measure(List<(MemberDeclarationSyntax Member, ExpressionSyntax Value)> initializers, string key, string kind)
    {
        edits.Insert(initializers[0].Member.GetFirstToken().SpanStart, Markers.Attribute(key, "", kind));
        foreach (var (member, value) in initializers)
        {
            string begin = $"{Markers.BeginInitializer(key)}.End<{HeadText.OneLine(Initializers.Type(member)!)}>(";
            string end = value == initializers[^1].Value ? $", {Markers.EndsCall(key)})" : ")";
            if (CanBePair(value, member))
            {
                Split(member, value, begin, end);
                continue;
            }

            edits.Open(value.SpanStart, -1, begin + ArrayHead(member, value));
            edits.Close(value.Span.End, -1, end);
            _functions.AddRange(Initializers.IsTree(member) ? [] : Hotness.FunctionsIn(value.Parent!));
        }
    }

    /// <summary>Makes a pair of an expression. It stays at its place, as the body of the core, and a call of the pair stands before it.</summary>
    private void Split(MemberDeclarationSyntax member, ExpressionSyntax value, string begin, string end)
    {
        string name = PreparedFile.NameToken(member is BaseFieldDeclarationSyntax ? value.Parent!.Parent! : member).ValueText + Marks.Initial;
        string type = HeadText.OneLine(Initializers.Type(member)!);
        string modifiers = member.Modifiers.Any(SyntaxKind.UnsafeKeyword) ? "private static unsafe " : "private static ";
        edits.Open(
            value.SpanStart,
            -1,
            $"{begin}{name}(){end}; {Markers.Attribute(newKey(), name + Marks.Core, "call")}{modifiers}partial {type} {name}(); "
                + $"{modifiers}{type} {name}{Marks.Core}() => {ArrayHead(member, value)}{Markers.Column(value, value.SpanStart)}"
        );
        _pairs.Add(value.Parent!);
    }

    /// <summary>What an array initializer needs where it is not the initializer of a variable.</summary>
    private static string ArrayHead(MemberDeclarationSyntax member, ExpressionSyntax value) =>
        value is InitializerExpressionSyntax ? $"new {HeadText.OneLine(Initializers.NotNull(Initializers.Type(member)!))} " : "";
}
