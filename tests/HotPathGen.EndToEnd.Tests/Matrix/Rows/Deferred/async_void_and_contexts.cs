// attribute: #ctor=1:in-place F=1:async G=1!1:async Lambdas=1:pair Open=1:pair lambda1=2:async lambda2=4:async lambda3=2:async lambda4=2!2:async lambda5=2!1:async

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

    [Instrument]
    sealed class Pair
    {
        public static void Lambdas(TaskCompletionSource gate)
        {
            Action waits = async () => { s_context.Log.Add("waits"); await gate.Task; s_context.Log.Add("waits again"); };
            Action<int> completes = async x => { await Task.CompletedTask; s_context.Log.Add(new string('c', x)); };
            Action expression = async () => await Task.FromResult(new object());
            Action fails = async () => { await gate.Task; throw new InvalidOperationException("posted later"); };
            Action old = async delegate { await Task.CompletedTask; s_context.Log.Add("old"); };
            waits();
            completes(1);
            completes(2);
            expression();
            fails();
            old();
        }
    }

    [Instrument]
    sealed class InPlace
    {
        readonly TaskCompletionSource _gate;

        public InPlace(TaskCompletionSource gate)
        {
            Action waits = async () => { s_context.Log.Add("waits"); await gate.Task; s_context.Log.Add("waits again"); };
            Action<int> completes = async x => { await Task.CompletedTask; s_context.Log.Add(new string('c', x)); };
            Action expression = async () => await Task.FromResult(new object());
            Action fails = async () => { await gate.Task; throw new InvalidOperationException("posted later"); };
            Action failsAtOnce = async () => { await Task.CompletedTask; throw new InvalidOperationException("posted"); };
            waits();
            completes(1);
            completes(2);
            expression();
            fails();
            failsAtOnce();
            _gate = gate;
        }

        public void Open() => _gate.SetResult();
    }

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
            gate = new TaskCompletionSource();
            Pair.Lambdas(gate);
            gate.SetResult();
            new InPlace(new TaskCompletionSource()).Open();
            return string.Join(", ", s_context.Log);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
