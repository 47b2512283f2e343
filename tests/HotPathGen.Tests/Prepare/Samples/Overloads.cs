using System;
using System.Collections.Generic;
using System.Linq;

internal class Overloaded
{
    public string M(object o) { return "object"; }

    public string M(string s) { return "string"; }

    public string M(int i) { return "int"; }

    public string M(long l) { return "long"; }

    public string M<T>(T t) { return "T"; }

    public string M<T>(T[] t) { return "T[]"; }

    public string M(params int[] more) { return "params"; }

    public string M(int a, int b = 1, int c = 2) { return "optional"; }

    public string M(in double d) { return "in"; }

    public string M(ref int r) { return "ref"; }

    public string M() { return "none"; }

    public string M(dynamic d, bool n) { return "dynamic"; }

    public string M(string? a, Uri n) { return "two"; }

    public static int Recursive(int n) { return n == 0 ? 0 : 1 + Recursive(n - 1); }

    public Func<object, string> Group() { return M; }

    public string Name() { return nameof(M) + nameof(Recursive); }
}

internal sealed class Derived : Overloaded
{
    public new string M(object o) { return "hidden " + base.M(o); }

    public string M(string s, bool virtually) { return base.M(s); }
}

internal delegate string Said(object o);

internal static class Sample
{
    public static string Run()
    {
        var o = new Overloaded();
        int n = 1;
        double d = 1;
        dynamic dynamic = "x";
        Said said = o.M;
        return string.Join(' ', o.M((object)1), o.M("s"), o.M(1), o.M(1L), o.M(1.5f), o.M(new[] { "a" }), o.M(1, 2), o.M(1, 2, 3), o.M(1, 2, 3, 4), o.M(in d), o.M(ref n), o.M(), o.M(dynamic, true), (string)o.M(dynamic), Overloaded.Recursive(3), o.Group()(1), o.Name(),
            new Derived().M(1), new Derived().M("s", true), said(1), string.Join(',', from x in new[] { 1, 2 } select o.M(x)), typeof(Overloaded).GetMethods().Count(m => m.Name == "M"));
    }
}
