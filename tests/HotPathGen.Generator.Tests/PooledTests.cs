using System.Globalization;
using System.Reflection;
using System.Text;
using CsCheck;

namespace HotPathGen.Generator.Tests;

/// <summary>A rented array is returned exactly once, however the call ends, and a buffer is as requested.</summary>
public sealed class PooledTests
{
    /// <summary>Pools that know what is rented, and what was returned twice.</summary>
    private const string Pools = """
        using System.Buffers;
        using System.Collections.Concurrent;
        using System.Threading;

        public sealed class CountingPool : ArrayPool<byte>
        {
            private readonly ConcurrentDictionary<byte[], bool> _out = new();
            public int Rents, Wrong;
            public int Outstanding => _out.Count;
            public override byte[] Rent(int length) { Interlocked.Increment(ref Rents); byte[] array = GC.AllocateUninitializedArray<byte>(length + 3); _out[array] = true; return array; }
            public override void Return(byte[] array, bool clear = false) { if (!_out.TryRemove(array, out _)) Interlocked.Increment(ref Wrong); }
        }
        public sealed class Box { public byte[] Bytes = new byte[64]; }
        public sealed class BoxPool
        {
            private readonly ConcurrentDictionary<Box, bool> _out = new();
            public int Rents, Wrong;
            public int Outstanding => _out.Count;
            public Box Get() { Interlocked.Increment(ref Rents); var box = new Box(); _out[box] = true; return box; }
            public void Return(Box box) { if (!_out.TryRemove(box, out _)) Interlocked.Increment(ref Wrong); }
        }
        public sealed class Planned : Exception;
        """;

    private static readonly (string Name, string Declaration, string Length)[] s_kinds =
    [
        ("Span", "[Pooled(64, StackLimit = 0, Source = nameof(Pool))] scoped Span<byte> b", "b.Length"),
        ("Memory", "[Pooled(Length = nameof(Sixtyfour), Source = nameof(Pool))] Memory<byte> b", "b.Length"),
        ("Segment", "[Pooled(64, Source = nameof(Pool), Clear = PooledClear.Always)] ArraySegment<byte> b", "b.Count"),
        ("Array", "[Pooled(64, Source = nameof(Pool))] byte[] b", "b.Length"),
        ("Object", "[Pooled(Source = nameof(Pool))] Box b", "b.Bytes.Length"),
        ("Several", "[Pooled(64, Source = nameof(Pool))] byte[] a, [Pooled(1, Source = nameof(Pool))] Memory<byte> b", "a.Length"),
    ];

    private static readonly Lazy<LoadedSample>[] s_builds = [new(() => Load(measured: false)), new(() => Load(measured: true))];

