// attribute: F=1:pair

namespace Rows.Written.measure_blocks;

public static class Sample
{
    [Instrument] static int F() { using (HotPath.Measure("block")) { return 1; } }
    public static string Run() { using var block = HotPathGen.HotPath.Measure("outer"); return F().ToString(); }
}
