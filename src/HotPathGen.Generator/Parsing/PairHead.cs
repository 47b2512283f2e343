using System.Collections.Immutable;
using System.Text;
using HotPathGen.Generator.Models;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Parsing;

/// <summary>Prints the head of a method once more: modifiers, types, parameters, and the types round it.</summary>
internal static class PairHead
{
    private static readonly SymbolDisplayFormat s_head = new(
        SymbolDisplayGlobalNamespaceStyle.Included,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeParameters,
        extensionMethodStyle: SymbolDisplayExtensionMethodStyle.StaticMethod,
        parameterOptions: SymbolDisplayParameterOptions.IncludeExtensionThis
            | SymbolDisplayParameterOptions.IncludeModifiers
            | SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeName,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
    );

    /// <summary>Prints return type, name, parameters and constraints.</summary>
    public static string Print(IMethodSymbol method, MethodDeclarationSyntax declaration, bool inSource, string name, string handle = "")
    {
        if (inSource)
        {
            return SourceHead.Print(declaration, name, handle);
        }

        var head = new StringBuilder();
        bool isNamed = false;
        foreach (var part in method.ToDisplayParts(s_head))
        {
            bool isName = part.Kind == SymbolDisplayPartKind.MethodName;
            head.Append(isName ? name : part.ToString());
            if (isNamed && handle.Length > 0 && part.Kind == SymbolDisplayPartKind.Punctuation && part.ToString() == "(")
            {
                head.Append(method.Parameters.IsEmpty ? handle : handle + ", ");
                handle = "";
            }

            isNamed |= isName;
        }

        // The display format prints the modifier readonly of methods in structs. The head has it already.
        const string readOnly = "readonly ";
        string text = head.ToString();
        return text.StartsWith(readOnly, StringComparison.Ordinal) ? text.Substring(readOnly.Length) : text;
    }

    /// <summary>Prints a parameter as it stands in such a head.</summary>
    public static string Print(IParameterSymbol parameter) => parameter.ToDisplayString(s_head);

    public static string Modifiers(MethodDeclarationSyntax declaration) =>
        string.Concat(
            declaration
                .Modifiers.Where(modifier => modifier.Kind() is not (SyntaxKind.PartialKeyword or SyntaxKind.AsyncKeyword))
                .Select(modifier => modifier.Text + " ")
        );

    /// <summary>Prints an argument. A dynamic argument is cast, because it would bind the call at run time.</summary>
    public static string Argument(IParameterSymbol parameter)
    {
        string name = Identifier(parameter.Name);
        return parameter.RefKind switch
        {
            RefKind.Ref => "ref " + name,
            RefKind.Out => "out " + name,
            RefKind.In or RefKind.RefReadOnlyParameter => "in " + name,
            _ => parameter.Type.TypeKind == TypeKind.Dynamic ? "(object)" + name : name,
        };
    }

    public static EquatableArray<string> Types(IMethodSymbol method)
    {
        bool pointers = TypeParts.AnyOfHead(method, static type => type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer);
        var types = ImmutableArray.CreateBuilder<string>();
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            string keyword = type switch
            {
                { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
                { IsRecord: true } => "record",
                { TypeKind: TypeKind.Struct } => "struct",
                { TypeKind: TypeKind.Interface } => "interface",
                _ => "class",
            };
            string parameters = type.TypeParameters.IsEmpty
                ? ""
                : $"<{string.Join(", ", type.TypeParameters.Select(parameter => Variance(parameter) + Identifier(parameter.Name)))}>";
            types.Insert(0, $"{(pointers ? "unsafe " : "")}partial {keyword} {Identifier(type.Name)}{parameters}");
        }

        return new(types.ToImmutable());
    }

    private static string Variance(ITypeParameterSymbol parameter) =>
        parameter.Variance switch
        {
            VarianceKind.In => "in ",
            VarianceKind.Out => "out ",
            _ => "",
        };

    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
