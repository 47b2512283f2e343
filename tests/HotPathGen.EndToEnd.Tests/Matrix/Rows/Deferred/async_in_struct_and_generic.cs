// attribute: F=1:async

namespace Rows.Deferred.async_in_struct_and_generic;

public readonly struct Sample(int x) { readonly int _x = x; [Instrument] public async Task<string> F<T>(T t) where T : struct { var copy = _x; await Task.Yield(); return $"{t}{copy}"; } public static string Run() => new Sample(1).F(2).Result; }
