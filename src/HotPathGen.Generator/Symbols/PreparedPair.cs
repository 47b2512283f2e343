using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Symbols;

/// <summary>A pair as prepare left it in the text: the declaration and, behind it, the core.</summary>
internal static class PreparedPair
{
    /// <summary>The core of a declaration; null if prepare did not make the pair.</summary>
    public static MethodDeclarationSyntax? Core(MethodDeclarationSyntax declaration)
    {
        var members = ((TypeDeclarationSyntax)declaration.Parent!).Members;
        return members.IndexOf(declaration) is var index && index + 1 < members.Count ? members[index + 1] as MethodDeclarationSyntax : null;
    }

    /// <summary>
    /// The declaration of the pair that a marked member is, or that it calls; null if there is none. The pairs of a property's accessors stand right
    /// before or behind the property.
    /// </summary>
    public static MethodDeclarationSyntax? Declaration(SyntaxNode member, PreparedMark mark)
    {
        int end = mark.Core.LastIndexOf(Marks.Core, StringComparison.Ordinal);
        if (end < 0 || member is MethodDeclarationSyntax { Body: null, ExpressionBody: null })
        {
            return member as MethodDeclarationSyntax;
        }

        string name = mark.Core.Substring(0, end) + Marks.Forwarded + mark.Core.Substring(end + Marks.Core.Length);
        var holder = member.FirstAncestorOrSelf<SyntaxNode>(static node => node.Parent is TypeDeclarationSyntax)!;
        var members = ((TypeDeclarationSyntax)holder.Parent!).Members;
        int index = members.IndexOf((MemberDeclarationSyntax)holder);
        return members
            .Skip(Math.Max(0, index - MostBetween))
            .Take((2 * MostBetween) + 1)
            .OfType<MethodDeclarationSyntax>()
            .FirstOrDefault(method => method.Identifier.ValueText == name);
    }

    /// <summary>A property has at most two accessors, each of which may have two methods of a pair.</summary>
    private const int MostBetween = 4;

    /// <summary>The place of a member's name or, for an accessor, of its keyword in the user's text.</summary>
    public static Location Place(IMethodSymbol member) =>
        member.AssociatedSymbol is not null
        && member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is { } syntax
        && PreparedMark.Of(syntax) is { Core.Length: > 0 } mark
        && Declaration(syntax, mark) is { } declaration
            ? declaration.Identifier.GetLocation()
            : member.Locations[0];
}
