using System.Collections;

namespace HotPathGen.Runtime;

/// <summary>One enumeration of an observed iterator. Its steps are segments. Its end is recorded once, however it ends.</summary>
internal unsafe struct Enumeration(ObservedCall call)
{
    private long _bytes;
    private bool _ended;

    public bool MoveNext(IEnumerator inner)
    {
        var frame = Recorder.EnterStep(call.Method, call.SiteCount);
        bool more = false,
            completed = false;
        try
        {
            more = inner.MoveNext();
            completed = true;
        }
        finally
        {
            _bytes += Recorder.ExitSegment(frame, out _);
            if (!more)
            {
                End(failed: !completed);
            }
        }
        return more;
    }

    public void Dispose(IDisposable? inner)
    {
        var frame = Recorder.EnterStep(call.Method, call.SiteCount);
        bool completed = false;
        try
        {
            inner?.Dispose();
            completed = true;
        }
        finally
        {
            _bytes += Recorder.ExitSegment(frame, out _);
            End(failed: !completed);
        }
    }

    private void End(bool failed)
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        Recorder.CompleteEnumeration(call, _bytes, failed);
    }
}
