using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Prepare;

/// <summary>A source file as the compiler will read it.</summary>
internal sealed class SourceFile(string path, SourceText text, CSharpParseOptions options)
{
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private SyntaxNode? _root;

    public string Path => path;
    public SourceText Text => text;
    public SyntaxNode Root => _root ??= CSharpSyntaxTree.ParseText(text, options, path).GetRoot();

    public static SourceFile Read(string path, Request request)
    {
        using var bytes = new MemoryStream(File.ReadAllBytes(path));
        SourceText text;
        try
        {
            text = SourceText.From(bytes, s_strictUtf8, request.ChecksumAlgorithm);
        }
        catch (DecoderFallbackException)
        {
            bytes.Position = 0;
            text = SourceText.From(bytes, request.FallbackEncoding, request.ChecksumAlgorithm);
        }

        return new(path, text, request.ParseOptions);
    }

    public bool Mentions(string word) => Text.ToString().Contains(word, StringComparison.Ordinal);
}
