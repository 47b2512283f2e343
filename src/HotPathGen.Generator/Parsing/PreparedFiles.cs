using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using HotPathGen.Generator.Emission;
using HotPathGen.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Parsing;

/// <summary>
/// What prepare marked in one compilation, file by file. The driver asks for one method after the other on one thread, and binding their
/// bodies is most of what the generator costs: files that the driver has not come to are parsed meanwhile by other threads, the last ones
/// first. What is answered does not depend on who parsed it.
/// </summary>
internal sealed class PreparedFiles
{
    private const int LongestName = 100;

    private static readonly ConditionalWeakTable<Compilation, PreparedFiles> s_started = new();

    private readonly ConcurrentDictionary<SyntaxTree, Answer> _answers = new();
    private readonly Compilation _compilation;

    private PreparedFiles(Compilation compilation) => _compilation = compilation;

    /// <summary>
    /// The file of a method that prepare marked, with all its methods: asked for each of them, answered for the first. What it measures in
    /// place and is no method is answered by itself.
    /// </summary>
    public static HotFileModel? Of(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        Compilation compilation = context.SemanticModel.Compilation;
        SyntaxTree tree = context.TargetNode.SyntaxTree;
        if (context.TargetNode is MethodDeclarationSyntax declaration && IsMarked(declaration))
        {
            return Started(compilation, cancellation)._answers.GetOrAdd(tree, static _ => new()).Get(compilation, tree, cancellation) is var (first, file) && first == declaration ? file : null;
        }

        return context.TargetSymbol is IMethodSymbol method && Parser.Prepared(method, context.Attributes[0], context.TargetNode, new(compilation, tree), cancellation) is { } other
            ? new(new([other.Method]), null, NeedsList: false)
            : null;
    }

    private static PreparedFiles Started(Compilation compilation, CancellationToken cancellation)
    {
        if (s_started.TryGetValue(compilation, out PreparedFiles? known))
        {
            return known;
        }

        PreparedFiles all = s_started.GetValue(compilation, static compilation => new(compilation));
        if (compilation.Options.ConcurrentBuild)
        {
            SyntaxTree[] trees = [.. compilation.SyntaxTrees.Reverse()];
            _ = Task.Run(() => Parallel.ForEach(Partitioner.Create(trees, EnumerablePartitionerOptions.NoBuffering), tree => all.ParseAhead(tree, cancellation)), cancellation);
        }

        return all;
    }

    private void ParseAhead(SyntaxTree tree, CancellationToken cancellation)
    {
        try
        {
            if (!cancellation.IsCancellationRequested)
            {
                _answers.GetOrAdd(tree, static _ => new()).Get(_compilation, tree, cancellation);
            }
        }
        catch (Exception)
        {
            // It shows when the driver asks.
        }
    }

    private static (MethodDeclarationSyntax? First, HotFileModel? File) Parse(Compilation compilation, SyntaxTree tree, CancellationToken cancellation)
    {
        MethodDeclarationSyntax[] marked = [.. Marked(((CompilationUnitSyntax)tree.GetRoot(cancellation)).Members)];
        if (marked.Length == 0)
        {
            return (null, null);
        }

        var file = new SourceFile(compilation, tree);
        var methods = new List<HotMethodModel>(marked.Length);
        foreach (MethodDeclarationSyntax declaration in marked)
        {
            if (file.Model.GetDeclaredSymbol(declaration, cancellation) is { } method && HotSymbols.Prepared(method) is { } attribute
                && Parser.Prepared(method, attribute, declaration, file, cancellation) is { } parsed)
            {
                methods.Add(parsed);
            }
        }

        GeneratedFile? written = FileEmitter.Emit(methods, measured: true) is { } text ? new(Name(tree, methods.First(static method => method.Pair is not null)), text) : null;
        return (marked[0], new(new([.. methods.Select(static method => method.Method)]), written, NeedsList: false));
    }

    /// <summary>Of the source, so that it is recognised; of a method, so that two of one name in two folders are not confused.</summary>
    private static string Name(SyntaxTree tree, HotMethodModel method)
    {
        string name = Path.GetFileNameWithoutExtension(tree.FilePath);
        return $"{new string([.. name.Take(LongestName).Select(static letter => letter is '.' or '_' or '-' || (letter < 128 && char.IsLetterOrDigit(letter)) ? letter : '_')])}.{method.Method.Key}";
    }

    private static IEnumerable<MethodDeclarationSyntax> Marked(SyntaxList<MemberDeclarationSyntax> members) => members.SelectMany(static member => member switch
    {
        MethodDeclarationSyntax method when IsMarked(method) => [method],
        TypeDeclarationSyntax type => Marked(type.Members),
        BaseNamespaceDeclarationSyntax space => Marked(space.Members),
        _ => Enumerable.Empty<MethodDeclarationSyntax>(),
    });

    private static bool IsMarked(MethodDeclarationSyntax method) =>
        method.AttributeLists is [{ Attributes: [{ Name: QualifiedNameSyntax { Right.Identifier.ValueText: "Prepared" } }] }, ..];

    /// <summary>Found once; a failure, as a cancelled run is one, is not kept.</summary>
    private sealed class Answer
    {
        private (MethodDeclarationSyntax?, HotFileModel?)? _answer;

        public (MethodDeclarationSyntax? First, HotFileModel? File) Get(Compilation compilation, SyntaxTree tree, CancellationToken cancellation)
        {
            lock (this)
            {
                return _answer ??= Parse(compilation, tree, cancellation);
            }
        }
    }
}
