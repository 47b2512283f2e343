// attribute: F=2!1:pair G=1!1:iterator

namespace Rows.Deferred.arguments_are_checked_when_they_were;

public static class Sample
{
    [Instrument] static IEnumerable<int> F(string s) { ArgumentNullException.ThrowIfNull(s); return s.Select(c => (int)c); }
    [Instrument] static IEnumerable<int> G(string s) { ArgumentNullException.ThrowIfNull(s); yield return 1; }
    public static string Run()
    {
        string log = string.Concat(F("a"));
        try { F(null!); log += "late"; } catch (ArgumentNullException) { log += "early"; }
        var g = G(null!); log += "made";
        try { g.Count(); } catch (ArgumentNullException) { log += "late"; }
        return log;
    }
}
