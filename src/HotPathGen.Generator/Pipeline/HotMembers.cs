using HotPathGen.Generator.Models;
using HotPathGen.Generator.Parsing;
using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Pipeline;

/// <summary>Finds the hot methods of a file that prepare has processed.</summary>
internal static class HotMembers
{
    private const int LongestName = 100;

    public static FileBuilder[] Find(Compilation compilation, SyntaxTree tree, bool everything, CancellationToken cancellation)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot(cancellation);
        SyntaxNode[] candidates = [.. Members(root.Members)];
        var file = new SourceFile(compilation, tree);
        if (Count(file.Text) > candidates.Count(static candidate => PreparedMark.Of(candidate) is not null) || file.Text.Contains(Marks.LambdaFrame))
        {
            // To find local functions and lambdas, the bodies have to be searched.
            candidates = [.. root.DescendantNodes().Where(static node => PreparedMark.Of(node) is not null || WrittenPairs.IsDeclaration(node))];
        }

        var lambdas = new Dictionary<ISymbol, int>(SymbolEqualityComparer.Default);
        var parts = new List<FileBuilder>();
        FileBuilder? prepared = null;
        foreach (var declaration in candidates)
        {
            if (declaration is BaseFieldDeclarationSyntax or PropertyDeclarationSyntax && PreparedMark.Of(declaration) is { } initializers)
            {
                Prepared().Add((InitializerParser.Of(initializers, (MemberDeclarationSyntax)declaration, file.Model), null));
                continue;
            }

            if (
                declaration is AnonymousFunctionExpressionSyntax lambda
                && PreparedMark.Of(lambda) is { } marked
                && file.Model.GetSymbolInfo(lambda, cancellation).Symbol is IMethodSymbol symbol
            )
            {
                var holder = MethodNames.Holder(symbol);
                lambdas[holder] = lambdas.TryGetValue(holder, out int count) ? count + 1 : 1;
                Prepared().Add((Parser.Prepared(symbol, marked, lambda, lambdas[holder]), null));
                continue;
            }

            if (file.Model.GetDeclaredSymbol(declaration, cancellation) is not IMethodSymbol method)
            {
                continue;
            }

            if (PreparedMark.Of(declaration) is { } mark)
            {
                Prepared().Add(Parser.Prepared(method, mark, declaration, file));
            }
            else if (WrittenPairs.IsDeclaration(method) && WrittenPairs.Core(method) is { } core)
            {
                bool isPooled = PooledRequest.All(core).Count > 0;
                bool? verdict = HotSymbols.NearestVerdict(method) ?? (everything && isPooled ? true : null);
                if (verdict is not null || isPooled)
                {
                    var written = new FileBuilder(tree, isHot: verdict is true);
                    written.Add(Parser.Written(method, core, file, measured: verdict is true, cancellation));
                    parts.Add(written);
                }
            }
        }

        if (prepared?.Methods.FirstOrDefault(static method => method.Pair is not null) is { } first)
        {
            prepared.Name = Name(tree, first);
        }

        return [.. parts];

        FileBuilder Prepared()
        {
            if (prepared is null)
            {
                parts.Add(prepared = new(tree, isHot: true));
            }

            return prepared;
        }
    }

    /// <summary>
    /// The name of a generated file. It contains the name of the source file, so that users recognize it, and the key of a method, so that two files
    /// of one name in two folders are not confused.
    /// </summary>
    private static string Name(SyntaxTree tree, HotMethodModel method)
    {
        string name = Path.GetFileNameWithoutExtension(tree.FilePath);
        return $"{new string([.. name.Take(LongestName).Select(static letter => letter is '.' or '_' or '-' || (letter < 128 && char.IsLetterOrDigit(letter)) ? letter : '_')])}.{method.Method.Key}";
    }

    /// <summary>The marked methods outside bodies, and the partial methods that wait for a body.</summary>
    private static IEnumerable<SyntaxNode> Members(SyntaxList<MemberDeclarationSyntax> members) =>
        Within(members, static member => PreparedMark.Of(member) is not null || WrittenPairs.IsDeclaration(member));

    private static int Count(string text)
    {
        int count = 0;
        for (
            int i = text.IndexOf(PreparedMark.Start, StringComparison.Ordinal);
            i >= 0;
            i = text.IndexOf(PreparedMark.Start, i + PreparedMark.Start.Length, StringComparison.Ordinal)
        )
        {
            count++;
        }

        return count;
    }

    /// <summary>The wanted members of types and namespaces, outside bodies.</summary>
    public static IEnumerable<SyntaxNode> Within(SyntaxList<MemberDeclarationSyntax> members, Func<SyntaxNode, bool> isWanted) =>
        members.SelectMany(member =>
            member switch
            {
                BaseNamespaceDeclarationSyntax space => Within(space.Members, isWanted),
                TypeDeclarationSyntax type => Within(type.Members, isWanted),
                BasePropertyDeclarationSyntax { AccessorList.Accessors: var accessors } property => ((IEnumerable<SyntaxNode>)accessors)
                    .Prepend(property)
                    .Where(isWanted),
                BaseMethodDeclarationSyntax or BaseFieldDeclarationSyntax when isWanted(member) => [member],
                _ => Enumerable.Empty<SyntaxNode>(),
            }
        );
}
