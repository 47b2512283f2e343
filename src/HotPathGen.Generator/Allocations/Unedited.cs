using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Allocations;

/// <summary>
/// In an editor each keystroke makes a new compilation, and with it new symbols for everything. As long as only the insides of bodies are edited, and
/// those of few files, what is known of all other bodies still holds: it is taken from the compilation before, with its symbols. A body
/// that was checked by an edited one is checked anew, and all is summed up anew.
/// </summary>
internal sealed class Unedited
{
    // Each costs the binding of its hot bodies for every keystroke.
    private const int MostEdited = 8;

    // What is known lives as long as the files that it is of: an editor keeps those that are not edited, a compiler keeps none.
    private static readonly ConditionalWeakTable<SyntaxTree, MethodAllocations> s_latest = new();

    private readonly ConcurrentDictionary<IMethodSymbol, IMethodSymbol?> _current = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<SyntaxTree, SyntaxTree> _edited;
    private readonly HashSet<SyntaxTree> _files;
    private readonly MethodAllocations _now;

    private Unedited(MethodAllocations methods, MethodAllocations now, Dictionary<SyntaxTree, SyntaxTree> edited)
    {
        Methods = methods;
        _now = now;
        _edited = edited;
        _files = [.. edited.Values];
    }

    /// <summary>What was known before the edits.</summary>
    public MethodAllocations Methods { get; }

    /// <summary>What a compilation shares with one before it; null where nothing holds any more, or there is none.</summary>
    public static Unedited? Of(Compilation compilation, AllowList allowed, MethodAllocations now)
    {
        SyntaxTree[] files = [.. compilation.SyntaxTrees];
        if (files.Length == 0)
        {
            return null;
        }

        if (
            (s_latest.TryGetValue(files[0], out var latest) || s_latest.TryGetValue(files[^1], out latest))
            && latest.AllowList.IsSame(allowed)
            && Edits(latest.Compilation, compilation, files) is { } edited
        )
        {
            return new(latest, now, edited);
        }

        // The first and the last, of which the one or the other may be edited next.
        foreach (var file in (SyntaxTree[])[files[0], files[^1]])
        {
            s_latest.Remove(file);
            s_latest.GetValue(file, _ => now);
        }

        return null;
    }

    /// <summary>The files whose insides differ, as they were and as they are; null where more does.</summary>
    private static Dictionary<SyntaxTree, SyntaxTree>? Edits(Compilation before, Compilation now, SyntaxTree[] files)
    {
        SyntaxTree[] old = [.. before.SyntaxTrees];
        if (
            old.Length != files.Length
            || before.AssemblyName != now.AssemblyName
            || !before.Options.Equals(now.Options)
            || !before.ExternalReferences.SequenceEqual(now.ExternalReferences)
        )
        {
            return null;
        }

        var edited = new Dictionary<SyntaxTree, SyntaxTree>();
        for (int i = 0; i < files.Length; i++)
        {
            if (old[i] != files[i])
            {
                if (
                    edited.Count == MostEdited
                    || old[i].FilePath != files[i].FilePath
                    || !old[i].Options.Equals(files[i].Options)
                    || !SyntaxFactory.AreEquivalent(old[i], files[i], topLevel: true)
                )
                {
                    return null;
                }

                edited.Add(old[i], files[i]);
            }
        }

        return edited;
    }

    /// <summary>Whether a method is known from before.</summary>
    public bool Has(IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, Methods.Compilation.Assembly)
        && Place(method) is { SyntaxTree: var file }
        && !_edited.ContainsKey(file);

    public bool AnyEdited(IEnumerable<SyntaxTree> files) => files.Any(_edited.ContainsKey);

    /// <summary>The method as it is now where its file is edited, as it was before where not; null for one that has no place of its own.</summary>
    public IMethodSymbol? Current(IMethodSymbol method)
    {
        if (Place(method) is not { SyntaxTree: var file } reference)
        {
            return null;
        }

        bool isBefore = SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, Methods.Compilation.Assembly);
        return isBefore && _edited.TryGetValue(file, out var edited)
                ? _current.GetOrAdd(method, _ => Find(_now, Corresponding(reference.GetSyntax(), edited.GetRoot())))
            : !isBefore && !_files.Contains(file) && Methods.Compilation.ContainsSyntaxTree(file)
                ? _current.GetOrAdd(method, _ => Find(Methods, reference.GetSyntax()))
            : method;
    }

    /// <summary>A method known from before, as it is now.</summary>
    public IMethodSymbol? Now(IMethodSymbol method) => Find(_now, Place(method)!.GetSyntax());

    /// <summary>Where a method is declared; a constructor that the compiler writes with its type.</summary>
    private static SyntaxReference? Place(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.FirstOrDefault()
        ?? (
            method is { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: true }
                ? method.ContainingType.DeclaringSyntaxReferences.FirstOrDefault()
                : null
        );

    private static IMethodSymbol? Find(MethodAllocations methods, SyntaxNode? declaration) =>
        declaration switch
        {
            null => null,
            TypeDeclarationSyntax type => methods.Model(type.SyntaxTree).GetDeclaredSymbol(type) is { InstanceConstructors: var constructors }
                ? constructors.FirstOrDefault(static constructor =>
                    constructor.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is TypeDeclarationSyntax)
                ) ?? constructors.FirstOrDefault(static constructor => constructor is { IsImplicitlyDeclared: true, Parameters.IsEmpty: true })
                : null,
            ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax property } => (
                methods.Model(property.SyntaxTree).GetDeclaredSymbol(property) as IPropertySymbol
            )?.GetMethod,
            _ => methods.Model(declaration.SyntaxTree).GetDeclaredSymbol(declaration) as IMethodSymbol,
        };

    /// <summary>The node in the same place of a file that has the same declarations.</summary>
    private static SyntaxNode? Corresponding(SyntaxNode declaration, SyntaxNode root)
    {
        var path = new Stack<int>();
        for (var node = declaration; node.Parent is { } parent; node = parent)
        {
            path.Push(parent.ChildNodes().TakeWhile(sibling => sibling != node).Count());
        }

        var found = root;
        foreach (int index in path)
        {
            found = found?.ChildNodes().ElementAtOrDefault(index);
        }

        return found?.RawKind == declaration.RawKind ? found : null;
    }
}
