using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;

namespace HotPathGen.Runtime;

/// <summary>
/// The event source through which the tool talks to the program, as <see cref="LiveProtocol"/> says. Nothing else is created before somebody asks.
/// </summary>
/// <param name="worker">
/// Carries out what is asked. It is a parameter, because the base constructor may call <see cref="OnEventCommand"/> already: a session may wait for
/// this source.
/// </param>
[EventSource(Name = LiveProtocol.Source)]
internal sealed unsafe class LiveEvents(LiveWorker worker) : EventSource(EventSourceSettings.EtwManifestEventFormat)
{
    private static LiveEvents? s_only;
    private static bool s_isStarted;

    /// <summary>
    /// False in Native AOT and trimmed programs unless they are built with <c>EventSourceSupport</c>. Native AOT has no diagnostic port then, either.
    /// </summary>
    [FeatureSwitchDefinition("System.Diagnostics.Tracing.EventSource.IsSupported")]
    private static bool IsSupported =>
        !AppContext.TryGetSwitch("System.Diagnostics.Tracing.EventSource.IsSupported", out bool isSupported) || isSupported;

    /// <summary>Creates the source, at the first call.</summary>
    [NonEvent]
    public static void Start(ProcessRecording recording)
    {
        if (IsSupported && !Interlocked.Exchange(ref s_isStarted, true))
        {
            s_only = new(new(recording));
        }
    }

    /// <summary>Writes a part of an answer.</summary>
    [Event(LiveProtocol.AnswerEvent, Level = EventLevel.Informational)]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "All parameters are primitive.")]
    public void Answer(string request, int kind, int index, int count, int checksum, byte[] data)
    {
        int length = data.Length;
        fixed (char* ofRequest = request)
        fixed (byte* ofData = data)
        {
            byte none = 0;
            var parts = stackalloc EventData[7];
            parts[0] = new() { DataPointer = (nint)ofRequest, Size = (request.Length + 1) * sizeof(char) };
            parts[1] = new() { DataPointer = (nint)(&kind), Size = sizeof(int) };
            parts[2] = new() { DataPointer = (nint)(&index), Size = sizeof(int) };
            parts[3] = new() { DataPointer = (nint)(&count), Size = sizeof(int) };
            parts[4] = new() { DataPointer = (nint)(&checksum), Size = sizeof(int) };
            parts[5] = new() { DataPointer = (nint)(&length), Size = sizeof(int) };
            parts[6] = new() { DataPointer = (nint)(length == 0 ? &none : ofData), Size = length };
            WriteEventCore(LiveProtocol.AnswerEvent, 7, parts);
        }
    }

    /// <summary>Writes an event that says nothing, so that readers get those before it.</summary>
    [Event(LiveProtocol.PulseEvent, Level = EventLevel.Informational)]
    public void Pulse() => WriteEvent(LiveProtocol.PulseEvent);

    /// <summary>
    /// Runs on the thread that opens or closes a session, under a lock that all event sources of the process share. So the work is done elsewhere.
    /// A session that ends gives no arguments, as does a listener in the process.
    /// </summary>
    [NonEvent]
    protected override void OnEventCommand(EventCommandEventArgs command)
    {
        long start = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            if (command.Command == EventCommand.Enable && LiveRequest.Of(command.Arguments) is { } request)
            {
                Answer(request.Id, (int)AnswerKind.Hello, 0, 1, (int)LiveProtocol.Checksum(LiveRequest.Hello), LiveRequest.Hello);
                worker.Add(request, this);
            }
        }
        catch (Exception)
        {
            // The tool hears nothing, and says so.
        }
        finally
        {
            OwnBytes.AddSince(ref start);
        }
    }
}
