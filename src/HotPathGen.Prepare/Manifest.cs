using System.Security.Cryptography;

namespace HotPathGen.Prepare;

/// <summary>The length and time of a file, which show whether it has changed.</summary>
internal readonly record struct Stamp(long Length, long LastWrite)
{
    public static Stamp Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new(file.Length, file.LastWriteTimeUtc.Ticks) : default;
    }
}

/// <summary>What the last run found in a file and made from it.</summary>
/// <param name="Copy">The copy's file name below the output folder; empty where the file itself is compiled.</param>
/// <param name="IsBound">Whether the copy also depends on what other files declare.</param>
internal sealed record Entry(
    Stamp Stamp,
    FileFacts Facts,
    string Copy,
    IReadOnlyList<PlainMethod> Plain,
    bool IsBound,
    IReadOnlyCollection<ObservingBuilder> Builders
);

/// <summary>What prepare remembers between builds. Where it cannot be read, everything is prepared again.</summary>
internal sealed class Manifest
{
    /// <summary>The version of prepare that writes the file. Another one, from before an update of the package, may have another format.</summary>
    private static readonly Guid s_version = typeof(Manifest).Module.ModuleVersionId;

    /// <summary>A hash of what the facts of a file depend on besides its text: the build's options and prepare itself.</summary>
    public string Options { get; set; } = "";

    /// <summary>A hash of what a copy depends on besides its file: the options and the facts of all files.</summary>
    public string Fingerprint { get; set; } = "";

    /// <summary>A hash of all files of the project, its references and what other generators made.</summary>
    public string Inputs { get; set; } = "";
    public Dictionary<string, Entry> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>For each reference, its methods that take the caller's name, and its types that async methods can return.</summary>
    public Dictionary<string, (Stamp Stamp, string[] Takers)> References { get; } = new(StringComparer.Ordinal);

    public static Manifest Read(string path)
    {
        var manifest = new Manifest();
        if (!File.Exists(path))
        {
            return manifest;
        }

        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (
                bytes.Length < SHA256.HashSizeInBytes
                || !SHA256.HashData(bytes.AsSpan(..^SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(^SHA256.HashSizeInBytes..))
            )
            {
                return manifest;
            }

            using var reader = new BinaryReader(new MemoryStream(bytes));
            if (new Guid(reader.ReadBytes(16)) != s_version)
            {
                return manifest;
            }

            manifest.Options = reader.ReadString();
            manifest.Fingerprint = reader.ReadString();
            manifest.Inputs = reader.ReadString();
            for (int left = reader.ReadInt32(); left > 0; left--)
            {
                manifest.Files.Add(
                    reader.ReadString(),
                    new(ReadStamp(reader), FileFacts.Read(reader), reader.ReadString(), ReadPlain(reader), reader.ReadBoolean(), ReadBuilders(reader))
                );
            }

            for (int left = reader.ReadInt32(); left > 0; left--)
            {
                manifest.References.Add(
                    reader.ReadString(),
                    (ReadStamp(reader), reader.ReadString().Split('|', StringSplitOptions.RemoveEmptyEntries))
                );
            }

            return manifest;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Manifest();
        }
    }

    public void Write(string path)
    {
        string temporary = path + ".tmp";
        var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            writer.Write(s_version.ToByteArray());
            writer.Write(Options);
            writer.Write(Fingerprint);
            writer.Write(Inputs);
            writer.Write(Files.Count);
            foreach (var (source, entry) in Files)
            {
                writer.Write(source);
                WriteStamp(writer, entry.Stamp);
                entry.Facts.Write(writer);
                writer.Write(entry.Copy);
                WritePlain(writer, entry.Plain);
                writer.Write(entry.IsBound);
                WriteBuilders(writer, entry.Builders);
            }

            writer.Write(References.Count);
            foreach (var (reference, (stamp, takers)) in References)
            {
                writer.Write(reference);
                WriteStamp(writer, stamp);
                writer.Write(string.Join('|', takers));
            }
        }

        // The hash shows whether the file is damaged. A damaged file must not decide what is compiled.
        byte[] content = bytes.ToArray();
        File.WriteAllBytes(temporary, [.. content, .. SHA256.HashData(content)]);
        File.Move(temporary, path, overwrite: true);
    }

    private static ObservingBuilder[] ReadBuilders(BinaryReader reader)
    {
        var builders = new ObservingBuilder[reader.ReadInt32()];
        for (int i = 0; i < builders.Length; i++)
        {
            builders[i] = new(reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString());
        }

        return builders;
    }

    private static void WriteBuilders(BinaryWriter writer, IReadOnlyCollection<ObservingBuilder> builders)
    {
        writer.Write(builders.Count);
        foreach (var (name, builder, task, typeParameter) in builders)
        {
            writer.Write(name);
            writer.Write(builder);
            writer.Write(task);
            writer.Write(typeParameter);
        }
    }

    private static Stamp ReadStamp(BinaryReader reader) => new(reader.ReadInt64(), reader.ReadInt64());

    private static void WriteStamp(BinaryWriter writer, Stamp stamp)
    {
        writer.Write(stamp.Length);
        writer.Write(stamp.LastWrite);
    }

    private static PlainMethod[] ReadPlain(BinaryReader reader)
    {
        var plain = new PlainMethod[reader.ReadInt32()];
        for (int i = 0; i < plain.Length; i++)
        {
            plain[i] = new(reader.ReadString(), reader.ReadString(), reader.ReadInt32(), reader.ReadString());
        }

        return plain;
    }

    private static void WritePlain(BinaryWriter writer, IReadOnlyList<PlainMethod> plain)
    {
        writer.Write(plain.Count);
        foreach (var method in plain)
        {
            writer.Write(method.Name);
            writer.Write(method.File);
            writer.Write(method.Line);
            writer.Write(method.Reason);
        }
    }
}
