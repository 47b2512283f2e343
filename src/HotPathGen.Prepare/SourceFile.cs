using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Prepare;

/// <summary>A source file as the compiler will read it.</summary>
internal sealed class SourceFile(string path, SourceText text, CSharpParseOptions options, bool isOutput = false)
{
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private SyntaxTree? _tree;

    public string Path => path;

    /// <summary>Whether another generator wrote it.</summary>
    public bool IsOutput => isOutput;
    public SourceText Text => text;
    public SyntaxTree Tree => _tree ??= CSharpSyntaxTree.ParseText(text, options, path);
    public SyntaxNode Root => Tree.GetRoot();

    /// <summary>A file of another generator, which was parsed when that generator ran.</summary>
    /// <param name="path">The path that it will have.</param>
    /// <param name="tree">Its text.</param>
    /// <param name="options">The options for parsing it.</param>
    public static SourceFile Output(string path, SyntaxTree tree, CSharpParseOptions options) =>
        new(path, tree.GetText(), options, isOutput: true) { _tree = tree };

    public SourceFile With(SourceText changed) => changed == text ? this : new(path, changed, options, isOutput);

    public static SourceFile Read(string path, Request request)
    {
        using var bytes = new MemoryStream(File.ReadAllBytes(path));
        return new(path, Decode(bytes, request), request.ParseOptions);
    }

    /// <summary>
    /// Decodes a file. A byte order mark decides first. Without one it is the build's code page if it names one, else UTF-8, else the system's.
    /// </summary>
    private static SourceText Decode(MemoryStream bytes, Request request)
    {
        if (request.CodePage is { } codePage)
        {
            return SourceText.From(bytes, codePage, request.ChecksumAlgorithm);
        }

        try
        {
            return SourceText.From(bytes, s_strictUtf8, request.ChecksumAlgorithm);
        }
        catch (DecoderFallbackException)
        {
            bytes.Position = 0;
            return SourceText.From(bytes, Encoding.GetEncoding(0), request.ChecksumAlgorithm);
        }
    }

    public bool Mentions(string word) => Text.ToString().Contains(word, StringComparison.Ordinal);
}
