using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Symbols;

/// <summary>The names of hot methods in snapshots, in reports and in generated code.</summary>
internal static class MethodNames
{
    /// <summary>Stands behind the name of a field or property in the name of its initializer.</summary>
    private const string Initializer = ".initializer";

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

    /// <summary>The id by which snapshots know a method.</summary>
    public static string Id(ISymbol symbol) =>
        symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction } ? $"{Id(Holder(symbol))}|{symbol.Name}"
        : Initialized(symbol) is { } member ? Id(member)
        : AsWritten(symbol.GetDocumentationCommentId() ?? symbol.Name);

    /// <summary>The name that reports show: namespace, types, name and parameter types.</summary>
    public static string Name(ISymbol symbol) =>
        symbol switch
        {
            IMethodSymbol { MethodKind: MethodKind.LocalFunction } => $"{Name(Holder(symbol))}.{symbol.Name}",
            IMethodSymbol { MethodKind: MethodKind.Constructor } =>
                $"{TypeName(symbol)}.new{symbol.ToDisplayString(s_reportMember).Substring(symbol.ContainingType.Name.Length)}",
            IMethodSymbol { MethodKind: MethodKind.StaticConstructor } => $"{TypeName(symbol)}.static()",
            IMethodSymbol when Initialized(symbol) is { } member => $"{TypeName(symbol)}.{member.Name}{Initializer}",
            IMethodSymbol { Name: Marks.TopLevel } => $"{TypeName(symbol)}.<Main>",
            IMethodSymbol => $"{TypeName(symbol)}.{AsWritten(symbol.ToDisplayString(s_reportMember))}",
            IFieldSymbol or IPropertySymbol or IEventSymbol => $"{TypeName(symbol)}.{symbol.Name}",
            _ => symbol.ToDisplayString(s_reportType),
        };

    /// <summary>The field or property whose initial value a method computes that prepare made; null for other methods.</summary>
    private static ISymbol? Initialized(ISymbol method) =>
        method is IMethodSymbol && method.Name.IndexOf(Marks.Initial, StringComparison.Ordinal) is var mark and > 0
            ? method.ContainingType.GetMembers(method.Name.Substring(0, mark)).FirstOrDefault()
            : null;

    private static string TypeName(ISymbol member) => member.ContainingType.ToDisplayString(s_reportType);

    /// <summary>
    /// The member that contains a local function in the user's text. Lambdas do not count, and neither does a function that prepare put there.
    /// </summary>
    public static ISymbol Holder(ISymbol local)
    {
        var holder = local.ContainingSymbol;
        while (
            holder is not (INamedTypeSymbol or IFieldSymbol or IPropertySymbol or IEventSymbol)
            && (holder is not IMethodSymbol { MethodKind: not MethodKind.AnonymousFunction } || holder.Name == Marks.LocalCore)
        )
        {
            holder = holder.ContainingSymbol;
        }

        return holder;
    }

    /// <summary>The id and the name of the initializers of a type, where no single constructor runs them.</summary>
    public static (string Id, string Name) OfInitializers(INamedTypeSymbol type, bool isStatic) =>
        isStatic ? ($"M:{Id(type).Substring(2)}.#cctor", $"{Name(type)}.static()") : ($"{Id(type)}|initializers", $"{Name(type)}.<initializers>");

    /// <summary>The id of a lambda or local function in a hot method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="function">The function.</param>
    /// <param name="number">For a lambda, its number among the lambdas in the method, from 1.</param>
    public static string OfFunctionId(ISymbol method, IMethodSymbol function, int number) =>
        function.MethodKind == MethodKind.LocalFunction ? $"{Id(method)}|{function.Name}" : $"{Id(method)}|lambda{number}";

    /// <summary>The name of a lambda or local function in a hot method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="function">The function.</param>
    /// <param name="place">The place of the function.</param>
    /// <param name="purpose">What the function is for; empty if the source does not say so.</param>
    public static string OfFunction(ISymbol method, IMethodSymbol function, FileLinePositionSpan place, string purpose)
    {
        string holder = Name(method);
        if (function.MethodKind == MethodKind.LocalFunction)
        {
            return $"{holder}.{function.Name}";
        }

        int line = place.StartLinePosition.Line + 1;
        int parameters = holder.IndexOf('(');
        string name =
            method.Name == Marks.TopLevel ? $"{Path.GetFileName(place.Path)}:{line}"
            : holder.EndsWith(Initializer, StringComparison.Ordinal) ? $"{holder.Substring(0, holder.Length - Initializer.Length)}.lambda:{line}"
            : $"{(parameters < 0 ? holder : holder.Substring(0, parameters))}.lambda:{line}";
        return purpose.Length == 0 ? name : $"{name} {purpose}";
    }

    /// <summary>The name as the user wrote it. For a core that prepare made, it is the name of its method.</summary>
    private static string AsWritten(string name)
    {
        name = name.Replace(Marks.TopLevel, Marks.TopLevelId);
        int mark = name.IndexOf(Marks.Core, StringComparison.Ordinal);
        return mark < 0
            ? name
            : name.Substring(0, mark) + name.Substring(mark + Marks.Core.Length).TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
    }

    /// <summary>The key of a pair that the user wrote.</summary>
    public static string Key(IMethodSymbol method)
    {
        ulong hash = 14695981039346656037;
        // A documentation-comment id shows nothing of function pointers.
        foreach (char letter in Id(method) + method.ToDisplayString(s_reportMember))
        {
            hash = unchecked((hash ^ letter) * 1099511628211);
        }

        return hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }
}
