using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HotPathGen;

internal sealed class Locals
{
    private readonly List<int> _log = [];

    public int Nested(int n)
    {
        int captured = n;
        [Instrument] int Twice(int x)
        {
            [Instrument]
            static int Once(int y) { if (y > 100) return 100; return y + 1; }

            if (x < 0)
                return -1;
            else
                return Once(x) + captured;
        }

        [Instrument] static T Identity<T>(T value) => value;

        [Instrument] void Log(int value) => _log.Add(value);

        [Instrument] ref int Element(int[] items) { return ref items[0]; }

        [Instrument] static unsafe int Size(int* pointer) { return *pointer; }

        int[] items = [1];
        Element(items) = 8;
        Log(captured);
        Func<int, int> lambda = x =>
        {
            [Instrument] int Inside(int y) { return y * 3; }
            return Inside(x);
        };
        unsafe { captured += Size(&n); }
        return Identity(Twice(n)) + items[0] + lambda(2) + _log.Count;
    }

    public Locals()
    {
        [Instrument] int InConstructor() { return _log.Count; }
        _log.Add(InConstructor());
    }

    public int Property
    {
        get
        {
            [Instrument] int InGetter() => _log.Count;
            return InGetter();
        }
    }

    public int NotHot(int n)
    {
        return Cold(n) + Cold(n + 1);

        int Cold(int x) { return x; }
    }

    public async Task<int> Deferred()
    {
        [Instrument] async Task<int> Inner() { await Task.Yield(); return 1; }
        [Instrument] IEnumerable<int> Items() { yield return 1; yield return 2; }
        await Task.Yield();
        return await Inner() + Items().Sum();
    }
}

internal static class Sample
{
    public static async Task<string> Run()
    {
        var locals = new Locals();
        return $"{locals.Nested(3)} {locals.Nested(-2)} {locals.Nested(200)} {locals.Property} {locals.NotHot(1)} {await locals.Deferred()}";
    }
}
