using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Parsing;

/// <summary>The attributes as symbols carry them.</summary>
internal static class HotSymbols
{
    /// <summary>Whether a symbol carries one of the two attributes itself.</summary>
    public static bool IsMarked(ISymbol symbol) => Verdict(symbol) is not null;

    /// <summary>True for <c>[Instrument]</c>, false for <c>[DoNotInstrument]</c>, null for neither.</summary>
    public static bool? Verdict(ISymbol symbol)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            switch (attribute.AttributeClass?.ToDisplayString())
            {
                case Parser.InstrumentAttribute: return true;
                case Parser.DoNotInstrumentAttribute: return false;
            }
        }

        return null;
    }

    /// <summary>Whether attributes make a method hot.</summary>
    public static bool IsHot(IMethodSymbol method) => NearestVerdict(method) ?? false;

    /// <summary>The verdict of the nearest attribute on the method or round it; null where there is none.</summary>
    public static bool? NearestVerdict(IMethodSymbol method)
    {
        if (method.AssociatedSymbol is { } property && Verdict(method) is null && Verdict(property) is { } ofProperty)
        {
            return ofProperty;
        }

        for (ISymbol? symbol = method; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (Verdict(symbol) is { } verdict)
            {
                return verdict;
            }

            if (method.MethodKind == MethodKind.LocalFunction)
            {
                return false;
            }
        }

        return Verdict(method.ContainingAssembly);
    }

    public static bool IsPrepared(IMethodSymbol method) => PreparedKey(method) is not null;

    /// <summary>The key that prepare gave a method; null for one that it left alone.</summary>
    public static string? PreparedKey(IMethodSymbol method)
    {
        foreach (AttributeData attribute in method.GetAttributes())
        {
            if (attribute is { AttributeClass.Name: "PreparedAttribute", ConstructorArguments: [{ Value: string key }, ..] } && attribute.AttributeClass.ToDisplayString() == Parser.PreparedAttribute)
            {
                return key;
            }
        }

        return null;
    }
}
