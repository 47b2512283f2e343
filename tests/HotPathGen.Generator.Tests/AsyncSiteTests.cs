using System.Reflection;

namespace HotPathGen.Generator.Tests;

/// <summary>The sites of async bodies are counted segment by segment, on any thread, however the body ends.</summary>
public sealed class AsyncSiteTests
{
    [Test]
    public void Each_segment_counts_on_the_thread_that_runs_it()
    {
        var sites = SiteTests.Run(
            """
            static object s_o = null!;
            [Instrument] static async Task F()
            {
                s_o = new byte[8];
                await Task.Delay(1);
                s_o = new byte[80];
                await Task.Yield();
                await Task.Run(static () => { s_o = new byte[8000]; });
                s_o = new byte[800];
            }
            """,
            "F().GetAwaiter().GetResult();"
        );

        Assert.That(
            sites.Sites.Where(static site => site.Kind == "array").Select(static site => $"{site.Hits} {site.Bytes}"),
            Is.EqualTo(["1 32", "1 104", "1 824"])
        );
        Assert.That(sites.SelfBytes, Is.EqualTo(sites.ProbingBytes));
        Assert.That(sites.UnattributedBytes, Is.Zero);
        sites.MustClose();
    }

    [Test]
    public void What_completes_at_once_is_one_segment()
    {
        var sites = SiteTests.Run(
            "[Instrument] static async Task<object> F() { await Task.CompletedTask; object o = new byte[8]; return await Task.FromResult(o); }",
            "F().GetAwaiter().GetResult();"
        );

        Assert.That(sites.Sites.Where(static site => site.Kind == "array").Select(static site => $"{site.Hits} {site.Bytes}"), Is.EqualTo(["1 32"]));
        sites.MustClose();
    }

    [TestCase("throw new InvalidOperationException();", 1)]
    [TestCase("await Task.FromException(new InvalidOperationException());", 1)]
    [TestCase("await Task.Delay(-1, new CancellationToken(true));", 1)]
    [TestCase("await Task.Yield(); await Late();", 1)]
    [TestCase("try { await Late(); } catch (InvalidOperationException) { s_o = new byte[800]; }", 0)]
    [TestCase("try { await Late(); } finally { s_o = new byte[800]; }", 1)]
    [TestCase(
        "try { await Late(); } catch (InvalidOperationException) when (Math.Abs(-1) == 1) { await Task.Yield(); s_o = new byte[800]; throw; }",
        1
    )]
    public void It_may_fail_anywhere(string end, long failures)
    {
        var sites = SiteTests.Run(
            $$"""
            static object s_o = null!;
            static async Task Late() { await Task.Delay(1); throw new InvalidOperationException(); }
            [Instrument] static async Task F()
            {
                s_o = new byte[8];
                await Task.Yield();
                s_o = new byte[80];
                {{end}}
            }
            """.Replace("CancellationToken", "System.Threading.CancellationToken"),
            "try { F().GetAwaiter().GetResult(); s_log = \"fine\"; } catch (Exception e) { s_log = e.GetType().Name; }"
        );

        Assert.That(
            sites.Sites.Where(static site => site.Kind == "array").Select(static site => site.Bytes),
            Is.EqualTo(end.Contains("800", StringComparison.Ordinal) ? new long[] { 32, 104, 824 } : [32, 104])
        );
        Assert.That(sites.Failures, Is.EqualTo(failures));
        Assert.That(sites.UnattributedBytes, Is.Zero);
        sites.MustClose();
    }

    [Test]
    public void Contexts_stay_right_when_callers_go_on_elsewhere()
    {
        const string source = """
            static object s_o = null!;
            [Instrument] static async Task Outer() { Task inner = F(); await Task.Yield(); await inner; }
            [Instrument] static async Task F() { await Task.Delay(5); s_o = new byte[8]; G(); await Task.Delay(1); s_o = new byte[8]; }
            [Instrument] static void G() { s_o = new byte[80]; }
            """;
        RecordedSites g = SiteTests.Run(source, "Outer().GetAwaiter().GetResult();", "G"),
            f = SiteTests.Run(source, "Outer().GetAwaiter().GetResult();");

        Assert.That(g.Contexts, Is.EqualTo(["Outer>F>G"]));
        Assert.That(f.Contexts, Is.EqualTo(["Outer>F"]));
        Assert.That(f.Sites.Where(static site => site.Kind == "array").Select(static site => site.Bytes), Is.EqualTo([32, 32]));
        Assert.That(f.InclusiveBytes - f.SelfBytes, Is.EqualTo(104), "what the hot callee allocates in a later segment");
        f.MustClose();
    }

