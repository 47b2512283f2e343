using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Symbols;

/// <summary>Reads our attributes from symbols.</summary>
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

    /// <summary>The verdict of the nearest attribute on the method or on what contains it; null if there is none.</summary>
    public static bool? NearestVerdict(IMethodSymbol method) =>
        NearestMark(method)?.Verdict ?? (method.MethodKind == MethodKind.LocalFunction ? false : null);

    /// <summary>
    /// The number of bytes that a call may allocate, from the nearest attribute. Negative if the attribute sets no budget, or one that cannot be
    /// kept.
    /// </summary>
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

            if (method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction)
            {
                return null;
            }
        }

        return Mark(method.ContainingAssembly);
    }

    private static bool IsOurs(INamespaceSymbol space) => space is { Name: "HotPathGen", ContainingNamespace.IsGlobalNamespace: true };
}
