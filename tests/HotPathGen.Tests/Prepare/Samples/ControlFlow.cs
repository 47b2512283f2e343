using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HotPathGen;

internal interface IFlow
{
    // These bodies have many ways out. They are measured in place, because an interface member cannot be a pair.
    string Switch(object value)
    {
        switch (value)
        {
            case int n when n > 10: return "big";
            case int n:
                if (n == 3) goto case "x";
                return $"int {n}";
            case "x":
            case string { Length: 1 }: return "short";
            case null: goto default;
            case Exception e: throw e;
            default:
                return value switch { string s => s, null => "null", _ => "other" };
        }
    }

    int Labels(int n)
    {
    start:
        if (n > 5) { n -= 3; goto start; }
        for (int i = 0; ; i++)
        {
            if (i == n) goto done;
            if (i > 100) return -1;
        }
    done:
        return n;
    }

    int Tries(int n, out string log)
    {
        log = "";
        try
        {
            try
            {
                if (n == 1) return 1;
                if (n == 2) throw new IOException("two");
                log += "body;";
            }
            catch (IOException e) when (e.Message == "two")
            {
                log += "caught;";
                return 2;
            }
            finally
            {
                log += "finally;";
            }

            lock (this) { if (n == 3) return 3; }
            using (var reader = new StringReader("text")) { if (n == 4) return reader.Read(); }
            using var writer = new StringWriter();
            writer.Write(n);
            checked { if (n == 5) return n * 2; }
            unchecked { n += 1; }
            foreach (char c in "ab") { if (n == 7) return c; }
            do { if (n == 8) return 8; } while (n < 0);
            while (true)
            {
                if (n == 9) return 9;
                if (n == 10) break;
                n++;
            }

            return writer.ToString().Length;
        }
        catch (Exception) when (n > 1000)
        {
            throw;
        }
    }

    void Nothing(List<int> log, bool early)
    {
        if (early) return;
        log.Add(1);
        if (log.Count > 3) { return; }
        log.ForEach(item => { if (item > 0) return; log.Clear(); });
    }

    void Forever(int n) { while (true) { if (n-- == 0) return; } }

    int Never() { throw new NotSupportedException(); }

    void Never(bool _) { while (true) { throw new NotSupportedException(); } }

    void Empty() { }

    void OneLine(ref int n) { if (n > 0) { n--; return; } else n++; }

    unsafe int Fixed(int[] items)
    {
        fixed (int* first = items, last = &items[^1])
        {
            if (first == last) return *first;
            return *first + *last;
        }
    }

    unsafe int* Pointer(int* given) { if (given == null) return null; return given + 1; }

    Func<int> Lambda(int n) { return () => { return n + 1; }; }

    Func<int, int> Delegate(int n)
    {
        return delegate (int m)
        {
            if (m > n) return m;
            return n;
        };
    }

    object Boxed(int n) { return n; }

    long Widened(int n) { return n; }

    int? Lifted(int n) { if (n == 0) return null; return n; }

    (string Name, long Count) Tuple(int n) { return (n.ToString(), n); }

    List<string> TargetTyped(int n) { if (n == 0) return new(); if (n == 1) return ["one"]; if (n == 2) return default!; return n > 3 ? [] : new() { "x" }; }

    Span<int> Sliced(Span<int> given) { if (given.IsEmpty) return default; return given[1..]; }

    ReadOnlySpan<byte> Utf8() { return "utf8"u8; }

    ref int Reference(int[] items, ref int other, bool first) { if (first) return ref items[0]; return ref (items.Length > 1 ? ref items[1] : ref other); }

    ref readonly int Constant(in int given) { return ref given; }

    dynamic Dynamic(dynamic d) { if (d is int) return d + 1; return d; }

    Delegate Method() { return Labels; }

    FormattableString Formatted(int n) { return $"n = {n}"; }

    IQueryable<int> Query(IEnumerable<int> items) { return from item in items.AsQueryable() where item > 1 select item; }

    int Nested(int n) { if (n == 0) if (n == 1) return 1; else return 2; return 3; }

    int Discarded() { _ = int.TryParse("1", out _); { { return 4; } } }

    bool Pattern(object o) { return o is int n && n > 1 || o is string s && s.Length is var length and > 2 && length < 9; }

    string Assigned(string? s) { string t; return (t = s ?? "none") + t; }
}

internal sealed class Flow : IFlow;

internal static class Sample
{
    public static unsafe string Run()
    {
        IFlow flow = new Flow();
        List<string> said = [];
        foreach (object? value in new object?[] { 11, 4, 3, "x", "y", "long", null, 2.0 }) said.Add(flow.Switch(value!));
        try { flow.Switch(new FormatException("thrown")); } catch (FormatException e) { said.Add(e.Message); }
        for (int i = 0; i < 8; i++) said.Add($"{flow.Labels(i)}");
        for (int i = 0; i < 12; i++) said.Add($"{flow.Tries(i, out string log)}{log}");
        List<int> items = [];
        flow.Nothing(items, true); flow.Nothing(items, false);
        flow.Forever(3);
        try { flow.Never(); } catch (NotSupportedException) { said.Add("never"); }
        try { flow.Never(true); } catch (NotSupportedException) { said.Add("never"); }
        flow.Empty();
        int n = 1; flow.OneLine(ref n); flow.OneLine(ref n);
        int[] numbers = [1, 2, 3];
        said.Add($"{flow.Fixed(numbers)} {flow.Fixed([9])}");
        int* pointer = &n;
        said.Add($"{flow.Pointer(null) == null} {flow.Pointer(pointer) - pointer}");
        said.Add($"{flow.Lambda(1)()} {flow.Delegate(1)(5)} {flow.Boxed(1)} {flow.Widened(2)} {flow.Lifted(0)} {flow.Lifted(1)} {flow.Tuple(4)}");
        said.Add($"{flow.TargetTyped(0).Count} {flow.TargetTyped(1)[0]} {flow.TargetTyped(2) is null} {flow.TargetTyped(3)[0]} {flow.TargetTyped(4).Count}");
        said.Add($"{flow.Sliced(numbers).Length} {flow.Sliced(default).Length} {flow.Utf8().Length}");
        flow.Reference(numbers, ref n, true) = 70; flow.Reference(numbers, ref n, false) = 80; flow.Reference([5], ref n, false) = 90;
        said.Add($"{numbers[0]} {numbers[1]} {n} {flow.Constant(in n)} {flow.Dynamic(1)} {flow.Dynamic("d")} {flow.Method().Method.Name} {flow.Formatted(2).Format} {flow.Query(numbers).Count()}");
        said.Add($"{flow.Nested(0)} {flow.Nested(1)} {flow.Discarded()} {flow.Pattern(2)} {flow.Pattern("abc")} {flow.Pattern("a")} {flow.Assigned(null)}");
        return string.Join('|', said);
    }
}