    private static LoadedSample Load(bool measured)
    {
        var source = new StringBuilder(Pools);
        foreach (var (name, declaration, length) in s_kinds)
        {
            string mark = name == "Segment" ? "" : "[Instrument] ";
            bool mayWait = name != "Span";
            source.Append(
                CultureInfo.InvariantCulture,
                $$"""

                public static partial class {{name}}
                {
                    public static readonly {{(name == "Object" ? "BoxPool" : "CountingPool")}} Pool = new();
                    private static int Sixtyfour() => 64;

                    {{mark}}public static partial int Call(int how);
                    private static int CallCore(int how, {{declaration}})
                    {
                        if ({{length}} < 64) throw new Exception("short");
                        if (how == 1) return 0;
                        if (how == 2) throw new Planned();
                        if (how > 100) Call(how - 1);
                        return how;
                    }
                """
            );
            if (mayWait)
            {
                source.Append(
                    CultureInfo.InvariantCulture,
                    $$"""

                        {{mark}}public static partial Task<int> Wait(int how, CancellationToken token);
                        private static async Task<int> WaitCore(int how, CancellationToken token, {{declaration}})
                        {
                            if (how == 3) throw new Planned();
                            await Task.Yield();
                            if (Pool.Outstanding == 0) return -100;
                            if (how == 1) return 0;
                            if (how == 2) throw new Planned();
                            if (how == 4) await Task.Delay(-1, token);
                            if (how > 100) await Wait(how - 1, token);
                            return {{length}} < 64 ? -1 : how;
                        }

                        {{mark}}public static partial ValueTask Pass(int how);
                        private static ValueTask PassCore(int how, {{declaration}}) => how == 2 ? throw new Planned() : how == 1 ? default : new(Task.Delay(1));

                        {{mark}}public static partial IEnumerable<int> Step(int how);
                        private static IEnumerable<int> StepCore(int how, {{declaration}})
                        {
                            if ({{length}} < 64) throw new Exception("short");
                            yield return 1;
                            if (Pool.Outstanding == 0) throw new Exception("returned before the end");
                            if (how == 1) yield break;
                            if (how == 2) throw new Planned();
                            if (how > 100) foreach (int i in Step(how - 1)) yield return i;
                            yield return 2;
                        }

                        {{mark}}public static partial IEnumerator<int> Walk(int how);
                        private static IEnumerator<int> WalkCore(int how, {{declaration}}) { yield return {{length}}; if (how == 2) throw new Planned(); yield return how; }

                        {{mark}}public static partial IAsyncEnumerable<int> Stream(int how, CancellationToken token = default);
                        private static async IAsyncEnumerable<int> StreamCore(int how, [EnumeratorCancellation] CancellationToken token, {{declaration}})
                        {
                            yield return 1;
                            await Task.Yield();
                            if (Pool.Outstanding == 0) throw new Exception("returned before the end");
                            if (how == 1) yield break;
                            if (how == 2) throw new Planned();
                            if (how == 4) await Task.Delay(-1, token);
                            yield return {{length}};
                        }
                    """
                );
            }

            source.Append("\n}\n");
        }

        source.Append(
            """

            public static class Cases
            {
                public static int Call(Func<int, int> call, int how) { try { return call(how); } catch (Planned) { return -how; } }
                public static int Wait(Func<int, CancellationToken, Task<int>> wait, int how)
                {
                    using var source = new CancellationTokenSource();
                    Task<int> task = wait(how, source.Token);
                    source.Cancel();
                    try { return task.GetAwaiter().GetResult(); } catch (Planned) { return -how; } catch (OperationCanceledException) { return -how; }
                }
                public static int Pass(Func<int, ValueTask> pass, int how) { try { pass(how).AsTask().GetAwaiter().GetResult(); return how; } catch (Planned) { return -how; } }
                public static int Step(Func<int, IEnumerable<int>> step, int how)
                {
                    int sum = 0;
                    IEnumerable<int> twice = step(how);
                    try { foreach (int i in twice) { sum += i; if (how == 5) break; } } catch (Planned) { return -how; }
                    foreach (int i in twice) { sum += i; }
                    return sum;
                }
                public static int Walk(Func<int, IEnumerator<int>> walk, int how)
                {
                    using IEnumerator<int> items = walk(how);
                    try { int sum = 0; while (items.MoveNext() && how != 5) sum += items.Current; return sum; } catch (Planned) { return -how; }
                }
                public static int Stream(Func<int, CancellationToken, IAsyncEnumerable<int>> stream, int how) => Task.Run(async () =>
                {
                    using var source = new CancellationTokenSource();
                    int sum = 0;
                    try { await foreach (int i in stream(how, default).WithCancellation(source.Token)) { sum += i; if (how == 5) break; if (how == 4) source.Cancel(); } }
                    catch (Planned) { return -how; } catch (OperationCanceledException) { return -how; }
                    return sum;
                }).GetAwaiter().GetResult();
            }
            """
        );
        return Build.Of(new([source.ToString()]) { IsMeasured = measured, Name = Project.UniqueName() }).MustCompile().Load();
    }

    private static IEnumerable<TestCaseData> Ends()
    {
        foreach (bool measured in (bool[])[false, true])
        {
            foreach (var (kind, _, _) in s_kinds)
            {
                string[] forms = kind == "Span" ? ["Call"] : ["Call", "Wait", "Pass", "Step", "Walk", "Stream"];
                foreach (string form in forms)
                {
                    yield return new TestCaseData(measured, kind, form).SetArgDisplayNames(measured ? "measured" : "production", kind, form);
                }
            }
        }
    }

