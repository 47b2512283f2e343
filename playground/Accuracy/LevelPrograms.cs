using System.Runtime.CompilerServices;
using HotPathGen;

namespace Accuracy;

/// <summary>A program of short hot methods that call each other, once plain and once hot.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Outermost">The hot method whose call is the whole program.</param>
/// <param name="Plain">Runs it plain.</param>
/// <param name="Hot">Runs it hot.</param>
internal sealed record LevelProgram(string Name, string Outermost, Func<ulong, ulong> Plain, Func<ulong, ulong> Hot);

/// <summary>Programs in which every frame is inside another one, so that what frames cost adds up.</summary>
internal static class LevelPrograms
{
    public static readonly LevelProgram[] All =
    [
        new("three levels", nameof(HotOuter), PlainOuter, HotOuter),
        new("recursion, 200 deep", nameof(HotDive), PlainDive, HotDive),
        new("five tiny methods", nameof(HotChain), PlainChain, HotChain),
        new("generic virtual calls", nameof(HotVirtual), PlainVirtual, HotVirtual),
        new("async, complete at once", nameof(HotAwait), PlainAwait, HotAwait),
    ];

    private static readonly byte[] s_data = RandomBytes();
    private static readonly PlainShape[] s_plainShapes = [new PlainSquare(), new PlainCircle()];
    private static readonly HotShape[] s_hotShapes = [new HotSquare(), new HotCircle()];

    private static byte[] RandomBytes()
    {
        byte[] bytes = new byte[2048];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    // About 40 ns: a loop with branches that the processor cannot foresee, as in a parser.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Work(ulong state)
    {
        int digits = 0;
        int others = 0;
        foreach (byte letter in s_data.AsSpan((int)(state & 1023), 24))
        {
            if (letter < 48)
            {
                others++;
            }
            else if (letter < 58)
            {
                digits += letter;
            }
            else if ((letter | 32) > 200)
            {
                digits--;
            }
        }

        return state + (ulong)(digits * 3 + others * 5);
    }

    private static ulong PlainInner(ulong state) => Work(state);

    private static ulong PlainMiddle(ulong state)
    {
        for (int i = 0; i < 4; i++)
        {
            state = PlainInner(state);
        }

        return state;
    }

    private static ulong PlainOuter(ulong state)
    {
        for (int i = 0; i < 200; i++)
        {
            state = PlainMiddle(state);
        }

        return state;
    }

    [Instrument]
    private static ulong HotInner(ulong state) => Work(state);

    [Instrument]
    private static ulong HotMiddle(ulong state)
    {
        for (int i = 0; i < 4; i++)
        {
            state = HotInner(state);
        }

        return state;
    }

    [Instrument]
    private static ulong HotOuter(ulong state)
    {
        for (int i = 0; i < 200; i++)
        {
            state = HotMiddle(state);
        }

        return state;
    }

    private static ulong PlainDown(ulong state, int depth) => depth == 0 ? state : PlainDown(Work(state), depth - 1) + 1;

    private static ulong PlainDive(ulong state) => PlainDown(state, 200);

    [Instrument]
    private static ulong HotDown(ulong state, int depth) => depth == 0 ? state : HotDown(Work(state), depth - 1) + 1;

    [Instrument]
    private static ulong HotDive(ulong state) => HotDown(state, 200);

    private static ulong PlainE(ulong state) => Work(state) ^ 5;

    private static ulong PlainD(ulong state) => PlainE(state) + 4;

    private static ulong PlainC(ulong state) => PlainD(state) ^ 3;

    private static ulong PlainB(ulong state) => PlainC(state) + 2;

    private static ulong PlainA(ulong state) => PlainB(state) ^ 1;

    private static ulong PlainChain(ulong state)
    {
        for (int i = 0; i < 200; i++)
        {
            state = PlainA(state);
        }

        return state;
    }

    [Instrument]
    private static ulong HotE(ulong state) => Work(state) ^ 5;

    [Instrument]
    private static ulong HotD(ulong state) => HotE(state) + 4;

    [Instrument]
    private static ulong HotC(ulong state) => HotD(state) ^ 3;

    [Instrument]
    private static ulong HotB(ulong state) => HotC(state) + 2;

    [Instrument]
    private static ulong HotA(ulong state) => HotB(state) ^ 1;

    [Instrument]
    private static ulong HotChain(ulong state)
    {
        for (int i = 0; i < 200; i++)
        {
            state = HotA(state);
        }

        return state;
    }

    private static ulong PlainVirtual(ulong state)
    {
        for (int i = 0; i < 200; i++)
        {
            state += s_plainShapes[i & 1].Area(state, i);
        }

        return state;
    }

    [Instrument]
    private static ulong HotVirtual(ulong state)
    {
        for (int i = 0; i < 200; i++)
        {
            state += s_hotShapes[i & 1].Area(state, i);
        }

        return state;
    }

    private abstract class PlainShape
    {
        public abstract ulong Area<T>(ulong state, T value);

        protected abstract ulong Side<T>(ulong state, T value);
    }

    private sealed class PlainSquare : PlainShape
    {
        public override ulong Area<T>(ulong state, T value) => Side(state, value) + Side(state + 1, value);

        protected override ulong Side<T>(ulong state, T value) => Work(state) + (ulong)value!.GetHashCode();
    }

    private sealed class PlainCircle : PlainShape
    {
        public override ulong Area<T>(ulong state, T value) => Side(state, value) * 3;

        protected override ulong Side<T>(ulong state, T value) => Work(state) - (ulong)value!.GetHashCode();
    }

    [Instrument]
    private abstract class HotShape
    {
        public abstract ulong Area<T>(ulong state, T value);

        protected abstract ulong Side<T>(ulong state, T value);
    }

    [Instrument]
    private sealed class HotSquare : HotShape
    {
        public override ulong Area<T>(ulong state, T value) => Side(state, value) + Side(state + 1, value);

        protected override ulong Side<T>(ulong state, T value) => Work(state) + (ulong)value!.GetHashCode();
    }

    [Instrument]
    private sealed class HotCircle : HotShape
    {
        public override ulong Area<T>(ulong state, T value) => Side(state, value) * 3;

        protected override ulong Side<T>(ulong state, T value) => Work(state) - (ulong)value!.GetHashCode();
    }

    private static async ValueTask<ulong> PlainLater(ulong state)
    {
        await Task.CompletedTask;
        return Work(state);
    }

    private static async ValueTask<ulong> PlainTwice(ulong state) => await PlainLater(state) + await PlainLater(state + 1);

    private static ulong PlainAwait(ulong state)
    {
        for (int i = 0; i < 200; i++)
        {
            state = PlainTwice(state).GetAwaiter().GetResult();
        }

        return state;
    }

    [Instrument]
    private static async ValueTask<ulong> HotLater(ulong state)
    {
        await Task.CompletedTask;
        return Work(state);
    }

    [Instrument]
    private static async ValueTask<ulong> HotTwice(ulong state) => await HotLater(state) + await HotLater(state + 1);

    [Instrument]
    private static ulong HotAwait(ulong state)
    {
        for (int i = 0; i < 200; i++)
        {
            state = HotTwice(state).GetAwaiter().GetResult();
        }

        return state;
    }
}
