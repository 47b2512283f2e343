using HotPathGen.Generator.Models;
using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Parsing;

/// <summary>Finds the row that gets what the initializers of fields and properties take.</summary>
internal static class InitializerParser
{
    private const string NoFrame = "initializers run before the body, where no frame can be opened; assign the value in the body to see its site";

    /// <summary>Reads the initializers that prepare marked in a part of a type.</summary>
    /// <param name="mark">The mark.</param>
    /// <param name="first">The member that carries the mark.</param>
    /// <param name="model">The model of its file.</param>
    public static HotMethodModel Of(PreparedMark mark, MemberDeclarationSyntax first, SemanticModel model)
    {
        var type = (INamedTypeSymbol)model.GetDeclaredSymbol(first.Parent!)!;
        bool isStatic = mark.Kind == Marks.StaticInitializers;
        var constructors = (isStatic ? type.StaticConstructors : type.InstanceConstructors).Where(RunsInitializers).ToList();
        var owner = constructors.Count == 1 ? constructors[0] : null;
        var place = (owner is { IsImplicitlyDeclared: false } ? owner.Locations[0] : first.GetFirstToken().GetLocation()).GetMappedLineSpan();
        var (id, name) = owner is not null ? (MethodNames.Id(owner), MethodNames.Name(owner)) : MethodNames.OfInitializers(type, isStatic);
        return new(
            new(
                mark.Key,
                id,
                name,
                place.Path,
                place.StartLinePosition.Line + 1,
                Words.Of(MethodForm.InPlace),
                null,
                NoFrame,
                "",
                owner is null ? -1 : HotSymbols.MaxBytesPerCall(owner)
            )
            {
                InitializersPart = PartOf(type, first),
            },
            null,
            null
        );
    }

    private static bool RunsInitializers(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is ConstructorDeclarationSyntax written
            ? Initializers.AreRunBy(written)
            : !IsMadeForCopies(constructor);

    /// <summary>Whether the compiler made a constructor for the copies of a record, or for the default value of a struct.</summary>
    private static bool IsMadeForCopies(IMethodSymbol constructor) =>
        constructor.IsImplicitlyDeclared
        && (
            constructor.ContainingType.IsValueType
            || (
                constructor.ContainingType.IsRecord
                && constructor.Parameters is [{ Type: var copied }]
                && SymbolEqualityComparer.Default.Equals(copied, constructor.ContainingType)
            )
        );

    private static int PartOf(INamedTypeSymbol type, SyntaxNode member) =>
        1 + type.DeclaringSyntaxReferences.IndexOf(type.DeclaringSyntaxReferences.First(part => part.GetSyntax() == member.Parent));
}
