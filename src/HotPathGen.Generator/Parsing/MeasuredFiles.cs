using System.Collections.Immutable;
using System.Text;
using HotPathGen.Generator.Checks;
using HotPathGen.Generator.Emission;
using HotPathGen.Generator.Models;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Parsing;

/// <summary>
/// What a measured build writes, file by file. First the pairs are found. Then their halves are added to the compilation, so that bodies which use
/// hot members bind, and the bodies are copied. Then the copies are added, and each is compared with what it copies. Binding bodies is most of
/// what the generator costs: all processors do it, as they do when the compiler binds them.
/// </summary>
internal static class MeasuredFiles
{
    private const int LongestName = 100;

    /// <summary>The files with hot methods.</summary>
    /// <param name="compilation">As prepare left it.</param>
    /// <param name="everything">Whether pairs with pooled parameters are hot that no attribute speaks of.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static ImmutableArray<HotFileModel> Of(Compilation compilation, bool everything, CancellationToken cancellation)
    {
        SyntaxTree[] trees = [.. compilation.SyntaxTrees];
        Part[] parts =
        [
            .. InParallel(compilation, trees, tree => Find(compilation, tree, everything, cancellation), cancellation)
                .SelectMany(static found => found),
        ];

        var halves = InParallel(compilation, parts, part => part.Tree(measured: false, cancellation), cancellation);
        var bound = compilation.AddSyntaxTrees([.. halves.OfType<SyntaxTree>(), .. Others(compilation, parts)]);
        var symbols = new SymbolHashes();
        var intercepted = InterceptedPlace.All(compilation, cancellation);
        InParallel(bound, parts, part => Copy(part, bound, symbols, intercepted, cancellation), cancellation);

        var copies = InParallel(compilation, parts, part => part.HasCopies ? part.Tree(measured: true, cancellation) : null, cancellation);
        CheckAll(compilation, bound, parts, halves, copies, cancellation);
        return [.. parts.Where(static part => part.IsHot).Select(static part => part.Model())];
    }

    /// <summary>What bodies may name that is not written file by file.</summary>
    private static IEnumerable<SyntaxTree> Others(Compilation compilation, Part[] parts)
    {
        if (parts.Length == 0)
        {
            yield break;
        }

        var table = new StringBuilder("namespace HotPathGen.Generated { internal static class HotPathMethods {");
        foreach (var method in parts.Where(static part => part.IsHot).SelectMany(static part => part.Methods))
        {
            table.Append(" internal static readonly int M_").Append(method.Method.Key).Append(" = 0;");
        }

        var options = (CSharpParseOptions)compilation.SyntaxTrees.First().Options;
        yield return CSharpSyntaxTree.ParseText(table.Append(" } }").ToString(), options);
        if (parts.Any(static part => part.NeedsList))
        {
            yield return CSharpSyntaxTree.ParseText(PooledListEmitter.Text, options);
        }
    }

    /// <summary>Binds the copies where nothing else has a body, and leaves out those that mean something else.</summary>
    private static void CheckAll(
        Compilation compilation,
        Compilation bound,
        Part[] parts,
        SyntaxTree?[] halves,
        SyntaxTree?[] copies,
        CancellationToken cancellation
    )
    {
        (Part Part, SyntaxTree Tree)[] copied =
        [
            .. parts.Zip(copies, static (part, copy) => (Part: part, Tree: copy!)).Where(static part => part.Tree is not null),
        ];
        if (copied.Length == 0)
        {
            return;
        }

        SyntaxTree[] sources = [.. compilation.SyntaxTrees];
        // Which values may be null decides nothing but warnings.
        CompilationOptions options = ((CSharpCompilationOptions)bound.Options)
            .WithNullableContextOptions(NullableContextOptions.Disable)
            .WithWarningLevel(0);
        var whole = bound
            .WithOptions(options)
            .RemoveAllSyntaxTrees()
            .AddSyntaxTrees([
                .. InParallel(compilation, sources, tree => Bodiless.Of(tree, cancellation), cancellation),
                .. bound.SyntaxTrees.Skip(sources.Length).Except(halves.Where((_, i) => copies[i] is not null).OfType<SyntaxTree>()),
                .. copied.Select(static part => part.Tree),
            ]);
        var symbols = new SymbolHashes();
        var errors = Errors(whole, cancellation);
        InParallel(whole, copied, part => Check(part.Part, part.Tree, whole, symbols, errors, cancellation), cancellation);
    }

