#define LOCAL
#undef TRACE
using System;
#if LOCAL
using System.Linq;
#endif

internal sealed class Conditional
{
    public int Head(
        int a
#if LOCAL
        , int b
#else
        , string b
#endif
    )
#if NEVER
    { return 0; }
#elif LOCAL
    // the real one {
    {
#if !TRACE
        return a + b;
#else
        return -1;
#endif
    }
#endif

    #region a region
    public int /* a comment { */ Commented(int x /* = 1 */, // line {
        int y)
        // and here
        /* over
           lines { */
        { return x + y; }
    #endregion

#if LOCAL
    [Obsolete]
#endif
    public int Attributed() { return 1; }

#if LOCAL
    public
#else
    private
#endif
        int Modified() => 2;

#pragma warning disable CS0219
    public int Pragma() { int unused = 1; return 3; }
#pragma warning restore CS0219
    public int Unused() { int unused = 1; return 4; }
#pragma warning restore
#warning a warning of the user's
#nullable disable
    public string Null() { return null; }
#nullable restore
    public T Constrained<T>(T value)
        where T :
#if LOCAL
            struct
#else
            class
#endif
        , IComparable { return value; }

    public int Arrow()
#if LOCAL
        =>
#endif
        5
#if LOCAL
        ;
#endif
#pragma checksum "Other.cs" "{ff1816ec-aa5e-4d10-87f7-6f4963833460}" "0123456789abcdef0123456789abcdef01234567"
    public int Last() { return new[] { 1, 2 }.Sum(); } }

internal static class Sample { public static string Run() { var c = new Conditional();
#pragma warning disable CS0612
    return $"{c.Head(1, 2)} {c.Commented(1, 2)} {c.Attributed()} {c.Modified()} {c.Pragma()} {c.Unused()} {c.Null()} {c.Constrained(3)} {c.Arrow()} {c.Last()}"; } }
