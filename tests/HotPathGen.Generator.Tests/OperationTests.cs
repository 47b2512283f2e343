using System.Text.Json;

namespace HotPathGen.Generator.Tests;

/// <summary>Measured async code in operations: awaits, hops to other threads, cancellation and streams, in 2,000 calls that run at once.</summary>
public sealed class OperationTests
{
    private const int Calls = 2_000;

    private const string Source = """
        using System.Diagnostics; using System.Threading;
        public static class Sample
        {
            public static object s_o = null!;
            static TaskCompletionSource s_gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
            static int s_running;

            public static string Run()
            {
                var all = new Task[Calls];
                using var cancelled = new CancellationTokenSource();
                for (int i = 0; i < Calls; i++) { int n = i; all[i] = Task.Run(() => Request(n, cancelled.Token)); }
                while (Volatile.Read(ref s_running) < Calls) Thread.Sleep(1);
                cancelled.Cancel();
                s_gate.SetResult();
                Task.WaitAll(all);
                return s_running.ToString();
            }

            static async Task Request(int i, CancellationToken token)
            {
                using var activity = new Activity("KIND " + i % 4).Start();
                try
                {
                    switch (i % 4)
                    {
                        case 0: await Awaits(); break;
                        case 1: await Hops(); break;
                        case 2: await Cancelled(token); break;
                        default: await foreach (int _ in Streams()) { await Task.Yield(); Leaf(); } break;
                    }
                }
                catch (OperationCanceledException) { }
            }

            static Task Wait() { Interlocked.Increment(ref s_running); return s_gate.Task; }

            [Instrument] static async Task Awaits() { s_o = new byte[104]; await Wait(); Leaf(); await Task.Yield(); await Inner(); }
            [Instrument] static async Task Hops() { await Wait(); await Task.Run(Leaf); await Task.Run(Inner); Leaf(); }
            [Instrument] static async Task Cancelled(CancellationToken token) { Leaf(); await Wait(); await Task.Delay(-1, token); }
            [Instrument] static async IAsyncEnumerable<int> Streams() { await Wait(); for (int i = 0; i < 3; i++) { Leaf(); yield return i; await Task.Yield(); s_o = new byte[104]; } }
            [Instrument] static async Task Inner() { Leaf(); await Task.Yield(); Leaf(); }
            [Instrument] static void Leaf() => s_o = new byte[104];
        }
        """;

    [Test]
    public void None_of_2000_concurrent_calls_is_lost()
    {
        HotPath.Reset();
        string kind = Guid.NewGuid().ToString("n");
        using var sample = Build
            .Of(
                new([
                    Source
                        .Replace("Calls", Calls.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
                        .Replace("KIND", kind, StringComparison.Ordinal),
                ])
                {
                    IsMeasured = true,
                    Name = Project.UniqueName(),
                }
            )
            .Load();

        Assert.That(sample.Run(), Is.EqualTo($"{Calls}"));

        using var snapshot = JsonDocument.Parse(HotPath.Snapshot());
        JsonElement[] operations =
        [
            .. snapshot
                .RootElement.GetProperty("operations")
                .EnumerateArray()
                .Where(o => o.GetProperty("name").GetString()!.StartsWith(kind, StringComparison.Ordinal)),
        ];
        var recorded = Recording.Of(sample.Name);
        Assert.Multiple(() =>
        {
            Assert.That(operations.Select(static o => o.GetProperty("calls").GetInt64()), Is.EqualTo(Enumerable.Repeat((long)Calls / 4, 4)));
            Assert.That(operations.Select(static o => o.GetProperty("open").GetInt64()), Is.All.Zero);
            Assert.That(operations.Select(static o => o.GetProperty("failures").GetInt64()), Is.EqualTo([0, 0, Calls / 4, 0]));
            Assert.That(operations.Select(static o => Samples(o, static _ => 1)), Is.EqualTo(Enumerable.Repeat(Calls / 4.0, 4)));
            Assert.That(operations.Sum(static o => o.GetProperty("allocatedBytes").GetInt64()), Is.EqualTo(Recording.SelfBytesOf(sample.Name)));
            Assert.That(recorded["Leaf"].Calls, Is.EqualTo(Calls / 4 * (3 + 4 + 1 + 6)));
        });
        // The middle of a bucket is within 6.25 % of what is in it.
        foreach (var operation in operations)
        {
            Assert.That(
                Samples(operation, MidpointOf),
                Is.EqualTo((double)operation.GetProperty("allocatedBytes").GetInt64()).Within(6.25).Percent,
                operation.GetProperty("name").GetString()
            );
        }
    }

    [Test]
    public void Operations_that_a_hot_async_method_begins_have_what_it_calls()
    {
        HotPath.Reset();
        string job = "job " + Guid.NewGuid().ToString("n");
        using var sample = Build
            .Of(
                new([
                    $$"""
                    using HotPathGen;
                    public static class Sample
                    {
                        public static object s_o = null!;
                        public static string Run() { Work().Wait(); return "done"; }

                        [Instrument]
                        static async Task Work()
                        {
                            for (int i = 0; i < 100; i++)
                            {
                                Leaf();
                                await Task.Yield();
                                using (HotPath.Operation("{{job}}"))
                                {
                                    Leaf();
                                    await Task.Yield();
                                    Leaf();
                                    await Inner();
                                    Leaf();
                                    s_o = new byte[1000];
                                }
                                Leaf();
                            }
                        }

                        [Instrument] static async Task Inner() { Leaf(); await Task.Yield(); Leaf(); }
                        [Instrument] static void Leaf() => s_o = new byte[104];
                    }
                    """,
                ])
                {
                    IsMeasured = true,
                    Name = Project.UniqueName(),
                }
            )
            .Load();

        Assert.That(sample.Run(), Is.EqualTo("done"));

        using var snapshot = JsonDocument.Parse(HotPath.Snapshot());
        var operation = snapshot.RootElement.GetProperty("operations").EnumerateArray().Single(o => o.GetProperty("name").GetString() == job);
        long inner = Recording.SitesOf(sample.Name, "Inner").SelfBytes;
        var work = Recording.SitesOf(sample.Name, "Work");
        Assert.That(operation.GetProperty("calls").GetInt64(), Is.EqualTo(100));
        Assert.That(operation.GetProperty("allocatedBytes").GetInt64(), Is.EqualTo(100 * 5 * 128 + inner));
        Assert.That(work.SelfBytes + inner + Recording.SitesOf(sample.Name, "Leaf").SelfBytes, Is.EqualTo(Recording.SelfBytesOf(sample.Name)));
        Assert.That(work.Sites.Single(static site => site.Text == "new byte[1000]").Bytes, Is.EqualTo(100 * 1024), "and no bytes of its callees");
    }

    // The rule is in each snapshot.
    private static long MidpointOf(int bucket) =>
        bucket < 16 ? bucket : ((8L + (bucket & 7)) << ((bucket >> 3) - 1)) + (1L << ((bucket >> 3) - 1)) / 2;

    private static double Samples(JsonElement operation, Func<int, long> value) =>
        operation.GetProperty("bytesHistogram").EnumerateArray().Sum(bucket => (double)value(bucket[0].GetInt32()) * bucket[1].GetInt64());
}
