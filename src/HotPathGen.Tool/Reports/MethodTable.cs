using HotPathGen.Runtime;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Reports;

internal static class MethodTable
{
    public static void Write(SnapshotDocument snapshot, TextWriter output)
    {
        foreach (var method in snapshot.Methods.Where(m => m.Calls > 0).OrderByDescending(m => m.Allocated.SelfBytes))
            output.Write($"{method.Name} {Units.Count(method.Calls)} {Units.Time(method.Time.MeanNs, isUnicode: true)} {Units.Bytes(method.Allocated.SelfBytes)}\n");
    }
}