    [Test]
    public void A_continuation_that_runs_inside_another_hot_method_is_none_of_its_business()
    {
        const string source = """
            static object s_o = null!;
            static TaskCompletionSource s_source = null!;
            [Instrument] static async Task F() { await s_source.Task; s_o = new byte[8]; }
            [Instrument] static void Completer() { s_source.SetResult(); s_o = new byte[80]; }
            """;
        const string run = "s_source = new(); Task f = F(); Completer(); f.GetAwaiter().GetResult();";
        RecordedSites completer = SiteTests.Run(source, run, "Completer"),
            f = SiteTests.Run(source, run);

        Assert.That(completer.Sites.Single(static site => site.Kind == "array").Bytes, Is.EqualTo(104));
        Assert.That(completer.InclusiveBytes, Is.EqualTo(completer.SelfBytes));
        Assert.That(f.Sites.Single(static site => site.Kind == "array").Bytes, Is.EqualTo(32));
        Assert.That(f.Contexts, Is.EqualTo(["F"]), "not under the method that completed the task that it awaits");
        completer.MustClose();
        f.MustClose();
    }

    [Test]
    public void Many_at_once_on_many_threads_lose_nothing()
    {
        var sites = SiteTests.Run(
            """
            static object s_o = null!;
            [Instrument] static async Task<int> F(int i) { for (int k = 0; k < 5; k++) { await Task.Yield(); s_o = new byte[8]; } await Task.Delay(i % 3); s_o = new byte[80]; return i; }
            """,
            "s_log = Task.WhenAll(Enumerable.Range(0, 2000).Select(i => Task.Run(() => F(i)))).GetAwaiter().GetResult().Sum().ToString();"
        );

        Assert.That(
            sites.Sites.Where(static site => site.Kind == "array").Select(static site => $"{site.Hits} {site.Bytes}"),
            Is.EqualTo([$"10000 {10000 * 32}", $"2000 {2000 * 104}"])
        );
        Assert.That(sites.UnattributedBytes, Is.Zero);
        sites.MustClose();
    }

    [Test]
    public void Awaits_may_stand_anywhere()
    {
        var sites = SiteTests.Run(
            """
            static Task<T> L<T>(T t) => Task.Run(async () => { await Task.Yield(); return t; });
            static int Add(int a, int b) => a + b;
            static int s_i;
            [Instrument] static async ValueTask<string> F()
            {
                int[] a = [await L(1), 2, await L(3)];
                var b = new List<int> { await L(4), Add(await L(5), await L(6)) };
                if (await L(true) && await L(2) is int two and > 1) a[await L(0)] += await L(two);
                string s = $"{await L("x")}{a[0]}" + await L("y") + (await L("zz")).Length;
                using (var d = await L(new System.IO.MemoryStream())) { s += d.Length; }
                for (int i = await L(0); i < await L(2); i += await L(1)) s += i;
                foreach (int i in await L(new[] { 7 })) s += i;
                switch (await L(8)) { case 8: s += await L("eight"); break; }
                lock (a) { s_i++; }
                Func<Task<int>> f = async () => await L(9);
                s += await f();
                object o = await L(10);
                s += await L<string?>(null) ?? "null";
                s += (await L("abc"))?.Substring(await L(1));
                await using_(L(1));
                return s + b.Count + o + a[0] + a[1] + a[2] + (await Task.WhenAll(L(1), L(2))).Length;
                static async Task using_(Task<int> t) => s_i += await t;
            }
            """,
            "s_log = F().AsTask().GetAwaiter().GetResult(); if (s_log != \"x3y20017eight9nullbc2103232\") throw new Exception(s_log);"
        );

        Assert.That(sites.UnattributedBytes, Is.Zero);
        sites.MustClose();
    }

