// attribute: F=1:iterator

namespace Rows.Deferred.parameters_of_an_iterator_pair_start_anew_with_every_enumeration;

public static class Sample { [Instrument] static IEnumerable<int> F(int n) { while (n-- > 0) yield return n; } public static string Run() { var f = F(3); return string.Join(",", f) + string.Join(",", f); } }
