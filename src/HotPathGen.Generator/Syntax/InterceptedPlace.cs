using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Syntax;

/// <summary>
/// A call that an interceptor replaces, as <c>[InterceptsLocation(1, data)]</c> names it: by the hash of the file's contents, and by the position of
/// the called name in the file. Source: dotnet/roslyn, docs/features/interceptors.md.
/// </summary>
/// <param name="Contents">The hash of the file's text, in base 64.</param>
/// <param name="Position">The position where the name begins.</param>
internal readonly record struct InterceptedPlace(string Contents, int Position)
{
    private const int HashBytes = 16;
    public const string AttributeName = "InterceptsLocation";

    /// <summary>The places in the attributes of a file, each with the literal that contains it and the file name that stands behind it.</summary>
    public static IEnumerable<(LiteralExpressionSyntax Literal, InterceptedPlace Place, byte[] DisplayName)> In(
        SyntaxTree tree,
        CancellationToken cancellation
    )
    {
        foreach (var attribute in Attributes(tree, cancellation))
        {
            if (
                attribute.ArgumentList?.Arguments
                    is [
                        { Expression: LiteralExpressionSyntax { Token.Value: 1 } },
                        { Expression: LiteralExpressionSyntax { Token.Value: string data } literal },
                    ]
                && Read(data) is var (place, name)
            )
            {
                yield return (literal, place, name);
            }
        }
    }

    private static IEnumerable<AttributeSyntax> Attributes(SyntaxTree tree, CancellationToken cancellation) =>
        tree.GetText(cancellation).ToString().Contains(AttributeName)
            ? tree.GetRoot(cancellation)
                .DescendantNodes()
                .OfType<AttributeSyntax>()
                .Where(static attribute => AttributeNames.Simple(attribute) == AttributeName)
            : [];

    /// <summary>The interceptors of a class, in their order.</summary>
    public static IEnumerable<MethodDeclarationSyntax> Interceptors(TypeDeclarationSyntax type) =>
        type
            .Members.OfType<MethodDeclarationSyntax>()
            .Where(static method =>
                method.AttributeLists.SelectMany(static list => list.Attributes).Any(static given => AttributeNames.Simple(given) == AttributeName)
            );

    /// <summary>
    /// The method through which other files can call an interceptor, as prepare added it; null if there is none. Generators hide their interceptors
    /// in one file.
    /// </summary>
    public static MethodDeclarationSyntax? Opened(MethodDeclarationSyntax interceptor)
    {
        if (interceptor.Parent is not ClassDeclarationSyntax type)
        {
            return null;
        }

        SyntaxNode[] around = [.. type.Parent!.ChildNodes()];
        return
            around.ElementAtOrDefault(Array.IndexOf(around, type) + 1) is ClassDeclarationSyntax opened
            && opened.Identifier.ValueText.StartsWith(Marks.Interceptors, StringComparison.Ordinal)
            ? (MethodDeclarationSyntax)opened.Members[Interceptors(type).ToList().IndexOf(interceptor)]
            : null;
    }

    /// <summary>The places that are named in the older way, <c>[InterceptsLocation(path, line, column)]</c>, each with its three arguments.</summary>
    public static IEnumerable<(LiteralExpressionSyntax[] Arguments, string Path, LinePosition Position)> ByLine(
        SyntaxTree tree,
        CancellationToken cancellation
    )
    {
        foreach (var attribute in Attributes(tree, cancellation))
        {
            LiteralExpressionSyntax[] arguments =
            [
                .. attribute.ArgumentList?.Arguments.Select(argument => argument.Expression).OfType<LiteralExpressionSyntax>() ?? [],
            ];
            if (arguments is [{ Token.Value: string path }, { Token.Value: int line }, { Token.Value: int column }] && line > 0 && column > 0)
            {
                yield return (arguments, path, new(line - 1, column - 1));
            }
        }
    }

    /// <summary>
    /// All places that are named in the files of a compilation, in the newer and in the older way, each with its interceptor. In the older way, a
    /// file is known by its path.
    /// </summary>
    public static Dictionary<InterceptedPlace, MethodDeclarationSyntax?> All(Compilation compilation, CancellationToken cancellation)
    {
        var places = new Dictionary<InterceptedPlace, MethodDeclarationSyntax?>();
        Dictionary<string, SyntaxTree>? byPath = null;
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var (literal, place, _) in In(tree, cancellation))
            {
                places[place] = literal.FirstAncestorOrSelf<MethodDeclarationSyntax>();
            }

            foreach (var (arguments, path, position) in ByLine(tree, cancellation))
            {
                byPath ??= compilation
                    .SyntaxTrees.GroupBy(file => Mapped(file.FilePath, compilation.Options.SourceReferenceResolver))
                    .ToDictionary(static group => group.Key, static group => group.First());
                if (byPath.TryGetValue(path, out var file) && PositionOf(file.GetText(cancellation), position) is { } place)
                {
                    places[new(ContentsOf(file.GetText(cancellation)), place)] = arguments[0].FirstAncestorOrSelf<MethodDeclarationSyntax>();
                }
            }
        }

        return places;
    }

    /// <summary>A path as the compiler writes it. A build may replace the folders of its machine.</summary>
    public static string Mapped(string path, SourceReferenceResolver? resolver) => resolver?.NormalizePath(path, baseFilePath: null) ?? path;

    /// <summary>The position of a line and column in a text; null for a line that the text does not have.</summary>
    public static int? PositionOf(SourceText text, LinePosition position) =>
        position.Line < text.Lines.Count ? text.Lines[position.Line].Start + position.Character : null;

    /// <summary>The hash by which the compiler knows a text.</summary>
    public static string ContentsOf(SourceText text) => Convert.ToBase64String([.. text.GetContentHash()]);

    /// <summary>The argument of the attribute that names the place.</summary>
    public string Data(byte[] displayName) =>
        Convert.ToBase64String([
            .. Convert.FromBase64String(Contents),
            (byte)Position,
            (byte)(Position >> 8),
            (byte)(Position >> 16),
            (byte)(Position >> 24),
            .. displayName,
        ]);

    private static (InterceptedPlace Place, byte[] Name)? Read(string data)
    {
        try
        {
            byte[] bytes = Convert.FromBase64String(data);
            return bytes.Length < HashBytes + sizeof(int)
                ? null
                : (
                    new(
                        Convert.ToBase64String(bytes, 0, HashBytes),
                        bytes[HashBytes] | (bytes[HashBytes + 1] << 8) | (bytes[HashBytes + 2] << 16) | (bytes[HashBytes + 3] << 24)
                    ),
                    [.. bytes.Skip(HashBytes + sizeof(int))]
                );
        }
        catch (FormatException)
        {
            // The compiler reports this error.
            return null;
        }
    }

    /// <summary>The name by which a call can be intercepted; null if the call cannot be intercepted.</summary>
    public static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) =>
        call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            MemberBindingExpressionSyntax binding => binding.Name,
            SimpleNameSyntax name => name,
            _ => null,
        };
}
