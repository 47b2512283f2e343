using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Syntax;

/// <summary>Reads the names of attributes from syntax.</summary>
internal static class AttributeNames
{
    /// <summary>An attribute's name without qualification and without the suffix "Attribute".</summary>
    public static string Simple(AttributeSyntax attribute)
    {
        string name = Rightmost(attribute.Name) ?? "";
        const string suffix = "Attribute";
        return name.Length > suffix.Length && name.EndsWith(suffix, System.StringComparison.Ordinal)
            ? name.Substring(0, name.Length - suffix.Length)
            : name;
    }

    /// <summary>The last identifier of a name, which may be qualified; null for what is not a name.</summary>
    public static string? Rightmost(SyntaxNode name) =>
        name switch
        {
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            _ => null,
        };
}
