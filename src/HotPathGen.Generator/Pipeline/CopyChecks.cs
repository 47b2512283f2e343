using HotPathGen.Generator.Checks;
using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Pipeline;

/// <summary>Binds all copies together, in a compilation where nothing else has a body, and leaves out those that mean something else.</summary>
internal static class CopyChecks
{
    public static void Check(
        Compilation compilation,
        Compilation bound,
        FileBuilder[] parts,
        SyntaxTree?[] halves,
        SyntaxTree?[] copies,
        CancellationToken cancellation
    )
    {
        (FileBuilder Part, SyntaxTree Tree)[] copied =
        [
            .. parts.Zip(copies, static (part, copy) => (Part: part, Tree: copy!)).Where(static part => part.Tree is not null),
        ];
        if (copied.Length == 0)
        {
            return;
        }

        SyntaxTree[] sources = [.. compilation.SyntaxTrees];
        // Nullable analysis decides nothing but warnings.
        CompilationOptions options = ((CSharpCompilationOptions)bound.Options)
            .WithNullableContextOptions(NullableContextOptions.Disable)
            .WithWarningLevel(0);
        var whole = bound
            .WithOptions(options)
            .RemoveAllSyntaxTrees()
            .AddSyntaxTrees([
                .. Workers.Do(compilation, sources, tree => Bodiless.Of(tree, cancellation), cancellation),
                .. bound.SyntaxTrees.Skip(sources.Length).Except(halves.Where((_, i) => copies[i] is not null).OfType<SyntaxTree>()),
                .. copied.Select(static part => part.Tree),
            ]);
        var symbols = new SymbolHashes();
        var errors = Errors(whole, cancellation);
        Workers.Do(whole, copied, part => CheckFile(part.Part, part.Tree, whole, symbols, errors, cancellation), cancellation);
    }

    /// <summary>The errors of all copies, by file; null if the compiler fails. Then each file has to be asked for separately.</summary>
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

    /// <summary>Checks the copies of a file. The instrumented bodies of a file are printed in the order of their methods.</summary>
    private static bool CheckFile(
        FileBuilder part,
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
            failed = BodyCopies.Failed(exception);
        }

        MethodDeclarationSyntax[] copies =
        [
            .. HotMembers.Within(((CompilationUnitSyntax)tree.GetRoot(cancellation)).Members, IsCopy).Cast<MethodDeclarationSyntax>(),
        ];
        int next = 0;
        for (int i = 0; i < part.Methods.Count; i++)
        {
            if (part.InstrumentedBodies[i] is { Instrumented: not null, Copied: { } copied })
            {
                // If the parser did not even find the copy, there is none.
                string? fault = failed ?? (next < copies.Length ? Fault(copied, copies[next]) : "its copy with probes cannot be parsed");
                next++;
                if (fault is not null)
                {
                    part.Refuse(i, fault);
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
                return BodyCopies.Failed(exception);
            }
        }
    }

    private static bool IsCopy(SyntaxNode node) => node is MethodDeclarationSyntax method && method.Identifier.ValueText.Contains(Marks.Probing);
}
