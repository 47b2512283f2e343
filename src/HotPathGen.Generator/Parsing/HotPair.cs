using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Parsing;

/// <summary>A pair before its core is read.</summary>
/// <param name="Member">The method that callers bind to, which reports name.</param>
/// <param name="Declaration">The partial declaration: the same method or, where it cannot be one, a private method that it calls.</param>
/// <param name="Written">The core, if the user wrote the pair; null if prepare made it.</param>
/// <param name="CoreSyntax">The declaration of the core; null if it is not read.</param>
/// <param name="File">The file of the declaration.</param>
/// <param name="Key">The key of the pair, unique within the assembly.</param>
/// <param name="Core">The core's name.</param>
/// <param name="Form">How the pair is measured without a copy of its core.</param>
/// <param name="Kind">How the core's body runs.</param>
/// <param name="IsMeasured">Whether a frame is opened round the core.</param>
internal sealed record HotPair(
    IMethodSymbol Member,
    IMethodSymbol Declaration,
    IMethodSymbol? Written,
    MethodDeclarationSyntax? CoreSyntax,
    SourceFile File,
    string Key,
    string Core,
    string Form,
    string Kind,
    bool IsMeasured
);
