using HotPathGen.Tool.Snapshots;
using HotPathGen.Tool.Tests.Data;

namespace HotPathGen.Tool.Tests.Snapshots;

[TestFixture]
public sealed class RoundTripTests
{
    [Test]
    public void What_the_runtime_wrote_is_written_back_byte_for_byte()
    {
        using var written = new MemoryStream();
        SnapshotWriter.Write(written, SnapshotReader.Read(RecordedSnapshot.DocSearch));

        Assert.That(System.Text.Encoding.UTF8.GetString(written.ToArray()), Is.EqualTo(File.ReadAllText(RecordedSnapshot.DocSearch)));
    }
}
