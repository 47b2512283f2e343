// attribute: F=1:async G=1!1:async

namespace Rows.Deferred.async_void_and_contexts;

public static class Sample
{
    sealed class Inline : SynchronizationContext
    {
        public readonly List<string> Log = [];
        public override void OperationStarted() => Log.Add("started");
        public override void OperationCompleted() => Log.Add("completed");
        public override void Post(SendOrPostCallback callback, object? state)
        {
            try { callback(state); } catch (InvalidOperationException exception) { Log.Add(exception.Message); }
        }
    }

    static readonly Inline s_context = new();

    [Instrument] static async void F(TaskCompletionSource gate) { s_context.Log.Add("f"); await gate.Task; s_context.Log.Add("f again"); }
    [Instrument] static async void G() { await Task.CompletedTask; throw new InvalidOperationException("posted"); }

    public static string Run()
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(s_context);
        try
        {
            var gate = new TaskCompletionSource();
            F(gate);
            s_context.Log.Add("returned");
            gate.SetResult();
            G();
            return string.Join(", ", s_context.Log);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
