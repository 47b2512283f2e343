using System.Runtime.CompilerServices;
using HotPathGen.Runtime;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

/// <summary>Calls that exceed the budget of their attribute are counted. The stack of the first one is recorded.</summary>
public sealed class BreachTests
{
    private const int ArrayBytes = 24 + 104;

    [Test]
    public void Calls_beyond_the_budget_are_counted_on_all_threads()
    {
        const int Threads = 16,
            Calls = 500;
        Hot strict = new(maxBytesPerCall: 0),
            exact = new(maxBytesPerCall: ArrayBytes),
            free = new();
        FrameTests.OnThreads(Threads, () =>
        {
            for (int i = 0; i < Calls; i++)
            {
                strict.Run(i % 5 == 0 ? Allocate : Nothing);
                exact.Run(i % 2 == 0 ? Allocate : AllocateTwice);
                free.Run(Allocate);
            }
        });

        Assert.Multiple(() =>
        {
            Assert.That(Count(strict), Is.EqualTo(Threads * Calls / 5));
            Assert.That(Count(exact), Is.EqualTo(Threads * Calls / 2));
            Assert.That(free.Read().Json.TryGetProperty("breaches", out _), Is.False);
            Assert.That(strict.Read().InclusiveBytes, Is.EqualTo(Threads * Calls / 5 * ArrayBytes));
        });
    }

    [Test]
    public void The_first_stack_is_that_of_the_user_and_costs_the_figures_nothing()
    {
        Hot outer = new(),
            inner = new(maxBytesPerCall: ArrayBytes - 1);
        // The delegate is made before the frames are open. Otherwise its bytes would belong to the frame in which it is made.
        Action allocate = Allocate;
        outer.Run(() => AtACounter(inner, allocate));
        outer.Run(() => inner.Run(allocate));

        string[] stack = Stack(inner);
        Assert.That(Count(inner), Is.EqualTo(2));
        Assert.That(stack[0], Does.Contain("Hot.Run"));
        Assert.That(stack, Has.Some.Contains(nameof(AtACounter)));
        Assert.That(outer.Read().InclusiveBytes, Is.EqualTo(2 * ArrayBytes));
        Assert.That(inner.Read() is { InclusiveBytes: 2 * ArrayBytes } figures && figures.Allocated("maxBytes") == ArrayBytes);
    }

    [Test]
    public void Within_the_budget_there_is_no_stack()
    {
        var hot = new Hot(maxBytesPerCall: ArrayBytes);
        hot.Run(Allocate);
        Assert.That((Count(hot), Stack(hot).Length), Is.EqualTo((0L, 0)));
        hot.Run(AllocateTwice);
        Assert.That((Count(hot), Stack(hot).Length > 0), Is.EqualTo((1L, true)));
    }

    [Test]
    public void A_breach_after_the_first_allocates_nothing_of_its_own()
    {
        var hot = new Hot(maxBytesPerCall: 0);
        Calls(10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Calls(10_000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.EqualTo(10_000 * ArrayBytes));

        void Calls(int count)
        {
            for (int i = 0; i < count; i++)
            {
                var frame = Frame.Enter(hot.Index);
                Allocate();
                frame.Exit(true);
            }
        }
    }

    [Test]
    public void Sites_beyond_the_budget_are_counted_each_with_its_stack()
    {
        const string Sites = "1\t1\tarray\tbyte[]\tfirst\n2\t1\tarray\tbyte[]\tsecond\n3\t1\texception\t\tthrown or caught\n";
        var hot = new Hot(maxBytesPerCall: ArrayBytes, sites: Sites);
        int probing = 0;
        for (int i = 0; i < 100; i++)
        {
            probing += Call(i % 4 == 0) ? 1 : 0;
        }

        var sites = hot.Read().Json.GetProperty("sites").EnumerateArray().Select(static site => site.GetProperty("breaches")).ToArray();
        long[] counts = [.. sites.Select(static breaches => breaches.GetProperty("count").GetInt64())];
        Assert.Multiple(() =>
        {
            Assert.That(probing, Is.GreaterThan(10));
            Assert.That(counts, Is.EqualTo(new long[] { 0, probing, 0 }));
            Assert.That(
                sites[1].GetProperty("firstStack").EnumerateArray().Select(static line => line.GetString()),
                Has.Some.Contains(nameof(Sites_beyond_the_budget_are_counted_each_with_its_stack))
            );
            Assert.That(sites[0].GetProperty("firstStack").GetArrayLength(), Is.Zero);
            Assert.That(Count(hot), Is.EqualTo(25), "control calls are counted, too");
        });

        // Returns true if the call probed and exceeded the budget.
        bool Call(bool twice)
        {
            var frame = Frame.EnterBodies(hot.Index, 3);
            bool isProbing = frame.IsProbing;
            if (isProbing)
            {
                frame.At(0, new byte[104]);
                if (twice)
                {
                    frame.At(1, new byte[104]);
                }
            }
            else
            {
                (twice ? AllocateTwice : (Action)Allocate)();
            }
            frame.ExitBodies(true);
            return isProbing && twice;
        }
    }

    [Test]
    public void A_reset_forgets_breaches_and_stacks()
    {
        var hot = new Hot(maxBytesPerCall: 0);
        BeforeTheReset();
        HotPath.Reset();
        Assert.That((Count(hot), Stack(hot).Length), Is.EqualTo((0L, 0)));
        hot.Run(Allocate);
        Assert.That(Count(hot), Is.EqualTo(1));
        Assert.That(Stack(hot), Has.None.Contains(nameof(BeforeTheReset)).And.Not.Empty);

        [MethodImpl(MethodImplOptions.NoInlining)]
        void BeforeTheReset() => hot.Run(Allocate);
    }

    private static long Count(Hot hot) => hot.Read().Json.GetProperty("breaches").GetProperty("count").GetInt64();

    private static string[] Stack(Hot hot) =>
        [.. hot.Read().Json.GetProperty("breaches").GetProperty("firstStack").EnumerateArray().Select(static line => line.GetString()!)];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AtACounter(Hot hot, Action allocate) => hot.Run(allocate);

    private static void Nothing() { }

    private static void AllocateTwice()
    {
        Allocate();
        Allocate();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Allocate() => GC.KeepAlive(new byte[104]);
}
