using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Allocations;

/// <summary>
/// Takes over what is known from the compilation before. In an editor, each keystroke makes a new compilation, with new symbols for everything. As
/// long as only the insides of bodies are edited, and only in a few files, what is known of all other bodies still holds. It is taken from the
/// compilation before, with its symbols. A body that was checked with the help of an edited one is checked again, and all sums are made again.
/// </summary>
internal sealed class Unedited
{
    // Each edited file costs the binding of its hot bodies at every keystroke.
    private const int MostEdited = 8;

    // What is known lives as long as the files that it belongs to. An editor keeps the files that are not edited; a compiler keeps none.
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

    /// <summary>What was known of methods before the edits.</summary>
    public MethodAllocations Methods { get; }

    /// <summary>What a compilation shares with one before it; null if there is none before, or if nothing still holds.</summary>
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

        // These are the first file and the last file. Either of them may be edited next; the other one keeps the entry then.
        foreach (var file in (SyntaxTree[])[files[0], files[^1]])
        {
            s_latest.Remove(file);
            s_latest.GetValue(file, _ => now);
        }

        return null;
    }

    /// <summary>The files whose bodies differ, as they were and as they are now; null if more than bodies differs.</summary>
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

    /// <summary>Whether a method is known from the compilation before.</summary>
    public bool Has(IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, Methods.Compilation.Assembly)
        && Place(method) is { SyntaxTree: var file }
        && !_edited.ContainsKey(file);

    public bool AnyEdited(IEnumerable<SyntaxTree> files) => files.Any(_edited.ContainsKey);

    /// <summary>
    /// The symbol of a method: the present one if its file is edited, the one of the compilation before if not; null for a method that is declared
    /// nowhere.
    /// </summary>
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

    /// <summary>The present symbol of a method that is known from before.</summary>
    public IMethodSymbol? Now(IMethodSymbol method) => Find(_now, Place(method)!.GetSyntax());

    /// <summary>The place where a method is declared. A constructor that the compiler writes is declared with its type.</summary>
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

    /// <summary>The node at the same place of a file that has the same declarations.</summary>
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
