// attribute: Start=1:pair Second=1:pair

namespace Rows.Attributed.module_initializer;

public static class Sample
{
    static string s_log = "";

    [Instrument, ModuleInitializer] internal static void Start() { s_log += "started "; }
    [Instrument, ModuleInitializer] internal static void Second() => s_log += "twice";

    public static string Run() => s_log;
}
