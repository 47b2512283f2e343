using HotPathGen.Runtime;

namespace HotPathGen.Tests.Recording;

/// <summary>Has every call recorded, so that tests know their figures. Tests of the other levels change it and change it back.</summary>
[SetUpFixture]
public sealed class RecordEverything
{
    [OneTimeSetUp]
    public void Start()
    {
        HotPath.Detail = RecordingDetail.Full;
        HotPath.Reset();
    }
}
