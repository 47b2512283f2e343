using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Syntax;

/// <summary>
/// A call that an interceptor takes the place of, as <c>[InterceptsLocation(1, data)]</c> names it: the contents of the file, by their hash, and
/// the position of the called name in it. Source: dotnet/roslyn, docs/features/interceptors.md.
/// </summary>
/// <param name="Contents">The hash of the file's text, in base 64.</param>
/// <param name="Position">Where the name begins.</param>
internal readonly record struct InterceptedPlace(string Contents, int Position)
{
    private const int HashBytes = 16;
    private const string AttributeName = "InterceptsLocation";

    /// <summary>The places in the attributes of a file, each with the literal that says it and the file name that stands behind it.</summary>
    public static IEnumerable<(LiteralExpressionSyntax Literal, InterceptedPlace Place, byte[] DisplayName)> In(SyntaxTree tree, CancellationToken cancellation)
    {
        if (!tree.GetText(cancellation).ToString().Contains(AttributeName))
        {
            yield break;
        }

        foreach (SyntaxNode node in tree.GetRoot(cancellation).DescendantNodes())
        {
            if (node is AttributeSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: 1 } }, { Expression: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal }] } attribute
                && AttributeNames.Simple(attribute) == AttributeName && Read(literal.Token.ValueText) is var (place, name))
            {
                yield return (literal, place, name);
            }
        }
    }

    /// <summary>What the compiler knows a text by.</summary>
    public static string ContentsOf(Microsoft.CodeAnalysis.Text.SourceText text) => Convert.ToBase64String([.. text.GetContentHash()]);

    /// <summary>The argument that says the place.</summary>
    public string Data(byte[] displayName) =>
        Convert.ToBase64String([.. Convert.FromBase64String(Contents), (byte)Position, (byte)(Position >> 8), (byte)(Position >> 16), (byte)(Position >> 24), .. displayName]);

    private static (InterceptedPlace Place, byte[] Name)? Read(string data)
    {
        try
        {
            byte[] bytes = Convert.FromBase64String(data);
            return bytes.Length < HashBytes + sizeof(int)
                ? null
                : (new(Convert.ToBase64String(bytes, 0, HashBytes), bytes[HashBytes] | (bytes[HashBytes + 1] << 8) | (bytes[HashBytes + 2] << 16) | (bytes[HashBytes + 3] << 24)),
                    [.. bytes.Skip(HashBytes + sizeof(int))]);
        }
        catch (FormatException)
        {
            // The compiler's to report.
            return null;
        }
    }

    /// <summary>The name by which a call can be intercepted; null where it cannot.</summary>
    public static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };
}
