using System.Security.Cryptography;

namespace HotPathGen.Tests.Prepare;

/// <summary>A damaged manifest costs time and never changes the result.</summary>
public sealed class ManifestTests
{
    private readonly List<IDisposable> _projects = [];

    [TearDown]
    public void Clean()
    {
        _projects.ForEach(project => project.Dispose());
        _projects.Clear();
    }

    [Test]
    public void A_truncated_manifest_is_survived_at_every_length()
    {
        var (project, good, expected) = Prepared();
        for (int length = 0; length < good.Length; length++)
        {
            Check(project, good[..length], expected, $"the first {length} bytes");
        }
    }

    [Test]
    public void A_flipped_byte_is_survived_wherever_it_is()
    {
        var (project, good, expected) = Prepared();
        for (int at = 0; at < good.Length; at++)
        {
            byte[] bad = [.. good];
            bad[at] ^= (byte)(1 << (at % 8));
            Check(project, bad, expected, $"byte {at}");
        }
    }

    [Test]
    public void Foreign_bytes_are_survived()
    {
        var (project, good, expected) = Prepared();
        Check(project, [.. good, 0], expected, "one more");
        Check(project, [.. good, .. good], expected, "twice");
        Check(project, [.. Enumerable.Repeat((byte)0xff, 1000)], expected, "ff");
        Check(project, [.. Enumerable.Repeat((byte)0x7f, 1000)], expected, "7f");
        Check(project, new byte[1000], expected, "zeros");
    }

    /// <summary>An update of the package leaves a manifest that is whole, in a format of its own.</summary>
    [Test]
    public void That_of_another_version_is_not_read()
    {
        var (project, good, expected) = Prepared();
        byte[] content = good[..^SHA256.HashSizeInBytes];
        Check(project, Whole(content[16..]), expected, "without the version");
        Check(project, Whole([.. Guid.Empty.ToByteArray(), .. content[16..^4]]), expected, "shorter, of another version");
        Check(project, Whole([.. Enumerable.Repeat((byte)0xff, 1000)]), expected, "in another format");

        static byte[] Whole(byte[] content) => [.. content, .. SHA256.HashData(content)];
    }

    [Test]
    public void A_whole_one_is_believed()
    {
        var (project, good, _) = Prepared();
        File.WriteAllBytes(Path.Combine(project.Output, "manifest.bin"), good);
        File.WriteAllText(project.Copy("A.cs")!, "poison");
        project.Run();

        Assert.That(project.CopyText("A.cs"), Is.EqualTo("poison"));
    }

    private static void Check(TemporaryProject project, byte[] manifest, SortedDictionary<string, string> expected, string what)
    {
        File.WriteAllBytes(Path.Combine(project.Output, "manifest.bin"), manifest);
        Assert.That(project.Run, Throws.Nothing, what);
        Assert.That(project.Written(), Is.EqualTo(expected), what);
    }

    private (TemporaryProject Project, byte[] Manifest, SortedDictionary<string, string> Expected) Prepared()
    {
        var project = new TemporaryProject();
        _projects.Add(project);
        project.Source(
            "A.cs",
            "using HotPathGen; [Instrument] partial class A { void M() { } int _n; int P => _n; void "
                + "Take([System.Runtime.CompilerServices.CallerMemberName] string n = \"\") { } }"
        );
        project.Source("B.cs", "[assembly: HotPathGen.DoNotInstrument] partial class A { void N() { Take(); } void O() { } }");
        project.References.Add(typeof(System.Diagnostics.ActivitySource).Assembly.Location);
        project.Run();
        return (project, File.ReadAllBytes(Path.Combine(project.Output, "manifest.bin")), project.Written());
    }
}
