using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// The builder of an async method whose body is not a copy. It does what <see cref="AsyncTaskMethodBuilder{T}"/> does, and sees where
/// the call waits and where it ends. The number of the call takes one word of the state machine. See <see cref="AsyncBody"/> for that number.
/// </summary>
/// <typeparam name="T">The type of the result.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ObservedAsyncTaskMethodBuilder<T>
{
    private AsyncTaskMethodBuilder<T> _builder;
    private int _call;

    /// <summary>The result of the method.</summary>
    public Task<T> Task => _builder.Task;

    /// <summary>Creates the builder.</summary>
    /// <returns>The builder.</returns>
    [SuppressMessage("Design", "CA1000", Justification = "The compiler looks for it here.")]
    public static ObservedAsyncTaskMethodBuilder<T> Create() => new() { _builder = AsyncTaskMethodBuilder<T>.Create() };

    /// <summary>Starts the body.</summary>
    /// <param name="stateMachine">The body.</param>
    public void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        if (Frame.IsEnabled)
        {
            ObservedStateMachine<TStateMachine>.Begin(ref stateMachine, ref _call);
        }

        _builder.Start(ref stateMachine);
    }

    /// <summary>Does what .NET's builder does.</summary>
    /// <param name="stateMachine">The body.</param>
    public void SetStateMachine(IAsyncStateMachine stateMachine) => _builder.SetStateMachine(stateMachine);

    /// <summary>Ends the call.</summary>
    /// <param name="result">The result.</param>
    public void SetResult(T result)
    {
        AsyncBody.End(_call);
        _builder.SetResult(result);
    }

    /// <summary>Ends the call with a failure.</summary>
    /// <param name="exception">The failure.</param>
    public void SetException(Exception exception)
    {
        AsyncRecorder.Fail(ref _call);
        AsyncBody.End(_call);
        _builder.SetException(exception);
    }

    /// <summary>Called where the body has to wait.</summary>
    /// <param name="awaiter">What it waits for.</param>
    /// <param name="stateMachine">The body.</param>
    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine
    {
        if (_call == 0)
        {
            _builder.AwaitOnCompleted(ref awaiter, ref stateMachine);
            return;
        }

        AsyncRecorder.Suspend(ref _call);
        _builder.AwaitOnCompleted(ref awaiter, ref ObservedStateMachine<TStateMachine>.Of(ref stateMachine));
    }

    /// <summary>Called where the body has to wait, by code that need not restore the execution context.</summary>
    /// <param name="awaiter">What it waits for.</param>
    /// <param name="stateMachine">The body.</param>
    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine
    {
        if (_call == 0)
        {
            _builder.AwaitUnsafeOnCompleted(ref awaiter, ref stateMachine);
            return;
        }

        AsyncRecorder.Suspend(ref _call);
        _builder.AwaitUnsafeOnCompleted(ref awaiter, ref ObservedStateMachine<TStateMachine>.Of(ref stateMachine));
    }
}
