// attribute: GetEnumerator=2:pair MoveNext=4:pair get_Current=3:pair GetAwaiter=2:pair get_IsCompleted=2:pair OnCompleted=1:pair GetResult=2:pair Deconstruct=2:pair Add=3:pair GetPinnableReference=1:pair get_Item=2:pair Slice=1:pair get_Length=3:pair Create=1:pair GetAsyncEnumerator=1:pair MoveNextAsync=3:async
using System.Collections;

namespace Rows.Members.patterns_the_compiler_binds;

public sealed class Range3(int from)
{
    [Instrument] public Walker GetEnumerator() => new(from);
    public struct Walker(int from) { int _at = from - 1; [Instrument] public int Current => Math.Abs(_at); [Instrument] public bool MoveNext() => ++_at < 3; }
}

public sealed class Signal(bool now, List<string> log) : INotifyCompletion
{
    [Instrument] public Signal GetAwaiter() => this;
    public void OnCompleted(Action next) => next();
    [Instrument] public bool IsCompleted { get { log.Add($"completed {now}"); return now; } }
    [Instrument] public string GetResult() { log.Add("result"); return now ? "now" : "later"; }
}

public sealed class Delayed(List<string> log) : INotifyCompletion
{
    [Instrument] public bool IsCompleted => log.Count < 0;
    [Instrument] public void OnCompleted(Action next) { log.Add("registered"); next(); }
    [Instrument] public string GetResult() { log.Add("done"); return "delayed"; }
}

[CollectionBuilder(typeof(Bag), nameof(Create))]
public sealed class Bag : IEnumerable
{
    readonly List<int> _all = [];
    [Instrument] public void Add(int x) => _all.Add(x);
    [Instrument] public void Add(int x, int y) { _all.Add(x * y); }
    [Instrument] public static Bag Create(ReadOnlySpan<object> all) { var bag = new Bag(); foreach (object x in all) bag._all.Add((int)x); return bag; }
    [Instrument] public int Length => Math.Max(_all.Count, 0);
    [Instrument] public int this[int i] => _all[i];
    [Instrument] public Bag Slice(int start, int length) => new() { { start, length } };
    [Instrument] public ref int GetPinnableReference() => ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_all)[0];
    IEnumerator IEnumerable.GetEnumerator() => _all.GetEnumerator();
}

public sealed class Later
{
    [Instrument] public Later GetAsyncEnumerator() => this;
    public int Current { get; private set; }
    [Instrument] public async ValueTask<bool> MoveNextAsync() { await Task.Yield(); return ++Current < 3; }
}

public static class Extensions
{
    [Instrument] public static IEnumerator<int> GetEnumerator(this int count) => Enumerable.Range(0, count).GetEnumerator();
    [Instrument] public static Delayed GetAwaiter(this List<string> log) => new(log);
    [Instrument] public static void Deconstruct(this string text, out char first, out int length) { first = text[0]; length = text.Length; }
}

public readonly struct Both(int x) { [Instrument] public void Deconstruct(out int a, out int b) => (a, b) = (x, x + 1); }

public static class Sample
{
    static async Task<string> All()
    {
        string text = "";
        foreach (int x in new Range3(0)) text += x;
        foreach (int x in 2) text += x;
        List<string> log = [];
        text += await log;
        text += await new Signal(true, log);
        var (first, length) = "word";
        var (a, b) = new Both(4);
        Bag bag = new() { 1, { 2, 3 } }, built = [7, 8];
        text += $" {first}{length}{a}{b} {(bag is [1, .. var rest] ? rest.Length : -1)} {built[^1]} {Pinned(bag)} ";
        await foreach (int x in new Later()) text += x;
        return $"{text} {string.Join(',', log)}";
    }

    static unsafe int Pinned(Bag bag) { fixed (int* p = bag) { return *p; } }

    public static string Run() => All().GetAwaiter().GetResult();
}
