namespace Accuracy.Methods;

/// <summary>
/// One small hot method. The loop over it is compiled for each implementation, so that the call is inlined where the JIT would inline it.
/// </summary>
internal interface IMethod
{
    static abstract int Call(int i);
}
