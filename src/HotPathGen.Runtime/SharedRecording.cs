using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// The only recording of the process, even if the process has loaded several copies of this assembly. The first copy creates the recording. The
/// other copies, in other load contexts, join it through delegates of the base library's types and record into the same native memory.
/// </summary>
internal static unsafe class SharedRecording
{
    private const string Place = "HotPathGen.Runtime.Session";

    /// <summary>
    /// The version of the layout of the native structs and of the members of <see cref="Link"/>. Increase it with every change to either.
    /// </summary>
    public const int LayoutVersion = 9;

    public static readonly bool IsPrimary;
    public static readonly SharedCells* Cells;
    private static readonly Link s_link;

    static SharedRecording()
    {
        // This object is the only one that all load contexts share and that no other code has a reason to lock.
#pragma warning disable CA2002
        lock (AppDomain.CurrentDomain)
#pragma warning restore CA2002
        {
            if (LastingCopy.IsNeeded && AppDomain.CurrentDomain.GetData(Place) is null)
            {
                LastingCopy.TryFound();
            }

            object? place = AppDomain.CurrentDomain.GetData(Place);
            if (Link.From(place) is { } link)
            {
                s_link = link;
            }
            else
            {
                if (place is not null)
                {
                    StandardError.Say("another version of HotPathGen is loaded too; each records and reports what was built against it.");
                }

                IsPrimary = true;
                s_link = ProcessRecording.Found(Settings.Current);
                // The copies that join this one keep it loaded. So a copy that may be unloaded does not publish its link.
                if (place is null && !LastingCopy.IsNeeded)
                {
                    AppDomain.CurrentDomain.SetData(Place, (s_link with { RecordOfThisThread = Recorder.RecordOfThisThread }).ToObjects());
                }
            }
        }
        Cells = (SharedCells*)s_link.Cells;
    }

    public static int Register(MethodRegistration registration)
    {
        Prepare();
        var own = OwnWork.Begin();
        int first = s_link.Register(registration.Print());
        own.End();
        return first;
    }

    public static int RegisterBlock(string name)
    {
        Prepare();
        var own = OwnWork.Begin();
        int index = s_link.RegisterBlock(name);
        own.End();
        return index;
    }

    /// <summary>How much is recorded. Every thread follows from its next call on.</summary>
    public static RecordingDetail Detail
    {
        get => Cells->Detail;
        set
        {
            Cells->Detail = value;
            Interlocked.Increment(ref Cells->Generation);
        }
    }

    public static nint RecordOfThisThread() => s_link.RecordOfThisThread();

    public static string Snapshot() => s_link.Snapshot();

    public static void Reset() => s_link.Reset();

    public static void WriteSnapshot(string path) => s_link.WriteSnapshot(path);

    // Runs before the first frame is compiled. Then the statics are constants in the frame's code, and no code of the runtime runs for the first
    // time inside it. Calibration comes last, because it runs frames.
    private static void Prepare()
    {
        long start = GC.GetAllocatedBytesForCurrentThread();
        RuntimeHelpers.RunClassConstructor(typeof(HotPath).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(Clock).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(Recorder).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(Quarantine).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(ProbeCost).TypeHandle);
        OwnBytes.AddSince(ref start);
    }

    /// <summary>What a joining copy gets from the primary copy.</summary>
    public sealed record Link(
        nint Cells,
        Func<string[], int> Register,
        Func<string, int> RegisterBlock,
        Func<nint> RecordOfThisThread,
        Func<string> Snapshot,
        Action Reset,
        Action<string> WriteSnapshot
    )
    {
        public object[] ToObjects() => [LayoutVersion, Cells, Register, RegisterBlock, RecordOfThisThread, Snapshot, Reset, WriteSnapshot];

        public static Link? From(object? place) =>
            place
                is object[]
                    and [
                        LayoutVersion,
                        nint cells,
                        Func<string[], int> register,
                        Func<string, int> registerBlock,
                        Func<nint> record,
                        Func<string> snapshot,
                        Action reset,
                        Action<string> writeSnapshot,
                    ]
                ? new(cells, register, registerBlock, record, snapshot, reset, writeSnapshot)
                : null;
    }
}