    [Test]
    public void An_async_iterator_counts_every_segment_on_the_thread_that_runs_it()
    {
        var sites = SiteTests.Run(
            """
            static object s_o = null!;
            [Instrument] static async IAsyncEnumerable<int> F()
            {
                s_o = new byte[8];
                await Task.Delay(1);
                s_o = new byte[80];
                yield return 1;
                s_o = new byte[800];
                await Task.Run(static () => { s_o = new byte[9000]; });
                yield return 2;
                s_o = new byte[8000];
            }
            """,
            "Consume().GetAwaiter().GetResult(); static async Task Consume() { await foreach (int i in F()) await Task.Yield(); }"
        );

        Assert.That(
            sites.Sites.Where(static site => site.Kind == "array").Select(static site => $"{site.Hits} {site.Bytes}"),
            Is.EqualTo(["1 32", "1 104", "1 824", "1 8024"])
        );
        Assert.That(sites.SelfBytes, Is.EqualTo(sites.ProbingBytes));
        Assert.That(sites.UnattributedBytes, Is.Zero);
        sites.MustClose();
    }

    [Test]
    public void Enumerations_at_once_on_many_threads_lose_nothing()
    {
        var sites = SiteTests.Run(
            """
            static object s_o = null!;
            [Instrument] static async IAsyncEnumerable<int> F(int n) { for (int k = 0; k < n; k++) { await Task.Yield(); s_o = new byte[8]; yield return k; s_o = new byte[80]; } }
            static async Task<int> Sum(IAsyncEnumerable<int> numbers) { int sum = 0; await foreach (int i in numbers) { sum += i; if (i == 7) break; } return sum; }
            """,
            "var shared = F(5); s_log = Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(() => Sum(i % 2 == 0 ? shared : "
                + "F(20))))).GetAwaiter().GetResult().Sum().ToString(); if (s_log != \"19000\") throw new Exception(s_log);"
        );

        Assert.That(
            sites.Sites.Where(static site => site.Kind == "array").Select(static site => $"{site.Hits} {site.Bytes}"),
            Is.EqualTo([$"6500 {6500 * 32}", $"6000 {6000 * 104}"])
        );
        Assert.That(sites.UnattributedBytes, Is.Zero);
        sites.MustClose();
    }

    [Test]
    public void An_async_iterator_that_fails_is_a_failure()
    {
        var sites = SiteTests.Run(
            "[Instrument] static async IAsyncEnumerable<int> F() { yield return 1; await Task.Yield(); throw new InvalidOperationException(); }",
            "try { Consume().GetAwaiter().GetResult(); } catch (InvalidOperationException) { s_log = \"failed\"; } static async Task Consume() { "
                + "await foreach (int i in F()) await Task.Yield(); }"
        );

        Assert.That(sites.Failures, Is.EqualTo(1));
        Assert.That(sites.Sites.Single(static site => site.Kind == "exception") is { Hits: 1, Bytes: > 0 }, sites.Hit);
        sites.MustClose();
    }

    [TestCase("async Task F() { for (int i = 0; i < 3; i++) await Task.Yield(); }")]
    [TestCase("async Task<int> F() { int n = 0; await foreach (int i in Cold()) { n += i; await Task.Yield(); } return n; }")]
    [TestCase("async Task F() { await using (new D()) await Task.Yield(); await using var d = new D(); await Task.Yield(); }")]
    [TestCase(
        "async IAsyncEnumerable<int> F() { for (int i = 0; i < 3; i++) { await Task.Yield(); yield return i; } await using var d = new D(); "
            + "await foreach (int i in Cold()) yield return i; }"
    )]
    public void A_state_machine_keeps_the_number_of_its_call_and_nothing_else_beside_what_production_keeps(string method)
    {
        string source = $$"""
            using HotPathGen; using System; using System.Collections.Generic; using System.Threading.Tasks;
            sealed class D : IAsyncDisposable { public ValueTask DisposeAsync() => default; }
            partial class C { static async IAsyncEnumerable<int> Cold() { await Task.Yield(); yield return 1; } [Instrument] public static {{method}} }
            """;
        string[] Fields(bool isMeasured, string marker)
        {
            using var sample = Build.Of(new([source]) { IsMeasured = isMeasured, HasGlobalUsings = false }).Load();
            var machine = sample.Assembly.GetTypes().Single(type => type.Name.StartsWith($"<F{marker}>", StringComparison.Ordinal));
            return
            [
                .. machine
                    .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                    .Select(static field => field.FieldType.Name)
                    .Order(StringComparer.Ordinal),
            ];
        }

        List<string> copy = [.. Fields(isMeasured: true, "__probing")];

        Assert.That(copy.Remove("Int32"));
        Assert.That(copy, Is.EqualTo(Fields(isMeasured: false, "")));
    }
}
