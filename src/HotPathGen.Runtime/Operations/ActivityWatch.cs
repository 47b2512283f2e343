using System.Diagnostics;

namespace HotPathGen.Runtime;

/// <summary>
/// Sees when activities start and stop, without listening to their sources: a listener would have them created that production does not create.
/// Costs an activity two calls of a delegate, and allocates nothing.
/// </summary>
internal sealed class ActivityWatch(Operations operations)
{
    private readonly EndpointNames _endpoints = new(operations);
    private bool _isOn;

    public void Start()
    {
        Activity.CurrentChanged += Change;
        if (Activity.Current is not null)
        {
            SwitchOn();
        }
    }

    // Also called when a program sets Activity.Current, but not when the activity flows to another thread.
    private void Change(object? sender, ActivityChangedEventArgs change)
    {
        if (!_isOn)
        {
            SwitchOn();
        }

        // An activity is stopped before another one becomes current. It may be stopped while a child of it is current that was not stopped.
        var ended = Operations.Outermost(change.Previous);
        if (ended is { IsStopped: true } && !Recorder.IsOff)
        {
            operations.End(ended, isStop: change is { Current: null } && ended == change.Previous);
        }

        Recorder.FollowOperation();
    }

    private void SwitchOn()
    {
        long start = GC.GetAllocatedBytesForCurrentThread();
        operations.SwitchOn();
        if (!Interlocked.Exchange(ref _isOn, true))
        {
            _endpoints.Start();
        }

        OwnBytes.AddSince(ref start);
    }
}
