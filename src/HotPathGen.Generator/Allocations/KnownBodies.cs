using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HotPathGen.Generator.Allocations;

/// <summary>
/// What was found in bodies, for all compilations with the same declarations. In an editor, each keystroke makes a new compilation, with new symbols
/// for everything. What was found in a body still holds while its file is the same, and the files of the bodies that were used to check it. There is
/// at most one entry for each method. Entries have no symbols, so that they keep no compilation alive.
/// </summary>
internal sealed class KnownBodies
{
    // What is known lives as long as the files that it belongs to. An editor keeps the files that are not edited; a compiler keeps none.
    private static readonly ConditionalWeakTable<SyntaxTree, KnownBodies> s_latest = new();

    private readonly ConcurrentDictionary<MethodId, BodyAllocations> _bodies = new();
    private readonly string? _assembly;
    private readonly CompilationOptions _options;
    private readonly AllowList _allowed;

    // A reference may be another project's compilation.
    private readonly WeakReference<MetadataReference>[] _references;
    private SyntaxTree[] _files;

    private KnownBodies(Compilation compilation, SyntaxTree[] files, AllowList allowed)
    {
        (_assembly, _options, _files, _allowed) = (compilation.AssemblyName, compilation.Options, files, allowed);
        _references = [.. compilation.ExternalReferences.Select(static reference => new WeakReference<MetadataReference>(reference))];
    }

    /// <summary>What is known for a compilation.</summary>
    public static KnownBodies Of(Compilation compilation, SyntaxTree[] files, AllowList allowed)
    {
        if (files.Length == 0)
        {
            return new(compilation, files, allowed);
        }

        // Either the first or the last file may be edited next; the other one finds the entry then.
        var (first, last) = (files[0], files[^1]);
        lock (s_latest)
        {
            if (
                (s_latest.TryGetValue(first, out var known) || s_latest.TryGetValue(last, out known))
                && known.HasDeclarationsOf(compilation, files, allowed)
            )
            {
                known._files = files;
            }
            else
            {
                known = new(compilation, files, allowed);
            }

            foreach (var file in (SyntaxTree[])[first, last])
            {
                s_latest.Remove(file);
                s_latest.Add(file, known);
            }

            return known;
        }
    }

    /// <summary>What was found in a body, if all files that it depends on are still the same.</summary>
    /// <param name="id">The method with the body.</param>
    /// <param name="files">The files of the present compilation.</param>
    public BodyAllocations? Find(MethodId id, SyntaxTree[] files) =>
        _bodies.TryGetValue(id, out var body) && body.Files.All(file => FileDeclarations.Of(files[file.Index]).Version == file.Version) ? body : null;

    public void Add(MethodId id, BodyAllocations body) => _bodies[id] = body;

    private bool HasDeclarationsOf(Compilation compilation, SyntaxTree[] files, AllowList allowed)
    {
        if (
            _files.Length != files.Length
            || _assembly != compilation.AssemblyName
            || !_options.Equals(compilation.Options)
            || !_allowed.IsSame(allowed)
            || !_references
                .Select(static reference => reference.TryGetTarget(out var target) ? target : null)
                .SequenceEqual(compilation.ExternalReferences)
        )
        {
            return false;
        }

        for (int i = 0; i < files.Length; i++)
        {
            var (before, now) = (_files[i], files[i]);
            if (
                before != now
                && (
                    before.FilePath != now.FilePath
                    || !before.Options.Equals(now.Options)
                    || !SyntaxFactory.AreEquivalent(before, now, topLevel: true)
                )
            )
            {
                return false;
            }
        }

        return true;
    }
}
