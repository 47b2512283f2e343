// attribute: F=1:async

namespace Rows.Deferred.nullable_tasks;

public static class Sample { [Instrument] static async Task<string?> F(string? s) { await Task.Yield(); return s; } public static string Run() => F("a").Result!; }
