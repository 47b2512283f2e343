using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// The state machine of an async method whose body is not a copy. .NET continues this one instead, which opens a frame for each segment. The number
/// of the call is in the method's builder, which is a field of the state machine.
/// </summary>
/// <typeparam name="TStateMachine">The compiler's state machine: a structure in optimized code, otherwise a class.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ObservedStateMachine<TStateMachine> : IAsyncStateMachine
    where TStateMachine : IAsyncStateMachine
{
    // The only field. So a reference to a state machine is a reference to this structure, too.
    private TStateMachine _inner;

    // Where the number is, in bytes from the start of the state machine. Written when a call starts, before any continues.
    private static nint s_number;

    /// <summary>Starts the machine in the frame of the starting call.</summary>
    /// <param name="machine">The state machine.</param>
    /// <param name="number">The number, in the builder in that state machine.</param>
    internal static void Begin(ref TStateMachine machine, ref int number)
    {
        s_number = Unsafe.ByteOffset(ref Start(ref machine), ref Unsafe.As<int, byte>(ref number));
        number = AsyncRecorder.Start();
    }

    /// <summary>The same state machine as one that is observed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref ObservedStateMachine<TStateMachine> Of(ref TStateMachine machine) =>
        ref Unsafe.As<TStateMachine, ObservedStateMachine<TStateMachine>>(ref machine);

    /// <summary>Continues the body.</summary>
    public void MoveNext()
    {
        AsyncBody.Resume(Unsafe.As<byte, int>(ref Unsafe.AddByteOffset(ref Start(ref _inner), s_number)));
        _inner.MoveNext();
    }

    /// <summary>Does what the inner state machine does.</summary>
    /// <param name="stateMachine">The state machine as an object.</param>
    public void SetStateMachine(IAsyncStateMachine stateMachine) => _inner.SetStateMachine(stateMachine);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte Start(ref TStateMachine machine) =>
        ref typeof(TStateMachine).IsValueType ? ref Unsafe.As<TStateMachine, byte>(ref machine) : ref Unsafe.As<Fields>((object)machine).First;

    // Stands for any object, to reach where its fields start.
    private sealed class Fields
    {
        public byte First;
    }
}
