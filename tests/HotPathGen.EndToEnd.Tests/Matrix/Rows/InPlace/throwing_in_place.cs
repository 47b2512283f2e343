// attribute: Dispose=1!1:pair

namespace Rows.InPlace.throwing_in_place;

public class Sample : IDisposable { [Instrument] void IDisposable.Dispose() => throw new NotSupportedException("x"); public static string Run() { try { ((IDisposable)new Sample()).Dispose(); return ""; } catch (NotSupportedException e) { return e.Message; } } }
