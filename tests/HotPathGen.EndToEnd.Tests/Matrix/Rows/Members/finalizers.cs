// attribute: Finalize=1:pair

namespace Rows.Members.finalizers;

public class Base { ~Base() { Sample.Log += "base"; } }

public sealed class Sample : Base
{
    internal static volatile string Log = "";

    [Instrument] ~Sample() { Log += "own "; if (Log.Length > 100) return; Log += "and "; }

    [MethodImpl(MethodImplOptions.NoInlining)] static void Make() => _ = new Sample();

    public static string Run()
    {
        Make();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Log;
    }
}
