using HotPathGen.Runtime;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

public sealed class LiveRequestTests
{
    [Test]
    public void A_request_is_read_from_arguments()
    {
        Assert.That(Of("status"), Is.EqualTo(new LiveRequest("7", "status", HotPath.RecordingDetail.Off, null, null, null)));
        Assert.That(
            Of("detail", (LiveProtocol.Level, "light"), (LiveProtocol.OverheadPercent, "2.5"), (LiveProtocol.ForMs, "1500")),
            Is.EqualTo(new LiveRequest("7", "detail", HotPath.RecordingDetail.Light, 0.025, 1500, null))
        );
    }

    /// <summary>As a listener in the process gives them, or a session of another tool, or the end of a session.</summary>
    [Test]
    public void Arguments_without_a_request_are_none()
    {
        Assert.That(LiveRequest.Of(null), Is.Null);
        Assert.That(LiveRequest.Of(new Dictionary<string, string?> { ["EventCounterIntervalSec"] = "1" }), Is.Null);
        Assert.That(LiveRequest.Of(new Dictionary<string, string?> { [LiveProtocol.RequestId] = new('x', 100) }), Is.Null);
    }

    [TestCase("it does not know the command dance", "dance")]
    [TestCase("it does not know the level loud", "detail", LiveProtocol.Level, "loud")]
    [TestCase("it does not know the level ", "detail")]
    [TestCase("0 is not a percentage above 0, up to 100", "detail", LiveProtocol.Level, "light", LiveProtocol.OverheadPercent, "0")]
    [TestCase("101 is not a percentage above 0, up to 100", "detail", LiveProtocol.Level, "light", LiveProtocol.OverheadPercent, "101")]
    [TestCase("much is not a percentage above 0, up to 100", "detail", LiveProtocol.Level, "light", LiveProtocol.OverheadPercent, "much")]
    [TestCase("0 is not a number of milliseconds above 0", "detail", LiveProtocol.Level, "light", LiveProtocol.ForMs, "0")]
    [TestCase("-1 is not a number of milliseconds above 0", "detail", LiveProtocol.Level, "light", LiveProtocol.ForMs, "-1")]
    public void What_cannot_be_done_is_refused_with_the_reason(string problem, string command, params string[] arguments)
    {
        Assert.That(Of(command, [.. arguments.Chunk(2).Select(static pair => (pair[0], pair[1]))])!.Problem, Is.EqualTo(problem));
    }

    [Test]
    public void Another_version_of_the_protocol_is_refused()
    {
        var request = LiveRequest.Of(new Dictionary<string, string?> { [LiveProtocol.RequestId] = "7", [LiveProtocol.ProtocolVersion] = "99" });

        Assert.That(request!.Problem, Is.EqualTo($"it understands version {LiveProtocol.Version} of requests, not 99"));
    }

    private static LiveRequest? Of(string command, params (string Name, string Value)[] arguments)
    {
        var values = arguments.ToDictionary(static argument => argument.Name, static argument => (string?)argument.Value);
        values[LiveProtocol.RequestId] = "7";
        values[LiveProtocol.ProtocolVersion] = "1";
        values[LiveProtocol.Command] = command;
        return LiveRequest.Of(values);
    }
}
