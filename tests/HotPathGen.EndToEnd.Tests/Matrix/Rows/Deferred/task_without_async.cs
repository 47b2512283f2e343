// attribute: F=1:pair

namespace Rows.Deferred.task_without_async;

public static class Sample { [Instrument] static Task<int> F() => Task.FromResult(1); public static string Run() => F().Result.ToString(); }
