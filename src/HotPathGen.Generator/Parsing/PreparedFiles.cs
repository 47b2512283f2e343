using System.Collections.Immutable;
using HotPathGen.Generator.Emission;
using HotPathGen.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Parsing;

/// <summary>
/// What prepare marked in a compilation, file by file. Binding the bodies is most of what the generator costs: all processors do it, as they
/// do when the compiler binds them.
/// </summary>
internal static class PreparedFiles
{
    private const int LongestName = 100;

    /// <summary>The files with marked methods; none in production builds.</summary>
    public static ImmutableArray<HotFileModel> Of(Compilation compilation, CancellationToken cancellation)
    {
        SyntaxTree[] trees = [.. compilation.SyntaxTrees];
        if (trees.Length == 0 || !Parser.IsMeasured(trees[0].Options))
        {
            return [];
        }

        var files = new HotFileModel?[trees.Length];
        if (compilation.Options.ConcurrentBuild)
        {
            try
            {
                Parallel.For(0, trees.Length, new() { CancellationToken = cancellation }, i => files[i] = Parse(compilation, trees[i], cancellation));
            }
            catch (AggregateException several)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(several.InnerExceptions[0]).Throw();
            }
        }
        else
        {
            for (int i = 0; i < trees.Length; i++)
            {
                files[i] = Parse(compilation, trees[i], cancellation);
            }
        }

        return [.. files.OfType<HotFileModel>()];
    }

    private static HotFileModel? Parse(Compilation compilation, SyntaxTree tree, CancellationToken cancellation)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot(cancellation);
        SyntaxNode[] marked = [.. Members(root.Members)];
        var file = new SourceFile(compilation, tree);
        if (Count(file.Text) > marked.Length)
        {
            // Local functions have to be looked for in bodies.
            marked = [.. root.DescendantNodes().Where(static node => PreparedMark.Of(node) is not null)];
        }

        if (marked.Length == 0)
        {
            return null;
        }

        var methods = new List<HotMethodModel>(marked.Length);
        foreach (SyntaxNode declaration in marked)
        {
            if (file.Model.GetDeclaredSymbol(declaration, cancellation) is IMethodSymbol method)
            {
                methods.Add(Parser.Prepared(method, PreparedMark.Of(declaration)!.Value, declaration, file, cancellation));
            }
        }

        string? sites = FileEmitter.SitesKey(methods);
        return new(
            new([.. methods.Select(method => method.Twin is null ? method.Method : method.Method with { SitesKey = sites })]),
            FileEmitter.Emit(methods, measured: true) is { } text ? new(Name(tree, methods.First(static method => method.Pair is not null)), text) : null,
            NeedsList: false);
    }

    /// <summary>Of the source, so that it is recognised; of a method, so that two of one name in two folders are not confused.</summary>
    private static string Name(SyntaxTree tree, HotMethodModel method)
    {
        string name = Path.GetFileNameWithoutExtension(tree.FilePath);
        return $"{new string([.. name.Take(LongestName).Select(static letter => letter is '.' or '_' or '-' || (letter < 128 && char.IsLetterOrDigit(letter)) ? letter : '_')])}.{method.Method.Key}";
    }

    /// <summary>The marked ones outside bodies.</summary>
    private static IEnumerable<SyntaxNode> Members(SyntaxList<MemberDeclarationSyntax> members) => members.SelectMany(static member => member switch
    {
        BaseNamespaceDeclarationSyntax space => Members(space.Members),
        TypeDeclarationSyntax type => Members(type.Members),
        BasePropertyDeclarationSyntax { AccessorList.Accessors: var accessors } => accessors.Where(static accessor => PreparedMark.Of(accessor) is not null),
        BaseMethodDeclarationSyntax method when PreparedMark.Of(method) is not null => [method],
        _ => Enumerable.Empty<SyntaxNode>(),
    });

    private static int Count(string text)
    {
        int count = 0;
        for (int i = text.IndexOf(PreparedMark.Start, StringComparison.Ordinal); i >= 0; i = text.IndexOf(PreparedMark.Start, i + PreparedMark.Start.Length, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }
}
