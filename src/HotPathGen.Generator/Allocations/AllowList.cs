using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Allocations;

/// <summary>
/// The allow list: methods that are declared not to allocate, with <c>[DoesNotAllocate]</c> or by their ids in a file of the project.
/// </summary>
internal sealed class AllowList(ImmutableHashSet<string> ids)
{
    private ImmutableHashSet<string> Ids => ids;

    private const string FileOption = "build_metadata.AdditionalFiles.HotPathFile";
    private const string FileKind = "does-not-allocate";

    public static AllowList Of(AnalyzerOptions options, CancellationToken cancellation) =>
        new([
            .. options
                .AdditionalFiles.Where(file =>
                    options.AnalyzerConfigOptionsProvider.GetOptions(file).TryGetValue(FileOption, out string? kind) && kind == FileKind
                )
                .SelectMany(file => file.GetText(cancellation)?.Lines ?? Enumerable.Empty<Microsoft.CodeAnalysis.Text.TextLine>())
                .Select(static line => line.ToString().Trim()),
        ]);

    public bool IsSame(AllowList other) => ids.SetEquals(other.Ids);

    public bool Includes(IMethodSymbol definition)
    {
        for (ISymbol? symbol = definition; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (
                symbol
                    .GetAttributes()
                    .Any(static attribute =>
                        attribute.AttributeClass
                            is {
                                Name: "DoesNotAllocateAttribute",
                                ContainingNamespace: { Name: "HotPathGen", ContainingNamespace.IsGlobalNamespace: true }
                            }
                    ) || (!ids.IsEmpty && symbol.GetDocumentationCommentId() is { } id && ids.Contains(id))
            )
            {
                return true;
            }

            if (symbol is INamedTypeSymbol)
            {
                break;
            }
        }

        return definition.AssociatedSymbol is { } member
            && (
                member.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "DoesNotAllocateAttribute")
                || (!ids.IsEmpty && member.GetDocumentationCommentId() is { } property && ids.Contains(property))
            );
    }
}
