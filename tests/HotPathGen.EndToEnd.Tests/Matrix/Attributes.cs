using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.EndToEnd.Tests.Matrix;

/// <summary>Finds and removes the package's attributes in a source.</summary>
internal static class Attributes
{
    /// <summary>Removes these attributes from a source. Lines stay where they are.</summary>
    public static string Cut(string source)
    {
        var root = CSharpSyntaxTree.ParseText(source, Declaration.Options).GetRoot();
        foreach (var list in root.DescendantNodes().OfType<AttributeListSyntax>().Where(list => list.Attributes.Any(IsOurs)).Reverse())
        {
            string kept = string.Join(", ", list.Attributes.Where(attribute => !IsOurs(attribute)));
            string target = list.Target?.ToString() ?? "";
            source = source[..list.SpanStart] + (kept.Length == 0 ? "" : $"[{target}{kept}]") + source[list.Span.End..];
        }

        return source.Replace("using HotPathGen;", "", StringComparison.Ordinal);
    }

    /// <summary>True for <c>[Instrument]</c>, false for <c>[DoNotInstrument]</c>, null for neither.</summary>
    public static bool? Verdict(SyntaxList<AttributeListSyntax> lists) =>
        lists
            .SelectMany(list => list.Attributes)
            .Where(IsOurs)
            .Select(attribute => (bool?)!Name(attribute).StartsWith("Do", StringComparison.Ordinal))
            .FirstOrDefault();

    private static bool IsOurs(AttributeSyntax attribute) =>
        Name(attribute) is "Instrument" or "InstrumentAttribute" or "DoNotInstrument" or "DoNotInstrumentAttribute";

    private static string Name(AttributeSyntax attribute) =>
        attribute.Name.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Last().Identifier.ValueText;
}
