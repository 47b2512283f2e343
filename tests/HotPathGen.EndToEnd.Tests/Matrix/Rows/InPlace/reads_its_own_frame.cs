// attribute: F=1:in-place

namespace Rows.InPlace.reads_its_own_frame;

public static class Sample { [Instrument] static string F() => System.Reflection.MethodBase.GetCurrentMethod()!.Name; public static string Run() => F(); }
