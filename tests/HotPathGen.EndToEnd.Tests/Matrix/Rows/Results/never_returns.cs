// attribute: F=1!1:pair

namespace Rows.Results.never_returns;

public static class Sample { [Instrument, System.Diagnostics.CodeAnalysis.DoesNotReturn] static void F() => throw new NotSupportedException(); public static string Run() { try { F(); } catch (NotSupportedException) { } return "thrown"; } }
