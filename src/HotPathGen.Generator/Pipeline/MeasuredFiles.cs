using System.Collections.Immutable;
using System.Text;
using HotPathGen.Generator.Checks;
using HotPathGen.Generator.Emission;
using HotPathGen.Generator.Models;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HotPathGen.Generator.Pipeline;

/// <summary>
/// Makes what a measured build generates, file by file. First the pairs are found. Then their halves are added to the compilation, so that bodies
/// which use hot members bind, and the bodies are copied. Then the copies are added, and each is compared with its original body. Binding bodies is
/// most of what the generator costs. It runs on all processors, as it does when the compiler binds bodies.
/// </summary>
internal static class MeasuredFiles
{
    /// <summary>The files with hot methods.</summary>
    /// <param name="compilation">The compilation as prepare left it.</param>
    /// <param name="everything">Whether pairs with pooled parameters are hot if no attribute says anything about them.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static ImmutableArray<HotFileModel> Of(Compilation compilation, bool everything, CancellationToken cancellation)
    {
        SyntaxTree[] trees = [.. compilation.SyntaxTrees];
        FileBuilder[] parts =
        [
            .. Workers
                .Do(compilation, trees, tree => HotMembers.Find(compilation, tree, everything, cancellation), cancellation)
                .SelectMany(static found => found),
        ];

        var halves = Workers.Do(compilation, parts, part => part.Tree(measured: false, cancellation), cancellation);
        SyntaxTree[] others = [.. Others(compilation, parts)];
        var bound = compilation.AddSyntaxTrees([.. halves.OfType<SyntaxTree>(), .. others]);
        var symbols = new SymbolHashes();
        var intercepted = InterceptedPlace.All(compilation, cancellation);
        Workers.Do(bound, parts, part => BodyCopies.Read(part, bound, symbols, intercepted, cancellation), cancellation);

        Check();
        // A body whose functions cannot have frames of their own is copied without them.
        FileBuilder[] refused = [.. parts.Where(static part => part.LeaveFunctions())];
        if (refused.Length > 0)
        {
            Workers.Do(bound, refused, part => BodyCopies.Read(part, bound, symbols, intercepted, cancellation), cancellation);
            Check();
        }

        return [.. parts.Where(static part => part.IsHot).Select(static part => part.Model())];

        void Check()
        {
            var copies = Workers.Do(compilation, parts, part => part.HasCopies ? part.Tree(measured: true, cancellation) : null, cancellation);
            // The copies open frames of functions, which have numbers, too.
            var complete = bound.RemoveSyntaxTrees(others).AddSyntaxTrees(Others(compilation, parts));
            CopyChecks.Check(compilation, complete, parts, halves, copies, cancellation);
        }
    }

    /// <summary>The files that bodies may refer to and that are not generated for each source file.</summary>
    private static IEnumerable<SyntaxTree> Others(Compilation compilation, FileBuilder[] parts)
    {
        if (parts.Length == 0)
        {
            yield break;
        }

        var table = new StringBuilder("namespace HotPathGen.Generated { internal static class HotPathMethods {");
        foreach (string key in parts.Where(static part => part.IsHot).SelectMany(static part => part.Keys))
        {
            table.Append(" internal static readonly int M_").Append(key).Append(" = 0;");
        }

        foreach (string key in parts.SelectMany(static part => part.InitializerKeys))
        {
            table.Append(" internal const bool C_").Append(key).Append(" = false;");
        }

        var options = (CSharpParseOptions)compilation.SyntaxTrees.First().Options;
        yield return CSharpSyntaxTree.ParseText(table.Append(" } }").ToString(), options);
        if (parts.Any(static part => part.NeedsList))
        {
            yield return CSharpSyntaxTree.ParseText(PooledListEmitter.Text, options);
        }
    }
}
