// attribute: Dispose=1:pair

namespace Rows.Types.explicit_implementation;

public sealed class Sample : IDisposable { static int s_n; [Instrument] void IDisposable.Dispose() { s_n++; } public static string Run() { using (new Sample()) { } return s_n.ToString(); } }
