using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Symbols;

/// <summary>The attributes as symbols carry them.</summary>
internal static class HotSymbols
{
    public const string InstrumentAttribute = "HotPathGen.InstrumentAttribute";
    public const string DoNotInstrumentAttribute = "HotPathGen.DoNotInstrumentAttribute";

    /// <summary>The argument of <c>[Instrument]</c> that sets a budget.</summary>
    public const string MaxBytesPerCallProperty = "MaxBytesPerCall";

    /// <summary>Whether a symbol carries one of the two attributes itself.</summary>
    public static bool IsMarked(ISymbol symbol) => Verdict(symbol) is not null;

    /// <summary>True for <c>[Instrument]</c>, false for <c>[DoNotInstrument]</c>, null for neither.</summary>
    public static bool? Verdict(ISymbol symbol) => Mark(symbol)?.Verdict;

    private static (bool Verdict, AttributeData Attribute)? Mark(ISymbol symbol)
    {
        if (symbol is IMethodSymbol method && PreparedMark.IsAlone(method))
        {
            return null;
        }

        foreach (var attribute in symbol.GetAttributes())
        {
            switch (attribute.AttributeClass)
            {
                case { Name: "InstrumentAttribute" } named when IsOurs(named.ContainingNamespace):
                    return (true, attribute);
                case { Name: "DoNotInstrumentAttribute" } named when IsOurs(named.ContainingNamespace):
                    return (false, attribute);
            }
        }

        return null;
    }

    /// <summary>Whether attributes make a method hot.</summary>
    public static bool IsHot(IMethodSymbol method) => NearestVerdict(method) ?? false;

    /// <summary>The verdict of the nearest attribute on the method or round it; null where there is none.</summary>
    public static bool? NearestVerdict(IMethodSymbol method) =>
        NearestMark(method)?.Verdict ?? (method.MethodKind == MethodKind.LocalFunction ? false : null);

    /// <summary>What a call may allocate, as the nearest attribute says; negative where it says nothing, or nothing that could be kept.</summary>
    public static int MaxBytesPerCall(IMethodSymbol method)
    {
        foreach (var argument in NearestMark(method)?.Attribute.NamedArguments ?? [])
        {
            if (argument is { Key: MaxBytesPerCallProperty, Value.Value: >= 0 and int bytes })
            {
                return bytes;
            }
        }

        return -1;
    }

    private static (bool Verdict, AttributeData Attribute)? NearestMark(IMethodSymbol method)
    {
        if (method.AssociatedSymbol is { } property && Mark(method) is null && Mark(property) is { } ofProperty)
        {
            return ofProperty;
        }

        for (ISymbol? symbol = method; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (Mark(symbol) is { } mark)
            {
                return mark;
            }

            if (method.MethodKind == MethodKind.LocalFunction)
            {
                return null;
            }
        }

        return Mark(method.ContainingAssembly);
    }

    private static bool IsOurs(INamespaceSymbol space) => space is { Name: "HotPathGen", ContainingNamespace.IsGlobalNamespace: true };
}
