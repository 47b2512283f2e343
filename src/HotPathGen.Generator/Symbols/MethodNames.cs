using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Symbols;

/// <summary>What hot methods are called in snapshots, in reports and in generated code.</summary>
internal static class MethodNames
{
    private static readonly SymbolDisplayFormat s_reportType = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters
    );

    private static readonly SymbolDisplayFormat s_reportMember = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeExplicitInterface,
        extensionMethodStyle: SymbolDisplayExtensionMethodStyle.StaticMethod,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeModifiers,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
    );

    /// <summary>By which snapshots know a method.</summary>
    public static string Id(ISymbol symbol) =>
        symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction }
            ? $"{Id(Holder(symbol))}|{symbol.Name}"
            : AsWritten(symbol.GetDocumentationCommentId() ?? symbol.Name);

    /// <summary>As reports show it: namespace, types, name and parameter types.</summary>
    public static string Name(ISymbol symbol) =>
        symbol switch
        {
            IMethodSymbol { MethodKind: MethodKind.LocalFunction } => $"{Name(Holder(symbol))}.{symbol.Name}",
            IMethodSymbol { MethodKind: MethodKind.Constructor } =>
                $"{TypeName(symbol)}.new{symbol.ToDisplayString(s_reportMember).Substring(symbol.ContainingType.Name.Length)}",
            IMethodSymbol { MethodKind: MethodKind.StaticConstructor } => $"{TypeName(symbol)}.static()",
            IMethodSymbol => $"{TypeName(symbol)}.{AsWritten(symbol.ToDisplayString(s_reportMember))}",
            _ => symbol.ToDisplayString(s_reportType),
        };

    private static string TypeName(ISymbol member) => member.ContainingType.ToDisplayString(s_reportType);

    /// <summary>What the user's text shows round a local function: not a lambda, and not what prepare put there.</summary>
    private static ISymbol Holder(ISymbol local)
    {
        var holder = local.ContainingSymbol;
        while (
            holder is not INamedTypeSymbol
            && (holder is not IMethodSymbol { MethodKind: not MethodKind.AnonymousFunction } || holder.Name == Marks.LocalCore)
        )
        {
            holder = holder.ContainingSymbol;
        }

        return holder;
    }

    /// <summary>The name of a core is that of its method.</summary>
    private static string AsWritten(string name)
    {
        int mark = name.IndexOf(Marks.Core, StringComparison.Ordinal);
        return mark < 0
            ? name
            : name.Substring(0, mark) + name.Substring(mark + Marks.Core.Length).TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
    }

    /// <summary>The key of a pair that the user wrote.</summary>
    public static string Key(IMethodSymbol method)
    {
        ulong hash = 14695981039346656037;
        // A documentation-comment id has nothing for function pointers.
        foreach (char letter in Id(method) + method.ToDisplayString(s_reportMember))
        {
            hash = unchecked((hash ^ letter) * 1099511628211);
        }

        return hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }
}
