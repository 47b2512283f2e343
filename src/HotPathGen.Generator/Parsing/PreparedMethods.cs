using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using HotPathGen.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Parsing;

/// <summary>
/// What prepare marked in one compilation. The driver asks for one method after the other on one thread, and binding their bodies is most
/// of what the generator costs: those that the driver has not come to are parsed meanwhile by other threads, the last files first. What
/// is answered does not depend on who parsed it.
/// </summary>
internal sealed class PreparedMethods
{
    private static readonly ConditionalWeakTable<Compilation, PreparedMethods> s_started = new();

    private readonly ConcurrentDictionary<SyntaxNode, Answer> _answers = new();
    private readonly Compilation _compilation;
    private SourceFile? _latest;

    private PreparedMethods(Compilation compilation) => _compilation = compilation;

    /// <summary>A method that prepare marked: split into a pair, or measured in place.</summary>
    public static HotMethodModel? Of(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        if (context is not { TargetNode: MethodDeclarationSyntax declaration, TargetSymbol: IMethodSymbol method })
        {
            return context.TargetSymbol is IMethodSymbol other ? Parser.Prepared(other, context.Attributes[0], context.TargetNode, new(context.SemanticModel.Compilation, context.TargetNode.SyntaxTree), cancellation) : null;
        }

        PreparedMethods all = Started(context.SemanticModel.Compilation, cancellation);
        return all._answers.GetOrAdd(declaration, static _ => new()).Get(() =>
        {
            // The driver goes file by file.
            SourceFile file = all._latest is { } latest && latest.Tree == declaration.SyntaxTree ? latest : new(all._compilation, declaration.SyntaxTree);
            all._latest = file;
            return Parser.Prepared(method, context.Attributes[0], declaration, file, cancellation);
        });
    }

    private static PreparedMethods Started(Compilation compilation, CancellationToken cancellation)
    {
        if (s_started.TryGetValue(compilation, out PreparedMethods? known))
        {
            return known;
        }

        PreparedMethods all = s_started.GetValue(compilation, static compilation => new(compilation));
        if (compilation.Options.ConcurrentBuild)
        {
            SyntaxTree[] trees = [.. compilation.SyntaxTrees.Reverse()];
            _ = Task.Run(() => Parallel.ForEach(Partitioner.Create(trees, EnumerablePartitionerOptions.NoBuffering), tree => all.ParseAhead(tree, cancellation)), cancellation);
        }

        return all;
    }

    private void ParseAhead(SyntaxTree tree, CancellationToken cancellation)
    {
        SourceFile? file = null;
        foreach (MethodDeclarationSyntax declaration in Marked(((CompilationUnitSyntax)tree.GetRoot(cancellation)).Members))
        {
            if (cancellation.IsCancellationRequested)
            {
                return;
            }

            file ??= new(_compilation, tree);
            try
            {
                _answers.GetOrAdd(declaration, static _ => new()).Get(() => Parse(declaration, file, cancellation));
            }
            catch (Exception)
            {
                // It shows when the driver asks.
            }
        }
    }

    private static HotMethodModel? Parse(MethodDeclarationSyntax declaration, SourceFile file, CancellationToken cancellation) =>
        file.Model.GetDeclaredSymbol(declaration, cancellation) is { } method && HotSymbols.Prepared(method) is { } attribute
            ? Parser.Prepared(method, attribute, declaration, file, cancellation)
            : null;

    private static IEnumerable<MethodDeclarationSyntax> Marked(SyntaxList<MemberDeclarationSyntax> members) => members.SelectMany(static member => member switch
    {
        MethodDeclarationSyntax { AttributeLists: [{ Attributes: [{ Name: QualifiedNameSyntax { Right.Identifier.ValueText: "Prepared" } }] }, ..] } method => [method],
        TypeDeclarationSyntax type => Marked(type.Members),
        BaseNamespaceDeclarationSyntax space => Marked(space.Members),
        _ => Enumerable.Empty<MethodDeclarationSyntax>(),
    });

    /// <summary>Found once; a failure, as a cancelled run is one, is not kept.</summary>
    private sealed class Answer
    {
        private (bool IsKnown, HotMethodModel? Method) _answer;

        public HotMethodModel? Get(Func<HotMethodModel?> parse)
        {
            lock (this)
            {
                if (!_answer.IsKnown)
                {
                    _answer = (true, parse());
                }

                return _answer.Method;
            }
        }
    }
}