    [OneTimeTearDown]
    public static void Unload()
    {
        foreach (var build in s_builds.Where(build => build.IsValueCreated))
        {
            build.Value.Dispose();
        }
    }

    /// <summary>
    /// Calls run to the end, return early, throw, throw at once, are cancelled, are disposed early, or recurse. They do so on one thread and on 64.
    /// </summary>
    [TestCaseSource(nameof(Ends))]
    public void Whatever_ends_a_call_gives_back_what_it_rented_once(bool measured, string kind, string form)
    {
        var sample = s_builds[measured ? 1 : 0].Value.Assembly;
        MethodInfo method = sample.GetType(kind)!.GetMethod(form)!,
            run = sample.GetType("Cases")!.GetMethod(form)!;
        var call = method.CreateDelegate(run.GetParameters()[0].ParameterType);
        int[] ways = form switch
        {
            "Wait" => [0, 1, 2, 3, 4, 120],
            "Stream" => [0, 1, 2, 4, 5],
            "Pass" => [0, 1, 2],
            "Step" => [0, 1, 2, 5, 120],
            "Walk" => [0, 2, 5],
            _ => [0, 1, 2, 120],
        };

        string expected = string.Join(' ', ways.Select(way => Expected(kind, form, way)));
        Assert.That(string.Join(' ', ways.Select(way => run.Invoke(null, [call, way]))), Is.EqualTo(expected));
        MustBeEmpty(sample, kind, "one thread");

        Thread[] threads = [.. Enumerable.Range(0, 64).Select(i => new Thread(() => run.Invoke(null, [call, ways[i % (form == "Call" ? 3 : 2)]])))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        MustBeEmpty(sample, kind, "64 threads");
    }

    private static int Expected(string kind, string form, int way) =>
        (form, way) switch
        {
            ("Walk", 5) => 0,
            ("Walk", 0) => kind is "Array" or "Several" ? 67 : 64,
            (_, 2) or ("Wait", 3 or 4) or ("Stream", 4) => -way,
            ("Step", 1) => 2,
            ("Step", 0) => 6,
            ("Step", 5) => 4,
            ("Step", > 100) => 2 * 3 * (way - 99),
            ("Stream", 0) => 1 + (kind is "Array" or "Several" ? 67 : 64),
            ("Stream", _) => 1,
            ("Pass", _) => way,
            (_, 1) => 0,
            _ => way,
        };

    private static void MustBeEmpty(Assembly sample, string kind, string when)
    {
        object pool = sample.GetType(kind)!.GetField("Pool")!.GetValue(null)!;
        Assert.That(pool.GetType().GetProperty("Outstanding")!.GetValue(pool), Is.Zero, $"outstanding, {when}");
        Assert.That(pool.GetType().GetField("Wrong")!.GetValue(pool), Is.Zero, $"returned twice, {when}");
        Assert.That(pool.GetType().GetField("Rents")!.GetValue(pool), Is.GreaterThan(0), $"rented, {when}");
    }

    private const string Lengths =
        Pools
        + """

            public sealed class Numbers<T> : ArrayPool<T>
            {
                public int Rents, Returns;
                public override T[] Rent(int length) { Rents++; return new T[length + 1]; }
                public override void Return(T[] array, bool clear = false) => Returns++;
            }
            public partial class Limits<T> where T : unmanaged
            {
                private static readonly Numbers<T> Pool = new();
                public partial (int, int) Of(long length);
                private (int, int) OfCore(long length, [Pooled(Length = nameof(Length), StackLimit = 100, Source = nameof(Pool))] scoped Span<T> b) { b.Fill(default); return (b.Length, Pool.Rents - Pool.Returns); }
                private long Length(long length) => length;
            }
            public static partial class Sample
            {
                private static readonly Numbers<char> Chars = new();
                public static partial (int, int) Span(int length);
                private static (int, int) SpanCore(int length, [Pooled(Length = nameof(Length), StackLimit = 100, Source = nameof(Chars))] scoped Span<char> b) { b.Fill('x'); return (b.Length, Chars.Rents - Chars.Returns); }
                public static partial int Memory(int length);
                private static int MemoryCore(int length, [Pooled(Length = nameof(Length))] Memory<string> b) { b.Span.Fill("x"); return b.Length; }
                public static partial int Array(int length);
                private static int ArrayCore(int length, [Pooled(Length = nameof(Length))] long[] b) => b.Length;
                public static partial string List(int capacity, int count);
                private static string ListCore(int capacity, int count, [Pooled(Length = nameof(capacity_), StackLimit = 40)] ref PooledList<int> list)
                {
                    if (list.Count != 0 || list.Capacity < capacity) return "wrong start";
                    for (int i = 0; i < count; i++) list.Add(i);
                    list.Append(list.Span);
                    list.AppendSpan(2).Fill(7);
                    if (list.Pop() != 7 || list.Count != 2 * count + 1) return "wrong count";
                    for (int i = 0; i < count; i++) if (list[i] != i || list[count + i] != i) return "wrong element";
                    return list.IsRented == (Math.Max(capacity, 2 * count + 2) > 10) || list.IsRented ? "ok" : "not rented";
                }
                private static int capacity_(int capacity) => capacity;
                public static partial bool Wide(int count);
                private static bool WideCore(int count, [Pooled(100_000)] ref PooledList<Guid> list, [Pooled(2)] ref PooledList<Guid> few) { few.AppendSpan(count).Clear(); return list.IsRented && list.Capacity >= 100_000 && few.IsRented == count > 32; }
                private static int Length(int length) => length;
                public static (int, int) Generic(int size, long length) => size switch { 1 => new Limits<byte>().Of(length), 8 => new Limits<DateTime>().Of(length), _ => new Limits<Int128>().Of(length) };
            }
            """;

    [Test]
    public void A_buffer_is_as_long_as_asked_and_on_the_stack_up_to_its_limit([Values] bool measured)
    {
        using var sample = Build.Of(new([Lengths]) { IsMeasured = measured, ChecksOverflow = true }).MustCompile().Load();
        var type = sample.Assembly.GetType("Sample")!;
        var span = type.GetMethod("Span")!.CreateDelegate<Func<int, (int, int)>>();
        var generic = type.GetMethod("Generic")!.CreateDelegate<Func<int, long, (int, int)>>();
        var memory = type.GetMethod("Memory")!.CreateDelegate<Func<int, int>>();
        var array = type.GetMethod("Array")!.CreateDelegate<Func<int, int>>();
        var list = type.GetMethod("List")!.CreateDelegate<Func<int, int, string>>();
        var length = Gen.OneOf(Gen.Int[-3, 3], Gen.Int[47, 53], Gen.Int[97, 103], Gen.Int[0, 5000], Gen.Const(int.MinValue));

        length.Sample(
            l =>
                l < 0
                    ? Refused(() => span(l), l) && Refused(() => memory(l), l) && Refused(() => array(l), l)
                    : span(l) == (l, l * 2 <= 100 ? 0 : 1) && memory(l) == l && array(l) >= l,
            iter: 500,
            threads: 1
        );
        Gen.Select(Gen.OneOf(Gen.Const(1), Gen.Const(8), Gen.Const(16)), length.Select(l => (long)l))
            .Sample(
                (size, l) => l < 0 ? Refused(() => generic(size, l), l) : generic(size, l) == (l, l * size <= 100 ? 0 : 1),
                iter: 500,
                threads: 1
            );
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 60]).Sample((capacity, count) => list(capacity, count) == "ok", iter: 500, threads: 1);
        Assert.That(
            type.GetMethod("Wide")!.CreateDelegate<Func<int, bool>>() is var wide && wide(32) && wide(33),
            "elements of a size that is known at run time only"
        );
        Assert.That(Refused(() => generic(8, 1L + int.MaxValue), 1L + int.MaxValue));
        Assert.That(Refused(() => generic(8, long.MinValue), long.MinValue));

