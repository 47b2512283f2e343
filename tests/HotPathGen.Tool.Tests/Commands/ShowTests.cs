using HotPathGen.Tool.Tests.Data;

namespace HotPathGen.Tool.Tests.Commands;

[TestFixture]
public sealed class ShowTests
{
    [Test]
    public void Shows_the_methods_of_a_snapshot() => Verified.Verify(ToolRun.Of("show", RecordedSnapshot.DocSearch).MustSucceed(), "Show");
}