    /// <summary>Of all copies, by file; null where the compiler fails, and each file has to be asked about.</summary>
    private static ILookup<SyntaxTree?, Diagnostic>? Errors(Compilation whole, CancellationToken cancellation)
    {
        try
        {
            return whole
                .GetDeclarationDiagnostics(cancellation)
                .Concat(whole.GetMethodBodyDiagnostics(cancellation))
                .Where(static found => found.Severity == DiagnosticSeverity.Error)
                .ToLookup(static found => found.Location.SourceTree);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return null;
        }
    }

    private static Part[] Find(Compilation compilation, SyntaxTree tree, bool everything, CancellationToken cancellation)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot(cancellation);
        SyntaxNode[] candidates = [.. Members(root.Members)];
        var file = new SourceFile(compilation, tree);
        if (Count(file.Text) > candidates.Count(static candidate => PreparedMark.Of(candidate) is not null))
        {
            // Local functions have to be looked for in bodies.
            candidates = [.. root.DescendantNodes().Where(static node => PreparedMark.Of(node) is not null || WrittenPairs.IsDeclaration(node))];
        }

        var parts = new List<Part>();
        Part? prepared = null;
        foreach (var declaration in candidates)
        {
            if (file.Model.GetDeclaredSymbol(declaration, cancellation) is not IMethodSymbol method)
            {
                continue;
            }

            if (PreparedMark.Of(declaration) is { } mark)
            {
                if (prepared is null)
                {
                    parts.Add(prepared = new(tree, isHot: true));
                }

                prepared.Add(Parser.Prepared(method, mark, declaration, file));
            }
            else if (WrittenPairs.IsDeclaration(method) && WrittenPairs.Core(method) is { } core)
            {
                bool isPooled = PooledRequest.All(core).Count > 0;
                bool? verdict = HotSymbols.NearestVerdict(method) ?? (everything && isPooled ? true : null);
                if (verdict is not null || isPooled)
                {
                    var written = new Part(tree, isHot: verdict is true);
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
    }

    private static bool Copy(Part part, Compilation bound, SymbolHashes symbols, ISet<InterceptedPlace> intercepted, CancellationToken cancellation)
    {
        SourceFile? file = null;
        for (int i = 0; i < part.Methods.Count; i++)
        {
            if (part.Pairs[i] is { IsMeasured: true, CoreSyntax: { } core } pair)
            {
                file = file?.Tree == core.SyntaxTree ? file : new(bound, core.SyntaxTree, intercepted: intercepted);
                part.Take(i, Read(pair, core, file, symbols, cancellation));
            }
        }

        return true;
    }

    /// <summary>A method whose body cannot be read stays as it is, whatever the reason.</summary>
    private static ParsedTwin Read(HotPair pair, MethodDeclarationSyntax core, SourceFile file, SymbolHashes symbols, CancellationToken cancellation)
    {
        try
        {
            return TwinParser.Of(pair.Declaration, core, file, pair.Key, Parser.Types(pair.Declaration), symbols, cancellation);
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

    private static string Failed(Exception exception) =>
        $"HotPathGen failed to copy its body, which is a fault of HotPathGen: {exception.GetType().Name}: "
        + $"{Sites.SiteText.OneLine(exception.Message)}";

    /// <summary>The probing twins of a file are printed in the order of their methods.</summary>
    private static bool Check(
        Part part,
        SyntaxTree tree,
        Compilation whole,
        SymbolHashes symbols,
        ILookup<SyntaxTree?, Diagnostic>? known,
        CancellationToken cancellation
    )
    {
        var model = SourceFile.WithoutNullableAnalysis(whole, tree);
        Diagnostic[] errors = [];
        string? failed = null;
        try
        {
            var found = known?[tree]
                ?? model.GetDeclarationDiagnostics(null, cancellation).Concat(model.GetMethodBodyDiagnostics(null, cancellation));
            errors = [.. tree.GetDiagnostics(cancellation).Concat(found).Where(static found => found.Severity == DiagnosticSeverity.Error)];
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            failed = Failed(exception);
        }

        MethodDeclarationSyntax[] copies =
        [
            .. Members(((CompilationUnitSyntax)tree.GetRoot(cancellation)).Members, IsCopy).Cast<MethodDeclarationSyntax>(),
        ];
        int next = 0;
        for (int i = 0; i < part.Methods.Count; i++)
        {
            if (part.Twins[i] is { Twin: not null, Copied: { } copied })
            {
                // A copy that the parser did not even find is none.
                string? fault = failed ?? (next < copies.Length ? Fault(copied, copies[next]) : "its copy with probes cannot be parsed");
                next++;
                if (fault is not null)
                {
                    part.Take(i, new(null, fault, null));
                }
            }
        }

        return true;

        string? Fault(CopiedBody copied, MethodDeclarationSyntax copy)
        {
            try
            {
                return CopyCheck.Fault(copied, copy, model, symbols, errors, cancellation);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                return Failed(exception);
            }
        }
    }

    private static bool IsCopy(SyntaxNode node) => node is MethodDeclarationSyntax method && method.Identifier.ValueText.Contains(Marks.Probing);

    /// <summary>Of the source, so that it is recognised; of a method, so that two of one name in two folders are not confused.</summary>
    private static string Name(SyntaxTree tree, HotMethodModel method)
    {
        string name = Path.GetFileNameWithoutExtension(tree.FilePath);
        return $"{new string([.. name.Take(LongestName).Select(static letter => letter is '.' or '_' or '-' || (letter < 128 && char.IsLetterOrDigit(letter)) ? letter : '_')])}.{method.Method.Key}";
    }

    /// <summary>The marked ones outside bodies, and partial methods that wait for a body.</summary>
    private static IEnumerable<SyntaxNode> Members(SyntaxList<MemberDeclarationSyntax> members) =>
        Members(members, static member => PreparedMark.Of(member) is not null || WrittenPairs.IsDeclaration(member));

    private static IEnumerable<SyntaxNode> Members(SyntaxList<MemberDeclarationSyntax> members, Func<SyntaxNode, bool> isWanted) =>
        members.SelectMany(member =>
            member switch
            {
                BaseNamespaceDeclarationSyntax space => Members(space.Members, isWanted),
                TypeDeclarationSyntax type => Members(type.Members, isWanted),
                BasePropertyDeclarationSyntax { AccessorList.Accessors: var accessors } => accessors.Where(isWanted),
                BaseMethodDeclarationSyntax method when isWanted(method) => [method],
                _ => Enumerable.Empty<SyntaxNode>(),
            }
        );

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

    private static TResult[] InParallel<T, TResult>(Compilation compilation, T[] items, Func<T, TResult> step, CancellationToken cancellation)
    {
        var results = new TResult[items.Length];
        if (!compilation.Options.ConcurrentBuild)
        {
            for (int i = 0; i < items.Length; i++)
            {
                results[i] = step(items[i]);
            }

            return results;
        }

        try
        {
            Parallel.For(0, items.Length, new() { CancellationToken = cancellation }, i => results[i] = step(items[i]));
        }
        catch (AggregateException several)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(several.InnerExceptions[0]).Throw();
        }

        return results;
    }

    /// <summary>What becomes one generated file: the marked methods of a source, or a pair that the user wrote.</summary>
    private sealed class Part(SyntaxTree source, bool isHot)
    {
        public bool IsHot => isHot;

        public List<HotMethodModel> Methods { get; } = [];

        /// <summary>Null for methods that are no pairs.</summary>
        public List<HotPair?> Pairs { get; } = [];

        public List<ParsedTwin> Twins { get; } = [];

        public string? Name { get; set; }

        public bool HasCopies => Twins.Exists(static twin => twin.Twin is not null);

        public bool NeedsList => Methods.Exists(static method => method.NeedsList);

        public void Add((HotMethodModel Model, HotPair? Pair) method)
        {
            Methods.Add(method.Model);
            Pairs.Add(method.Pair);
            Twins.Add(ParsedTwin.None);
        }

        public void Take(int index, ParsedTwin twin)
        {
            Twins[index] = twin;
            Methods[index] = Parser.WithTwin(Pairs[index]!, twin);
        }

        public SyntaxTree? Tree(bool measured, CancellationToken cancellation) =>
            FileEmitter.Emit(Methods, measured && isHot) is { } text
                ? CSharpSyntaxTree.ParseText(SourceText.From(text), (CSharpParseOptions)source.Options, cancellationToken: cancellation)
                : null;

        public HotFileModel Model()
        {
            string? sites = FileEmitter.SitesKey(Methods);
            return new(
                new([.. Methods.Select(method => method.Twin is null ? method.Method : method.Method with { SitesKey = sites })]),
                FileEmitter.Emit(Methods, measured: true) is { } text ? new(Name ?? Methods[0].Method.Key, text) : null,
                NeedsList
            );
        }
    }
}