        static bool Refused<T>(Func<T> call, long value)
        {
            var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => call());
            return thrown!.ParamName == "b" && Convert.ToInt64(thrown.ActualValue, CultureInfo.InvariantCulture) == value;
        }
    }

    [Test]
    public void Spans_that_share_memory_are_apart_and_aligned([Values] bool measured)
    {
        using var sample = Build
            .Of(
                new([
                    """
                    public static partial class Sample
                    {
                        public static partial string Share(int a, long b, int c);
                        private static string ShareCore(int a, long b, int c,
                            [Pooled(Length = nameof(A), StackLimit = 40)] scoped Span<byte> bytes, [Pooled(Length = nameof(B), StackLimit = 40, Clear = PooledClear.Always)] scoped Span<double> doubles,
                            [Pooled(3)] scoped Span<int> fixedOnes, [Pooled(Length = nameof(C), StackLimit = 40)] scoped Span<Pair> pairs)
                        {
                            bytes.Fill(1); doubles.Fill(2); fixedOnes.Fill(3); pairs.Fill(new() { X = 4 });
                            if (bytes.Length != a || doubles.Length != b || pairs.Length != c) return "length";
                            if (bytes.ContainsAnyExcept((byte)1) || doubles.ContainsAnyExcept(2.0) || fixedOnes.ContainsAnyExcept(3)) return "overlap";
                            foreach (Pair pair in pairs) if (pair.X != 4 || pair.Y != 0) return "overlap";
                            return IsAligned(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(doubles)) && IsAligned(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(pairs)) ? "ok" : "unaligned";
                        }
                        public struct Pair { public long X; public byte Y; }
                        private static unsafe bool IsAligned<T>(ref T first) => (nint)Unsafe.AsPointer(ref first) % 8 == 0;
                        private static int A(int a) => a;
                        private static long B(long b) => b;
                        private static int C(int c) => c;
                    }
                    """,
                ])
                {
                    IsMeasured = measured,
                }
            )
            .MustCompile()
            .Load();
        var share = sample.Assembly.GetType("Sample")!.GetMethod("Share")!.CreateDelegate<Func<int, long, int, string>>();

        Gen.Select(Gen.Int[0, 130], Gen.Int[0, 20], Gen.Int[0, 10]).Sample((a, b, c) => share(a, b, c) == "ok", iter: 500, threads: 1);
        Assert.That(share(100_000, 1, 3), Is.EqualTo("ok"));
        Assert.That(Assert.Throws<ArgumentOutOfRangeException>(() => share(1, -2, 3))!.ParamName, Is.EqualTo("doubles"));
        Assert.That(Assert.Throws<ArgumentOutOfRangeException>(() => share(1, 1L << 31, 3))!.ParamName, Is.EqualTo("doubles"));
        Assert.That(
            Assert.Throws<ArgumentOutOfRangeException>(() => share(int.MaxValue, 2_000_000_000, 7))!.ParamName,
            Is.EqualTo("pairs"),
            "the lengths are too large only together"
        );
    }

    [Test]
    public void A_buffer_is_cleared_as_asked([Values] bool measured)
    {
        using var sample = Build
            .Of(
                new([
                    """
                    using System.Buffers;
                    using System.Text;
                    public sealed class Keeping<T> : ArrayPool<T>
                    {
                        public T[]? Last;
                        public override T[] Rent(int length) => Last = new T[length + 1];
                        public override void Return(T[] array, bool clear = false) { }
                    }
                    public struct Pair { public int Number; public string? Text; }
                    public static partial class Sample
                    {
                        private static readonly Keeping<int> Ints = new();
                        private static readonly Keeping<string> Strings = new();
                        private static readonly Keeping<Pair> Pairs = new();
                        public static partial void Default();
                        private static void DefaultCore([Pooled(3, StackLimit = 0, Source = nameof(Ints))] scoped Span<int> a, [Pooled(3, Source = nameof(Strings))] scoped Span<string> b, [Pooled(3, Source = nameof(Pairs))] Memory<Pair> c)
                        { a.Fill(1); b.Fill("1"); c.Span.Fill(new() { Number = 1 }); }
                        public static partial void Never();
                        private static void NeverCore([Pooled(3, StackLimit = 0, Source = nameof(Ints), Clear = PooledClear.Never)] scoped Span<int> a, [Pooled(3, Source = nameof(Strings), Clear = PooledClear.Never)] ArraySegment<string> b, [Pooled(3, Source = nameof(Pairs), Clear = PooledClear.Never)] Pair[] c)
                        { a.Fill(1); b.AsSpan().Fill("1"); System.Array.Fill(c, new() { Number = 1 }); }
                        public static partial void Always();
                        private static void AlwaysCore([Pooled(3, StackLimit = 0, Source = nameof(Ints), Clear = PooledClear.Always)] scoped Span<int> a, [Pooled(3, Source = nameof(Strings), Clear = PooledClear.Always)] ArraySegment<string> b, [Pooled(3, Source = nameof(Pairs), Clear = PooledClear.Always)] Pair[] c)
                        { a.Fill(1); b.AsSpan().Fill("1"); System.Array.Fill(c, new() { Number = 1 }); throw new InvalidOperationException(); }
                        public static partial void Generic<T>(T value);
                        private static void GenericCore<T>(T value, [Pooled(3, Source = nameof(Ints))] int[] a, [Pooled(3)] scoped Span<T> b) { b.Fill(value); System.Array.Fill(a, 1); }
                        static string State() => $"{Ints.Last!.Count(i => i != 0)} {Strings.Last!.Count(s => s is not null)} {Pairs.Last!.Count(p => p.Number != 0)}; ";
                        public static string Run()
                        {
                            Default();
                            string text = State();
                            Never();
                            text += State();
                            try { Always(); } catch (InvalidOperationException) { }
                            text += State();
                            Generic("a");
                            return text + Ints.Last!.Count(i => i != 0);
                        }
                    }
                    """,
                ])
                {
                    IsMeasured = measured,
                }
            )
            .MustCompile()
            .Load();

        Assert.That(sample.Run(), Is.EqualTo("3 0 0; 3 3 4; 0 0 0; 4"));
    }

    [Test]
    public void Production_code_has_nothing_of_ours_but_a_list_where_it_takes_one()
    {
        const string list =
            "public static partial class Sample { public static partial int F(); private static int FCore([Pooled(4)] ref PooledList<int> list) "
            + "{ list.Add(1); return list.Count; } public static string Run() => F().ToString(); }";
        const string span =
            "public static partial class Sample { public static partial int F(); private static int FCore([Pooled(4)] scoped Span<int> list) => "
            + "list.Length; public static string Run() => F().ToString(); }";
        using var withList = Build.Production(list).MustCompile().Load();
        using var withSpan = Build.Production(span).MustCompile().Load();

        Assert.That(withList.Run() + withSpan.Run(), Is.EqualTo("14"));
        Assert.That(
            withList.Assembly.GetReferencedAssemblies().Concat(withSpan.Assembly.GetReferencedAssemblies()).Select(name => name.Name),
            Has.None.EqualTo("HotPathGen")
        );
        Assert.That(
            withList.Assembly.GetTypes().Where(type => type.Namespace == "HotPathGen").Select(type => $"{type.Name} {type.IsVisible}"),
            Is.EqualTo(["PooledList`1 False"])
        );
        Assert.That(withSpan.Assembly.GetTypes().Where(type => type.Namespace == "HotPathGen"), Is.Empty);
        Assert.That(Build.Measured(list).MustCompile().Files.Select(file => file.Name), Has.None.EqualTo("PooledList.g.cs"), "the runtime has it");
    }

    [Test]
    public void The_pages_example_does_what_it_says([Values] bool measured)
    {
        string page = File.ReadAllText(Path.Combine(Snapshots.Snapshot.Folder, "..", "..", "..", "docs", "pooled-buffers.md"));
        string example = page.Split("# Pooled buffers")[1].Split("```csharp\n")[1].Split("```")[0];
        using var sample = Build
            .Of(
                new([
                    $$"""
                    using System.IO;
                    public static partial class Sample
                    {
                        {{example}}
                        public static string Run() { var text = new StringWriter(); return WriteHex([1, 0xAB], text) + text.ToString() + WriteHex(new byte[1000], TextWriter.Null); }
                    }
                    """,
                ])
                {
                    IsMeasured = measured,
                }
            )
            .MustCompile()
            .Load();

        Assert.That(sample.Run(), Is.EqualTo("401AB2000"));
    }

    /// <summary>Generated code compiles in old languages: in C# 9 for arrays, segments and memory, in C# 11 for lists and spans.</summary>
    [Test]
    public void Kinds_that_need_no_new_language_compile_in_old_ones()
    {
        Build
            .Of(
                new([
                    """
                    using System; using System.Threading.Tasks; using HotPathGen;
                    namespace N { public static partial class Sample { internal static partial int F(); private static int FCore([Pooled(4)] byte[] a, [Pooled(4)] ArraySegment<char> b, [Pooled(2)] Memory<int> c) { return a.Length; } } }
                    """,
                ])
                {
                    Language = Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp9,
                    HasGlobalUsings = false,
                    AllowsUnsafe = false,
                }
            )
            .MustCompile();
        Build
            .Of(
                new([
                    """
                    using System; using HotPathGen;
                    namespace N { public static partial class Sample { internal static partial int F(); private static int FCore([Pooled(4)] ref PooledList<string> a, [Pooled(4)] scoped Span<char> b) { return a.Count; } } }
                    """,
                ])
                {
                    Language = Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp11,
                    HasGlobalUsings = false,
                    AllowsUnsafe = false,
                }
            )
            .MustCompile();
    }

    /// <summary>
    /// A list rents from the shared pool, which does not count. So the test rents two arrays afterwards. The first must be the one that the list
    /// returned, and the second must be another one.
    /// </summary>
    [Test]
    public void However_a_call_ends_a_list_gives_its_array_back_once(
        [Values] bool measured,
        [Values("returns", "early", "throws", "recursion", "threads")] string how
    )
    {
        using var sample = Build
            .Of(
                new([
                    """
                    using System.Buffers;
                    using System.Threading;
                    public struct Mark { public long Id; }
                    public static partial class Lists
                    {
                        [Instrument] public static partial int Grow(string how, long id);
                        private static int GrowCore(string how, long id, [Pooled(4)] ref PooledList<Mark> list)
                        {
                            for (int i = 0; i < 100; i++) list.Add(new Mark { Id = id });
                            if (how == "early") return -1;
                            if (how == "throws") throw new InvalidOperationException();
                            if (how == "recursion") Grow("returns", id + 1);
                            foreach (Mark mark in list.Span) if (mark.Id != id) throw new Exception("another's");
                            return list.Count;
                        }
                    }
                    public static class Sample
                    {
                        public static string How = "";
                        public static string Run()
                        {
                            if (How == "threads")
                            {
                                int sum = 0;
                                var threads = Enumerable.Range(1, 64).Select(t => new Thread(() => { try { for (int i = 0; i < 200; i++) Interlocked.Add(ref sum, Lists.Grow("returns", t * 1000 + i)); } catch (Exception) { Interlocked.Add(ref sum, 1); } })).ToList();
                                threads.ForEach(thread => thread.Start());
                                threads.ForEach(thread => thread.Join());
                                return sum == 64 * 200 * 100 ? "own once" : "lost";
                            }

                            try { Lists.Grow(How, 7); } catch (InvalidOperationException) { }
                            Mark[] first = ArrayPool<Mark>.Shared.Rent(100), second = ArrayPool<Mark>.Shared.Rent(100);
                            return (first[0].Id == 7 ? "own " : "another's ") + (ReferenceEquals(first, second) ? "twice" : "once");
                        }
                    }
                    """,
                ])
                {
                    IsMeasured = measured,
                    Name = Project.UniqueName(),
                }
            )
            .MustCompile()
            .Load();
        sample.Assembly.GetType("Sample")!.GetField("How")!.SetValue(null, how);

        Assert.That(sample.Run(), Is.EqualTo("own once"));
    }
}
