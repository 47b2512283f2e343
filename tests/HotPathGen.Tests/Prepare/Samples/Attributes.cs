using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Serialization;
using HotPathGen;

[AttributeUsage(AttributeTargets.All, AllowMultiple = false)]
internal sealed class OnceAttribute(string text = "", params object[] more) : Attribute
{
    public string Text { get; } = text;
    public Type? Type { get; set; }
}

internal sealed class Marked
{
    private string? _text;

    [Obsolete("never", error: true)] public int Old() { return 1; }

    [Obsolete] public int Older() { return 2; }

#pragma warning disable CS0612, CS0618, CS0619
    [Obsolete] public int CallsOld() { return Older(); }
#pragma warning restore CS0612, CS0618, CS0619

    [Obsolete(@"over
two lines")]
    public int TwoLines() { return 3; }

    [Obsolete(
        "on",
        false
    ), MethodImpl(MethodImplOptions.NoInlining)] [Once(
        """
        raw, and
        over lines
        """)]
    public int Raw() { return 4; }

    [MemberNotNull(nameof(_text))] private void Initialize() { _text = "set"; }

    [MemberNotNullWhen(true, nameof(_text))] private bool TryInitialize() { _text = "set"; return true; }

    public int Uses() { Initialize(); return _text.Length + (TryInitialize() ? _text.Length : 0); }

    [DoesNotReturn] private static void Fail(string why) { throw new InvalidOperationException(why); }

    public int Failing(string? given) { if (given is null) { Fail("null"); } return given.Length; }

    [MethodImpl(MethodImplOptions.AggressiveInlining | MethodImplOptions.AggressiveOptimization)] public int Inlined() { return 5; }

    [method: MethodImpl(MethodImplOptions.Synchronized)] public int Synchronized() { return 6; }

    [SkipLocalsInit] public unsafe int Skips() { int* room = stackalloc int[2]; room[0] = 7; return room[0]; }

    [Conditional("TRACE")] public static void Traced(string text) { Trace += text; }

    [Conditional("NEVER")] public static void NeverTraced(string text) { Trace += text; }

    public static string Trace = "";

    [ModuleInitializer] internal static void Loaded() { Trace += "loaded;"; }

    [UnmanagedCallersOnly] public static int Native(int n) { if (n > 1) return n; return n + 1; }

    [Once("method", 1, 'c', Type = typeof(Marked))] [return: Once(nameof(Return))] public int Return([Once("parameter")] int n) { return n; }

    [property: Once("property")] public int Property { [Once("get")] get { return int.Abs(-8); } }

    [DebuggerHidden, DebuggerStepThrough, StackTraceHidden] public int Hidden() { return 9; }

    [SuppressMessage("a", "b", Justification = "c")] [UnconditionalSuppressMessage("a", "b")] [RequiresUnreferencedCode("r")] [DynamicDependency("Hidden")] public int Suppressed() { return 10; }

    [Experimental("EXP1")] public int Experiment() { return 11; }

    [OnDeserialized] private void Deserialized(StreamingContext context) { }

    public static string Check([CallerArgumentExpression(nameof(value))] string? expression = null, int value = 0) { return expression ?? ""; }

    [HotPathGen.InstrumentAttribute()] public int Full() { return 12; }

    [global::HotPathGen.Instrument, Once] public int Global() { return 13; }
}

internal static class Sample
{
    public static unsafe string Run()
    {
        var marked = new Marked();
        Marked.Traced("traced;");
        Marked.NeverTraced("no");
        string failed = "";
        try { marked.Failing(null); } catch (InvalidOperationException e) { failed = e.Message; }
        delegate* unmanaged<int, int> native = &Marked.Native;
        int once = 0;
        foreach (System.Reflection.MethodInfo method in typeof(Marked).GetMethods(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance))
        {
            once += method.GetCustomAttributes(typeof(OnceAttribute), false).Length + method.GetCustomAttributes(typeof(OnDeserializedAttribute), false).Length;
        }

#pragma warning disable CS0612, CS0618, EXP1
        return $"{marked.CallsOld()} {marked.TwoLines()} {marked.Raw()} {marked.Uses()} {failed} {marked.Inlined()} {marked.Synchronized()} {marked.Skips()} {Marked.Trace} {native(1)} {marked.Return(3)} {marked.Property} {marked.Hidden()} {marked.Suppressed()} {marked.Experiment()} {Marked.Check(value: 1 + 2)} {marked.Full()} {marked.Global()} {once}";
    }
}
