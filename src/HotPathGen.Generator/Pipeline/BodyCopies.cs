using HotPathGen.Generator.Checks;
using HotPathGen.Generator.Parsing;
using HotPathGen.Generator.Sites;
using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Pipeline;

/// <summary>Copies the bodies of the pairs in a file.</summary>
internal static class BodyCopies
{
    public static bool Read(
        FileBuilder part,
        Compilation bound,
        SymbolHashes symbols,
        IReadOnlyDictionary<InterceptedPlace, MethodDeclarationSyntax?> intercepted,
        CancellationToken cancellation
    )
    {
        SourceFile? file = null;
        for (int i = 0; i < part.Methods.Count; i++)
        {
            if (part.Pairs[i] is { IsMeasured: true, CoreSyntax: { } core } pair)
            {
                file = file?.Tree == core.SyntaxTree ? file : new(bound, core.SyntaxTree, intercepted: intercepted);
                part.Take(i, Read(pair, core, file, symbols, part.WithFunctions[i], cancellation));
            }
        }

        return true;
    }

    /// <summary>Copies a body. A method whose body cannot be read stays as it is, whatever the reason.</summary>
    private static ParsedBody Read(
        HotPair pair,
        MethodDeclarationSyntax core,
        SourceFile file,
        SymbolHashes symbols,
        bool withFunctions,
        CancellationToken cancellation
    )
    {
        try
        {
            return InstrumentedBodyParser.Of(
                pair.Member,
                core,
                file,
                pair.Key,
                PairHead.Types(pair.Declaration),
                symbols,
                withFunctions,
                cancellation
            );
        }
        catch (InsufficientExecutionStackException)
        {
            return new(null, "its body is nested too deeply to be copied; let it call a method that does a part of it", null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new(null, Failed(exception), null);
        }
    }

    /// <summary>The unsupported reason for a fault of HotPathGen.</summary>
    public static string Failed(Exception exception) =>
        $"HotPathGen failed to copy its body, which is a fault of HotPathGen: {exception.GetType().Name}: "
        + $"{SiteText.OneLine(exception.Message)}";
}
