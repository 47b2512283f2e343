using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace HotPathGen.Tool.Serving;

/// <summary>The secret that a client must know. It is compared in constant time.</summary>
internal sealed class Token
{
    private const int ShortestLength = 16;

    private readonly byte[] _hash;

    private Token(string text, bool isGenerated)
    {
        Text = text;
        IsGenerated = isGenerated;
        _hash = Hash(text);
    }

    public string Text { get; }
    public bool IsGenerated { get; }

    public static Token Generate() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), isGenerated: true);

    /// <param name="text">What the user gave.</param>
    /// <param name="origin">Where it was given, for messages.</param>
    public static Token Of(string text, string origin) =>
        text.Length >= ShortestLength && text.All(static letter => letter is > ' ' and <= '~')
            ? new(text, isGenerated: false)
            : throw new InputException(
                origin,
                "",
                FormattableString.Invariant($"a token has at least {ShortestLength} visible ASCII characters, without spaces"),
                "Leave it out, and one is generated."
            );

    public static Token OfFile(string path)
    {
        try
        {
            return Of(File.ReadAllText(path).Trim(), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException(path, "", $"it cannot be read: {e.Message.TrimEnd('.')}", "Name a file with the token as its only line.");
        }
    }

    // The hashes have one length, so that not even the length of the token can be found out.
    public bool Is(string given) => CryptographicOperations.FixedTimeEquals(_hash, Hash(given));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
