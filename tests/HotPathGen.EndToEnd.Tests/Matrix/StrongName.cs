using System.Security.Cryptography;

namespace HotPathGen.EndToEnd.Tests.Matrix;

/// <summary>A key to sign assemblies with, new for every run.</summary>
internal static class StrongName
{
    private static readonly RSACryptoServiceProvider s_key = new(2048);

    /// <summary>The key in the form of metadata: first the algorithms' ids and the length.</summary>
    public static string PublicKey { get; } = Print(s_key.ExportCspBlob(includePrivateParameters: false));

    public static void Write(string path) => File.WriteAllBytes(path, s_key.ExportCspBlob(includePrivateParameters: true));

    private static string Print(byte[] key)
    {
        // The blob has the algorithm for key exchange. A strong name has the one for signing.
        key[5] = 0x24;
        return Convert.ToHexStringLower([0x00, 0x24, 0x00, 0x00, 0x04, 0x80, 0x00, 0x00, .. BitConverter.GetBytes(key.Length), .. key]);
    }
}
